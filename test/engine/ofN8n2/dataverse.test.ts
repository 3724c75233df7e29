/**
 * The Dynamics 365 workflow with n8n's own Dataverse node and the sub-workflow: every won opportunity
 * is marked, or becomes a task that says why not.
 *
 * Shapes: https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks for the message,
 * https://learn.microsoft.com/power-apps/developer/data-platform/webapi/retrieve-entity-using-web-api
 * for the row, and webapi/create-entity-web-api and update-delete-entities-using-web-api for the writes.
 */
import { pinned } from '../../system/e2e/standIns/crm';
import { answerInstead, internet, useInternet } from '../internet';
import { open, place } from '../place';
import { engine, writes } from '../workplace';
import {
	agreedOn,
	runWithSubWorkflow,
	type SubWorkflow,
	written,
	WITHOUT_DATE,
} from '../subWorkflow';

jest.setTimeout(60_000);
useInternet();
beforeEach(async () => {
	await open();
});

type Json = Record<string, unknown>;

const FILE = 'dynamics-365-dataverse.json';
const HOST = 'yourorg.crm.dynamics.com';
const calls = pinned(FILE, 'Opportunity Changed');
const opportunities = pinned(FILE, 'Get Opportunity');

const run = async (records: Json[] = calls, sub: SubWorkflow = {}): Promise<void> => {
	const { status, error } = await runWithSubWorkflow(FILE, records, sub);
	expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
};

const sent = (method: string) => internet.calls.filter((call) => call.method === method);
const idOf = (index: number) => String(opportunities[index]?.opportunityid);
const marked = () => sent('PATCH').map((call) => /\(([\w-]+)\)$/.exec(call.path)?.[1]);
const tasks = () =>
	sent('POST').map(({ path: target, body }) => {
		expect(target).toBe('/api/data/v9.2/tasks');
		const { subject, description, 'regardingobjectid_opportunity@odata.bind': on } = body as Json;
		return { on, text: `${String(subject)}: ${String(description)}` };
	});
const says = (index: number, text: string) => ({
	on: `/opportunities(${idOf(index)})`,
	text: expect.stringContaining(text),
});

const answerOpportunity = (index: number, change: Json) => {
	answerInstead(HOST, ({ method, path: target }) =>
		method === 'GET' && target.includes(`opportunities(${idOf(index)})`)
			? { status: 200, body: { ...opportunities[index], ...change } }
			: undefined,
	);
};

