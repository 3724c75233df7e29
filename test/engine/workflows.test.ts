/**
 * The workflows that readers import, run as they are: what the trigger has pinned comes in, and
 * behind it n8n's own nodes do their work, with the CRMs and the mail server on this machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { sampleState } from '../../dev/emulator/sampleCustomers';
import {
	parseWorkflow,
	type RunOptions,
	type RunResult,
	type WorkflowFile,
} from '../../dev/engine/runWorkflow';
import { pinnedItems, shortTypeName, startNodeOf } from '../../dev/engine/workflowFile';
import { LIFE_CYCLE, NOT_ALONE } from '../system/e2e/outcomes';
import { pinned } from '../system/e2e/standIns/crm';
import { attachmentsOf } from '../system/e2e/standIns/SmtpSink';
import { mailServer, runForReal, useInternet } from './internet';
import { open, place } from './place';
import { runWithSubWorkflow } from './subWorkflow';
import { agreementsOf, engine, json, pairs, writes } from './workplace';

jest.setTimeout(60_000);
useInternet();

const FOLDER = path.join(__dirname, '../../workflows');
const OURS = 'microsoftPartnerCenter';

const read = (name: string) => parseWorkflow(readFileSync(path.join(FOLDER, name), 'utf8'));

const oursIn = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) => shortTypeName(type) === OURS);

const files = readdirSync(FOLDER).filter(
	(name) =>
		name.endsWith('.json') &&
		name !== 'sample-customers.json' &&
		LIFE_CYCLE[name] === undefined &&
		!NOT_ALONE.includes(name),
);

beforeEach(async () => {
	await open();
});

const FORM = 'reconfirm-campaign.json';

/** The form as a person sends it in: the rows that the file has pinned, as a CSV file. */
function sentIn(
	whatToDo = 'Confirm',
	rows: Array<Record<string, unknown>> = pinned(FORM, 'Read the Rows'),
): INodeExecutionData[] {
	const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
	const data = Buffer.from(lines.map((line) => line.join(',')).join('\r\n')).toString('base64');
	return [
		{
			json: { ...pinned(FORM, 'Upload the List')[0], 'What to do': whatToDo } as IDataObject,
			binary: { Customers: { data, mimeType: 'text/csv', fileName: 'customers.csv' } },
		},
	];
}

const run = async (file: string, more: Partial<RunOptions> = {}): Promise<RunResult> =>
	await runForReal(read(file), file === FORM ? { input: sentIn(), ...more } : more);

/** The lines of the CSV file that was mailed. */
const mailedLines = (): string[] =>
	mailServer.mails
		.flatMap((mail) => Object.values(attachmentsOf(mail)))
		.flatMap((text) =>
			text
				.replace(/^\uFEFF/, '')
				.trim()
				.split(/\r?\n/),
		);

const idOf = (companyName: string): string =>
	sampleState.customers.find((one) => one.companyName === companyName)?.id ?? companyName;

/** The bodies that were posted, by the customer's name, without the template. */
function posted(): Record<string, unknown> {
	const names = new Map(sampleState.customers.map(({ id, companyName }) => [id, companyName]));
	return Object.fromEntries(
		writes(place.emulator).map((request) => {
			const id = /customers\/([^/]+)/.exec(request.path)?.[1] ?? '';
			const sent = JSON.parse(request.body) as IDataObject;
			expect(sent.templateId).toEqual(expect.any(String));
			delete sent.templateId;
			return [names.get(id) ?? id, sent];
		}),
	);
}

const body = (
	firstName: string,
	lastName: string,
	email: string,
	dateAgreed: string,
	phoneNumber?: string,
) => ({
	primaryContact: { firstName, lastName, email, ...(phoneNumber && { phoneNumber }) },
	dateAgreed,
	type: 'MicrosoftCustomerAgreement',
});

/** The same person and day, in the CRM and in the webhook. */
const ofContoso = body(
	'Pieter',
	'van den Bergh',
	'pieter.vandenbergh@contoso.example',
	'2025-06-12T00:00:00.000Z',
	'+31 30 555 0171',
);

