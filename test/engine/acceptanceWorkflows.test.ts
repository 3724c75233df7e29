/**
 * The workflows that take several executions, from the won deal to "may order": each part is started
 * as n8n starts it, and in between the customers do what they do at Microsoft.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { partsOf } from '../../dev/demo/story';
import { DataTables, parseWorkflow, type RunResult } from '../../dev/engine/runWorkflow';
import {
	pinnedItems,
	shortTypeName,
	withPartnerCenterAt,
	type WorkflowFile,
} from '../../dev/engine/workflowFile';
import { idOf, LIFE_CYCLE } from '../system/e2e/outcomes';
import { plainTextOf } from '../system/e2e/standIns/SmtpSink';
import { answerInstead, internet, mailServer, runForReal, useInternet } from './internet';
import { open, place } from './place';
import { engine, json, writes } from './workplace';

jest.setTimeout(60_000);
useInternet();

const FOLDER = path.join(__dirname, '../../workflows');
const DAY_MS = 86_400_000;

let tables: DataTables;

beforeEach(async () => {
	tables = new DataTables();
	await open({ attestation: 'preview', switches: { legacyConfirmation: 'accept' } });
});
afterEach(() => {
	jest.restoreAllMocks();
	ahead = 0;
});

/** How far the clock is set forward, in milliseconds. */
let ahead = 0;

/** Everything that looks at the clock from now on sees a later one, Partner Center too. */
function later(days: number): void {
	ahead += days * DAY_MS;
	jest.restoreAllMocks();
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
}

/**
 * The workflow as a person sets it up: the emulator's address among the values. n8n 1.x can't create a
 * table or choose one by name, so there the person makes it, chooses it, and deactivates the step.
 */
function setUp(file: string): WorkflowFile {
	const workflow = withPartnerCenterAt(
		parseWorkflow(readFileSync(path.join(FOLDER, file), 'utf8')),
		place.emulator.baseUrl,
	);
	const nodes = workflow.nodes.map((node) => {
		const { parameters } = node;
		if (engine === 'n8n-2' || node.type !== 'n8n-nodes-base.dataTable') return node;
		if (parameters.resource === 'table') return { ...node, disabled: true };
		const { value } = parameters.dataTableId as { value: string };
		const id = { __rl: true, mode: 'id', value: idOfTable(value) };
		return { ...node, typeVersion: 1, parameters: { ...parameters, dataTableId: id } };
	});
	return { ...workflow, nodes };
}

/** As the file has it: nobody has compared the last call with Microsoft's page. */
function unchecked(workflow: WorkflowFile): WorkflowFile {
	const text = JSON.stringify(workflow);
	return JSON.parse(
		text.replace('"name":"lastCallChecked","value":"yes"', '"name":"lastCallChecked","value":"no"'),
	) as WorkflowFile;
}

const COLUMNS: Record<string, string[]> = {
	mca_acceptance:
		'customerId dealId companyName country language firstName lastName email attestationId createdOn expiresOn state lastAnswer'.split(
			' ',
		),
	mca_onboarding:
		'domain customerId dealId companyName country language firstName lastName email acceptedOn attestationId state lastAnswer'.split(
			' ',
		),
};
const made = new WeakMap<DataTables, Record<string, string>>();

function idOfTable(name: string): string {
	const known = made.get(tables) ?? {};
	known[name] ??= tables.create(name, COLUMNS[name] ?? []);
	made.set(tables, known);
	return known[name];
}