describe(`Dynamics 365 with the Dataverse node (${engine})`, () => {
	it('confirms three of the four pinned opportunities, marks them, and makes a task of the fourth', async () => {
		await run();
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(marked().sort()).toEqual([idOf(0), idOf(1), idOf(2)]);
		for (const { body } of sent('PATCH')) {
			expect(body).toEqual({ new_mcaconfirmedon: expect.stringMatching(/^2.*Z$/) });
		}
		expect(tasks()).toEqual([says(3, "'Email' is empty")]);
		const [read] = sent('GET');
		expect(decodeURIComponent(read?.path ?? '')).toContain(
			'$select=name,statecode,new_mcaacceptedon',
		);
		expect(decodeURIComponent(read?.path ?? '')).toContain('parentcontactid($select=firstname');
	});

	it.each([
		['statecode', { statecode: undefined }],
		['new_mcaacceptedon', { new_mcaacceptedon: null }],
		['an account', { parentaccountid: null }],
		['tenant ID', { parentaccountid: { name: 'Tailspin Toys', new_microsofttenantid: null } }],
		['a contact', { parentcontactid: null }],
	])('a row without %s becomes a task that names it', async (what, change) => {
		answerOpportunity(1, change);
		await run();
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(marked()).toHaveLength(2);
		expect(tasks()).toContainEqual(says(1, what));
		expect(tasks()).toHaveLength(2);
	});

	it('a read that Dataverse refuses is a task, and the others are confirmed', async () => {
		const error = { code: '0x80040220', message: 'Principal user is missing prvReadOpportunity' };
		answerInstead(HOST, ({ method, path: target }) =>
			method === 'GET' && target.includes(idOf(1)) ? { status: 403, body: { error } } : undefined,
		);
		await run();
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(tasks()).toContainEqual(says(1, 'Get Opportunity'));
		expect(tasks()).toHaveLength(2);
	});

	it('a message that names no opportunity is a task on nothing', async () => {
		const call = structuredClone(calls[0]) as { body: Json };
		delete call.body.PrimaryEntityId;
		await run([call as unknown as Json]);
		expect(written()).toEqual([]);
		expect(tasks()).toEqual([{ on: undefined, text: expect.stringContaining('Get Opportunity') }]);
	});

	it('where the sub-workflow does not run, every opportunity is a task that says so', async () => {
		await run(calls, { fails: 'Workflow is not published' });
		expect(written()).toEqual([]);
		expect(marked()).toEqual([]);
		expect(tasks()).toEqual(
			expect.arrayContaining([0, 1, 2, 3].map((at) => says(at, 'Workflow is not published'))),
		);
		expect(tasks()).toHaveLength(4);
	});

	it('a dry run of the sub-workflow marks nothing, and makes a task only of what is wrong', async () => {
		await run(calls, { confirm: { parameters: { options: { dryRun: true } } } });
		expect(writes(place.emulator)).toEqual([]);
		expect(marked()).toEqual([]);
		expect(tasks()).toEqual([says(3, "'Email' is empty")]);
	});

	it('a confirmation from before 1 April 2023 is a task that says so, and is not marked', async () => {
		await open({ state: agreedOn('2021-05-10T00:00:00Z') });
		await run();
		expect(marked().sort()).toEqual([idOf(0), idOf(2)]);
		expect(tasks()).toContainEqual(says(1, 'Microsoft Customer Agreement expired: '));
		expect(tasks()).toContainEqual(says(1, 'is from 2021-05-10, before 1 April 2023'));
		expect(tasks()).toHaveLength(2);
	});

	it.each(WITHOUT_DATE)(
		'a confirmation whose date %s is a task that says so, and is not marked',
		async (_what, prepare, confirm) => {
			prepare();
			await run(calls, { confirm });
			expect(marked().sort()).toEqual([idOf(0), idOf(2)]);
			expect(tasks()).toContainEqual(says(1, 'Agreement still counts: '));
		},
	);

	it('a confirmation whose answer was lost is a task that says that it is not known', async () => {
		place.emulator.faults.script([
			{ match: { method: 'POST', path: 'agreements' }, times: 999, what: 'reset-before-write' },
		]);
		await run(calls, { confirm: { parameters: { options: { maxRetries: 0 } } } });
		// Of the second, Partner Center has an earlier one, which is found.
		expect(marked()).toEqual([idOf(1)]);
		expect(tasks()).toContainEqual(
			says(0, 'Not known whether the Microsoft Customer Agreement was confirmed: '),
		);
	});

	it('an opportunity of which the sub-workflow says nothing is a task', async () => {
		await run(calls, { keeps: () => false });
		expect(marked()).toEqual([]);
		expect(tasks()).toEqual(
			expect.arrayContaining([0, 1, 2, 3].map((at) => says(at, 'Not known whether'))),
		);
		expect(tasks()).toHaveLength(4);
	});

	it('an opportunity that cannot be marked is a task that says it is confirmed', async () => {
		answerInstead(HOST, ({ method, path: target }) =>
			method === 'PATCH' && target.includes(idOf(0))
				? { status: 400, body: { error: { code: '0x0', message: 'no such column' } } }
				: undefined,
		);
		await run();
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(tasks()).toContainEqual(says(0, 'confirmed, but not marked on the opportunity'));
		expect(tasks()).toHaveLength(2);
	});

	it('an opportunity that is open again is left alone', async () => {
		answerOpportunity(0, { statecode: 0 });
		await run([calls[0] as Json]);
		expect(written()).toEqual([]);
		expect(sent('POST')).toEqual([]);
	});
});