const outputsOf = (result: RunResult, name = 'Confirm Agreement') => {
	const [confirmed = [], alreadyExists = [], errors = []] = result.outputs(name);
	return { confirmed: json(confirmed), alreadyExists: json(alreadyExists), errors: json(errors) };
};

/** What came back from the sub-workflow for each opportunity, in the order of the opportunities. */
const answersOf = (result: RunResult) =>
	json(result.outputs('Each Opportunity').flat()).map(({ outcome, customerId, message }) => [
		outcome,
		customerId,
		message,
	]);

const customersOf = (items: IDataObject[]) => items.map(({ customerId }) => customerId);
const errorsOf = (items: IDataObject[]) => items.map(({ error }) => error);

describe(`Every importable workflow in n8n's engine (${engine})`, () => {
	it.each(files)('%s ends with success, and each item that came in leaves once', async (file) => {
		const workflow = read(file);
		const result = await run(file);

		expect({ status: result.status, error: result.error?.message }).toEqual({
			status: 'success',
			error: undefined,
		});
		const ours = oursIn(workflow);
		expect(ours).not.toEqual([]);
		for (const { name, parameters } of ours) {
			const came = result.inputs(name).length;
			expect(came).toBeGreaterThan(0);
			if (parameters.operation === 'getAll') continue;
			const went = result
				.outputs(name)
				.flatMap(pairs)
				.sort((a, b) => Number(a) - Number(b));
			expect(went).toEqual(Array.from({ length: came }, (_, index) => index));
		}
	});

	it.each(files)('%s leaves no output of our nodes unconnected', async (file) => {
		const workflow = read(file);
		const result = await run(file);
		for (const { name } of oursIn(workflow)) {
			const links = workflow.connections[name]?.main ?? [];
			expect(links).toHaveLength(result.outputNames(name).length);
			for (const output of links) expect(output).not.toEqual([]);
		}
	});

	it.each(files)('%s starts at its trigger, with pinned items', (file) => {
		const workflow = read(file);
		const { name, type } = startNodeOf(workflow);
		expect(type).toMatch(/trigger$|\.webhook$/i);
		expect(pinnedItems(workflow)[name]).not.toHaveLength(0);
	});
});

describe(`HubSpot (${engine})`, () => {
	it('reads the deal, the company and the contact, and dates in milliseconds', async () => {
		const { confirmed, alreadyExists, errors } = outputsOf(await run('hubspot-deal-won.json'));

		expect(posted()).toEqual({
			Contoso: ofContoso,
			Fabrikam: body(
				'Femke',
				'van der Meulen',
				'femke.vandermeulen@fabrikam.example',
				'2024-03-18T00:00:00.000Z',
				'+31 20 555 0142',
			),
			'Northwind Traders': body(
				'Zsófia',
				'Fűzesi',
				'zsofia.fuzesi@northwind.example',
				'2025-05-02T00:00:00.000Z',
			),
		});
		expect(customersOf(confirmed)).toEqual([idOf('Contoso'), idOf('Northwind Traders')]);
		expect(customersOf(alreadyExists)).toEqual([idOf('Fabrikam')]);
		expect(errors).toEqual([]);
	});
});

describe(`Salesforce (${engine})`, () => {
	it('reads the primary contact and dates with +0000', async () => {
		const result = await runWithSubWorkflow('salesforce-opportunity-won.json');

		expect(posted()).toEqual({
			Proseware: body(
				'Çağla',
				'Işıklı',
				'cagla.isikli@proseware.example',
				'2025-06-01T11:00:00.000Z',
				'+90 212 555 0148',
			),
			'Adventure Works': body(
				'Győző',
				'Szőke-Nagy',
				'gyozo.szoke@adventure-works.example',
				'2024-09-02T08:30:00.000Z',
				'+36 1 555 0187',
			),
			'Tailspin Toys': body(
				'Astrid',
				'Björkström',
				'astrid.bjorkstrom@tailspintoys.example',
				'2025-10-06T14:45:00.000Z',
			),
			'Alpine Ski House': body(
				'Linnéa',
				'Håkansson',
				'linnea.hakansson@alpineskihouse.example',
				'2025-02-14T09:00:00.000Z',
			),
		});
		expect(answersOf(result)).toEqual([
			['confirmed', idOf('Proseware'), ''],
			['alreadyExists', idOf('Adventure Works'), expect.any(String)],
			['confirmed', idOf('Tailspin Toys'), ''],
			['failed', idOf('Alpine Ski House'), expect.stringContaining('no reseller relationship')],
		]);
		expect(result.outputs('Mark Opportunity').flat()).toHaveLength(3);
	});
});