/** Starts one part of a workflow at its trigger, with what that has pinned or with other items. */
async function start(
	file: string,
	trigger: string,
	input?: IDataObject[],
	lastCall: 'checked' | 'as imported' = 'checked',
): Promise<RunResult> {
	const workflow = lastCall === 'checked' ? setUp(file) : unchecked(setUp(file));
	const items: INodeExecutionData[] | undefined =
		input?.map((one) => ({ json: one })) ?? pinnedItems(workflow)[trigger];
	const result = await runForReal(workflow, {
		startNode: trigger,
		dataTables: tables,
		...(items && { input: items }),
	});
	expect({ status: result.status, error: result.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
	return result;
}

const linksIn = (text: string) => [...text.matchAll(/https?:\S+attestationid=[\w-]+/g)].flat();

/** The customer opens the link of the mail that came last, and accepts. */
async function accept(to: string): Promise<void> {
	const mail = mailServer.mails.filter((one) => one.to.some((whom) => whom.startsWith(to))).at(-1);
	const [link = ''] = linksIn(mail ? plainTextOf(mail) : '');
	expect((await fetch(link, { method: 'POST' })).status).toBe(200);
}

const toCrm = (method: string) =>
	internet.calls
		.filter((call) => call.host === 'crm.example.com' && call.method === method)
		.map(({ path: target, body }) => [target, body]);

const expectTask = (deal: number, text: string) => [
	'/tasks',
	expect.objectContaining({ deal: String(deal), text: expect.stringContaining(text) }),
];

const states = () =>
	tables.rows('mca_acceptance').map(({ companyName, state }) => [companyName, state]);
const mailed = () => mailServer.mails.flatMap(({ to }) => to.map((one) => one.split('@')[0]));

describe.each(Object.entries(LIFE_CYCLE))(`%s (${engine})`, (file, triggers) => {
	it('has its triggers in the order of the story, each with pinned items', () => {
		const workflow = setUp(file);
		expect(partsOf(workflow).map(({ name }) => name)).toEqual(triggers);
		for (const trigger of triggers) expect(pinnedItems(workflow)[trigger]).not.toHaveLength(0);
	});

	it('leaves no output of our nodes unconnected', () => {
		const { nodes, connections } = setUp(file);
		const ours = nodes.filter(({ type }) => shortTypeName(type) === 'microsoftPartnerCenter');
		expect(ours).not.toEqual([]);
		for (const { name, parameters, onError } of ours) {
			const links = connections[name]?.main ?? [];
			const own = parameters.operation === 'confirm' ? 2 : 1;
			expect([name, links.length]).toEqual([name, own + (onError === undefined ? 0 : 1)]);
			for (const output of links) expect(output).not.toEqual([]);
		}
	});
});

describe(`A won deal, accepted by link (${engine})`, () => {
	const FILE = 'attestation-deal-won.json';
	const morning = async () => await start(FILE, 'Every Morning');

	it('is noted and mailed once; a deal that comes again changes nothing', async () => {
		await start(FILE, 'Deal Won');
		expect(states()).toEqual([
			['Contoso', 'sent'],
			['Northwind Traders', 'sent'],
			['Alpine Ski House', 'sent'],
		]);
		expect(mailed()).toEqual(['pieter.vandenbergh', 'zsofia.fuzesi', 'linnea.hakansson']);
		expect(toCrm('POST')).toEqual([
			[
				'/tasks',
				expect.objectContaining({
					text: expect.stringContaining("'Signatory Last Name' is empty"),
				}),
			],
		]);
		for (const row of tables.rows('mca_acceptance'))
			expect(linksIn(JSON.stringify(row))).toEqual([]);

		await start(FILE, 'Deal Won');
		expect(place.emulator.attestations).toHaveLength(3);
		expect(mailServer.mails).toHaveLength(3);
	});

	it('nobody has the agreement before the customer accepted and the last call was made', async () => {
		await start(FILE, 'Deal Won');
		await morning();
		expect(states().map(([, state]) => state)).toEqual(['sent', 'sent', 'sent']);
		expect(toCrm('PATCH')).toEqual([]);

		await accept('pieter');
		await morning();
		expect(states()[0]).toEqual(['Contoso', 'agreed']);
		expect(toCrm('PATCH')).toEqual([
			['/deals/7101', { agreementAccepted: true, mayOrder: true, reason: null }],
		]);

		await morning();
		expect(toCrm('PATCH')).toHaveLength(1);
		await start(FILE, 'Deal Won');
		expect(place.emulator.attestations).toHaveLength(3);
		const created = writes(place.emulator).filter(({ status }) => status === 201);
		expect(created).toHaveLength(1);
	});

	it('the last call is not made before a person says that it was checked', async () => {
		await start(FILE, 'Deal Won');
		await accept('pieter');
		await start(FILE, 'Every Morning', undefined, 'as imported');
		expect(writes(place.emulator)).toEqual([]);
		expect(states()[0]).toEqual(['Contoso', 'sent']);
	});

	it('a last call whose answer was lost is not made twice', async () => {
		await start(FILE, 'Deal Won');
		await accept('zsofia');
		place.emulator.faults.script([
			{
				match: { method: 'POST', path: `${idOf('Northwind Traders')}/agreements` },
				what: 'reset-after-write',
			},
		]);
		await morning();
		await morning();
		expect(states()[1]).toEqual(['Northwind Traders', 'agreed']);
		const made = writes(place.emulator).filter(
			({ path: target, status }) => target.includes(idOf('Northwind Traders')) && status === 201,
		);
		expect(made.length).toBeLessThanOrEqual(1);
	});

	it('a link that ran out is replaced, and after 14 days somebody is told', async () => {
		await start(FILE, 'Deal Won');
		const [before] = tables.rows('mca_acceptance').map(({ attestationId }) => attestationId);
		later(8);
		await morning();
		const [after] = tables.rows('mca_acceptance').map(({ attestationId }) => attestationId);
		expect(after).not.toBe(before);
		expect(mailed().slice(3)).toContain('pieter.vandenbergh');
		await accept('pieter');
		await morning();
		later(7);
		await morning();
		expect(states()).toEqual([
			['Contoso', 'agreed'],
			['Northwind Traders', 'given up'],
			['Alpine Ski House', 'given up'],
		]);
		expect(toCrm('POST').slice(1)).toEqual([
			// It has no relationship with the partner, which is said once, not every morning.
			expectTask(7103, 'HTTP 403: No relationship'),
			expectTask(7102, 'Nobody accepted within 14 days'),
			expectTask(7103, 'Nobody accepted within 14 days'),
		]);
	});
});

describe(`The same with the CRM as the ledger (${engine})`, () => {
	const FILE = 'attestation-in-crm.json';

	it('keeps the IDs on the deal, finishes who accepted, and asks nobody twice', async () => {
		const deals = new Map<string, IDataObject>();
		const pins = pinnedItems(setUp(FILE))['Deal Won'] ?? [];
		for (const { json: item } of pins) {
			const body = item.body as IDataObject;
			deals.set(String(body.dealId), body);
		}
		answerInstead('crm.example.com', ({ method, path: target, body }) => {
			if (method === 'GET') {
				const waiting = [...deals.values()].filter((one) => one.attestationState === 'sent');
				return { status: 200, body: waiting };
			}
			const deal = deals.get(target.split('/').at(-1) ?? '');
			if (method === 'PATCH' && deal) Object.assign(deal, body);
			return { status: 200, body: deal ?? {} };
		});
		await start(FILE, 'Deal Won');
		expect([...deals.values()].map(({ attestationState }) => attestationState)).toEqual([
			'sent',
			'sent',
			'sent',
			undefined,
		]);
		await accept('zsofia');
		await start(FILE, 'Every Morning');
		expect(deals.get('7102')).toMatchObject({ mayOrder: true, attestationState: 'agreed' });
		expect(deals.get('7101')).toMatchObject({ attestationState: 'sent' });

		await start(
			FILE,
			'Deal Won',
			[...deals.values()].slice(0, 1).map((body) => ({ body })),
		);
		expect(place.emulator.attestations).toHaveLength(3);

		later(15);
		await start(FILE, 'Every Morning');
		expect(deals.get('7101')).toMatchObject({ attestationState: 'given up' });
	});
});

describe(`An order that Microsoft refused (${engine})`, () => {
	it('13605 starts the acceptance, a review waits, and the rest becomes a task', async () => {
		await start('order-refused.json', 'Order Refused');
		expect(states()).toEqual([['Contoso', 'sent']]);
		expect(mailed()).toEqual(['pieter.vandenbergh']);
		expect(toCrm('PATCH')).toEqual(
			expect.arrayContaining([
				['/orders/5202', expect.objectContaining({ state: 'ready' })],
				['/orders/5203', expect.objectContaining({ state: 'waiting' })],
			]),
		);
		expect(toCrm('POST')).toEqual([
			['/tasks', expect.objectContaining({ deal: 5204, text: expect.stringContaining('900416') })],
		]);
		// attestation-deal-won.json finishes it.
		await accept('pieter');
		await start('attestation-deal-won.json', 'Every Morning');
		expect(states()).toEqual([['Contoso', 'agreed']]);
	});
});

describe(`A new customer, from the relationship to "may order" (${engine})`, () => {
	const FILE = 'onboarding.json';
	const ledger = () => tables.rows('mca_onboarding').map(({ state }) => state);

	it('is asked for the one after the other, and may order at the end', async () => {
		await start(FILE, 'Deal Won');
		await start(FILE, 'Deal Won');
		expect(ledger()).toEqual(['relationship']);
		expect(mailServer.mails.map(plainTextOf)).toEqual([
			expect.stringContaining('invType=ResellerRelationship'),
		]);

		await start(FILE, 'Every Morning');
		expect(ledger()).toEqual(['relationship']);

		await fetch(
			`${place.emulator.baseUrl}/_emulator/customers/${idOf('Alpine Ski House')}/relationship`,
			{
				method: 'PUT',
				body: JSON.stringify({ relationshipToPartner: 'reseller' }),
			},
		);
		await start(FILE, 'Relationship Accepted');
		expect(ledger()).toEqual(['agreement']);

		await start(FILE, 'Every Morning');
		expect(ledger()).toEqual(['agreement']);
		expect(mailServer.mails).toHaveLength(2);

		await accept('linnea');
		await start(FILE, 'Every Morning');
		expect(ledger()).toEqual(['done']);
		const told = ['/deals/7201', { mayOrder: true, customerId: idOf('Alpine Ski House') }];
		expect(toCrm('PATCH')).toEqual([told]);

		// The next deal of the same customer has nothing to wait for.
		await start(FILE, 'Deal Won');
		expect(toCrm('PATCH')).toEqual([told, told]);
		expect(mailServer.mails).toHaveLength(2);
		expect(toCrm('POST')).toEqual([]);
	});

	it('with a day of acceptance in the CRM, it is confirmed, and no link to accept is mailed', async () => {
		await start(FILE, 'Deal Won', [
			{
				body: {
					dealId: 7202,
					domain: 'contoso.onmicrosoft.com',
					companyName: 'Contoso',
					country: 'NL',
					language: 'nl-NL',
					firstName: 'Pieter',
					lastName: 'van den Bergh',
					email: 'pieter.vandenbergh@contoso.example',
					acceptedOn: '2025-06-12',
				},
			},
		]);
		await start(FILE, 'Every Morning');
		expect(ledger()).toEqual(['done']);
		expect(place.emulator.attestations).toEqual([]);
		expect(mailServer.mails).toEqual([]);
		expect(writes(place.emulator)).toHaveLength(1);
		expect(toCrm('PATCH')).toEqual([['/deals/7202', expect.objectContaining({ mayOrder: true })]]);
	});
});

describe(`The weekly gap in HaloPSA (${engine})`, () => {
	const FILE = 'agreement-gap-halopsa.json';
	type Ticket = { id: number; summary: string; status_id: number };
	const monday = async () => await start(FILE, 'Every Monday');

	it('opens one ticket each, none twice, and closes those whose agreement is there', async () => {
		const tickets: Ticket[] = [];
		answerInstead('sample.halopsa.com', ({ method, path: target, body }) => {
			if (target.startsWith('/auth/token'))
				return { status: 200, body: { access_token: 'of-halo' } };
			if (method === 'GET') {
				const open = tickets.filter(({ status_id: status }) => status !== 9);
				return { status: 200, body: { record_count: open.length, tickets: open } };
			}
			const [given] = body as [Partial<Ticket>];
			const known = tickets.find(({ id }) => id === given.id);
			if (known) return { status: 200, body: Object.assign(known, given) };
			const ticket = { id: tickets.length + 1, summary: given.summary ?? '', status_id: 1 };
			tickets.push(ticket);
			return { status: 200, body: ticket };
		});
		await monday();
		expect(tickets).toHaveLength(8);
		expect(tickets.map(({ summary }) => summary)).toContain(
			`Microsoft Customer Agreement missing: Contoso [${idOf('Contoso')}]`,
		);
		await monday();
		expect(tickets).toHaveLength(8);

		await start('onboarding.json', 'Deal Won', [
			{
				body: {
					dealId: 1,
					domain: 'contoso.onmicrosoft.com',
					firstName: 'Pieter',
					lastName: 'van den Bergh',
					email: 'pieter.vandenbergh@contoso.example',
					acceptedOn: '2025-06-12',
				},
			},
		]);
		await start('onboarding.json', 'Every Morning');
		await monday();
		expect(tickets).toHaveLength(8);
		expect(
			tickets.filter(({ status_id: status }) => status === 9).map(({ summary }) => summary),
		).toEqual([expect.stringContaining('Contoso')]);
		expect(json(await monday().then((run) => run.outputs('Close Ticket').flat()))).toEqual([]);
	});
});