describe(`Dynamics 365 (${engine})`, () => {
	it('reads the account and the contact of the opportunity', async () => {
		const result = await runWithSubWorkflow('dynamics-365-won.json');

		expect(posted()).toEqual({
			'Wide World Importers': body(
				'Märta',
				'Ångström-Öberg',
				'marta.angstrom@wideworldimporters.example',
				'2025-04-23T00:00:00.000Z',
			),
			'Tailspin Toys': body(
				'Åsa',
				'Björkström',
				'asa.bjorkstrom@tailspintoys.example',
				'2025-01-13T00:00:00.000Z',
			),
			'Woodgrove Bank': body(
				'健太',
				'佐藤',
				'kenta.sato@woodgrove.example',
				'2025-08-19T01:15:00.000Z',
				'+81 3 5550 0156',
			),
		});
		expect(answersOf(result)).toEqual([
			['confirmed', idOf('Wide World Importers'), ''],
			['alreadyExists', idOf('Tailspin Toys'), expect.any(String)],
			['confirmed', idOf('Woodgrove Bank'), ''],
			['failed', idOf('Litware'), expect.stringContaining("'Email' is empty")],
		]);
		expect(result.outputs('Mark Opportunity').flat()).toHaveLength(3);
	});
});

describe(`A webhook of one's own (${engine})`, () => {
	it('takes ids in braces, and dates as text or number, and has an answer for each branch', async () => {
		const result = await run('webhook-confirm.json');

		expect(posted()).toEqual({
			Contoso: ofContoso,
			Litware: body(
				'İpek',
				'Yıldızoğlu',
				'ipek.yildizoglu@litware.example',
				'2023-06-21T14:05:00.000Z',
				'+90 212 555 0163',
			),
			'b7c1f0d2-3e64-4a58-9d0f-61a2c48e5b37': body(
				'Özgür',
				'Güneş',
				'ozgur.gunes@fourthcoffee.example',
				'2025-09-30T00:00:00.000Z',
			),
		});
		expect(json(result.inputs('Respond Confirmed'))).toEqual([
			expect.objectContaining({ outcome: 'confirmed', customerId: idOf('Contoso') }),
		]);
		expect(json(result.inputs('Respond Already Exists'))).toEqual([
			expect.objectContaining({ outcome: 'alreadyExists', customerId: idOf('Litware') }),
		]);
		expect(json(result.inputs('Respond Error'))).toEqual([
			expect.objectContaining({
				error: expect.stringContaining('does not know this customer'),
				message: expect.any(String),
			}),
		]);
	});
});

describe(`A spreadsheet of customers (${engine})`, () => {
	it('is confirmed row by row, and every row is in the results', async () => {
		const result = await run(FORM);
		const { confirmed, alreadyExists, errors } = outputsOf(result);

		expect(customersOf(confirmed)).toEqual(
			['Humongous Insurance', "Margie's Travel", 'Trey Research'].map(idOf),
		);
		expect(customersOf(alreadyExists)).toEqual([idOf('Litware')]);
		expect(errorsOf(errors)).toEqual([
			expect.stringContaining('no reseller relationship'),
			expect.stringContaining('"01/07/2025"'),
		]);
		expect(posted()).toMatchObject({
			'Trey Research': { dateAgreed: '2025-02-20T08:30:00.000Z' },
			'Humongous Insurance': body(
				'Bram',
				'IJsbrandts',
				'bram.ijsbrandts@humongous.example',
				'2025-10-14T00:00:00.000Z',
			),
		});
		expect(result.runData['Convert to CSV']).toHaveLength(1);
		expect(mailedLines()).toHaveLength(1 + 6);
	});

	it('says of who is there already whether that confirmation still counts', async () => {
		const litware = pinned(FORM, 'Read the Rows').find(
			({ companyName }) => companyName === 'Litware',
		);
		const humongous = {
			...litware,
			customerId: idOf('Humongous Insurance'),
			firstName: 'Sanne',
			lastName: 'IJsbrandts',
			email: 'sanne.ijsbrandts@humongous.example',
			phoneNumber: '',
		};
		await run(FORM, { input: sentIn('Only check', [humongous, { ...litware }]) });
		const [, expired, current] = mailedLines();
		expect(expired).toMatch(/Confirmed on 2021-11-05, so it counts as expired: .* anew\./);
		expect(current).toMatch(/Confirmed on 202\d-\d\d-\d\d, so it still counts: leave the row/);
	});

	it.each(['Only check', ''])('is not written when the form says "%s"', async (choice) => {
		const before = agreementsOf(place.emulator);
		const result = await run(FORM, { input: sentIn(choice) });
		const { confirmed, alreadyExists, errors } = outputsOf(result);

		expect(result.status).toBe('success');
		expect(writes(place.emulator)).toEqual([]);
		expect(agreementsOf(place.emulator)).toBe(before);
		expect(confirmed.length + alreadyExists.length + errors.length).toBe(6);
		for (const { outcome } of confirmed) expect(outcome).toBe('wouldConfirm');
		for (const { outcome } of alreadyExists) expect(outcome).toBe('wouldAlreadyExist');
		expect(mailedLines()).toHaveLength(1 + 6);
		expect(mailedLines().join()).not.toContain(',confirmed,');
	});
});

describe(`The coverage report (${engine})`, () => {
	it('has a status for every customer of the tenant, and writes nothing', async () => {
		const result = await run('coverage-report.json');
		const [statuses = [], errors = []] = result.outputs('Get Agreement Status');
		const byNeed = (needed: boolean) =>
			json(statuses)
				.filter(({ needsAction }) => needsAction === needed)
				.map(({ companyName }) => companyName)
				.sort();

		expect(errors).toEqual([]);
		expect(statuses).toHaveLength(sampleState.customers.length);
		expect(byNeed(false)).toEqual([
			'Adventure Works',
			'Fabrikam',
			'Litware',
			'Tailspin Toys',
			'Trey Research',
			'Woodgrove Bank',
		]);
		expect(byNeed(true)).toEqual([
			'Alpine Ski House',
			'Coho Winery',
			'Contoso',
			'Humongous Insurance',
			"Margie's Travel",
			'Northwind Traders',
			'Proseware',
			'Wide World Importers',
		]);
		for (const { needsAction, reason } of json(statuses)) {
			expect(reason).toEqual(needsAction === true ? expect.any(String) : null);
		}
		expect(writes(place.emulator)).toEqual([]);
		expect(result.runData['Convert to CSV']).toHaveLength(1);
	});

	it('has a customer once whom Partner Center lists twice', async () => {
		place.emulator.switches.listCustomersTwice = true;
		const result = await run('coverage-report.json');
		const ids = json(result.outputs('Get Agreement Status').flat()).map((one) => one.customerId);

		expect(ids).toHaveLength(sampleState.customers.length);
		expect(new Set(ids).size).toBe(ids.length);
		expect(result.outputs('To Report').flat()).toHaveLength(8);
	});

	it('has a customer that could not be checked in the same file, with the reason', async () => {
		place.emulator.faults.script([
			{ match: { path: idOf('Fabrikam') }, times: 99, what: 'expired-401' },
		]);
		const result = await run('coverage-report.json');
		const [statuses = [], errors = []] = result.outputs('Get Agreement Status');

		expect(result.status).toBe('success');
		expect(statuses).toHaveLength(sampleState.customers.length - 1);
		expect(json(errors)).toEqual([
			expect.objectContaining({ error: expect.any(String), message: expect.any(String) }),
		]);
		expect(result.runData['Convert to CSV']).toHaveLength(1);
		expect(json(result.outputs('To Report').flat())).toContainEqual(
			expect.objectContaining({ companyName: 'Fabrikam', error: expect.any(String) }),
		);
	});
});
