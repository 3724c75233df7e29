/**
 * The Pipedrive workflow with n8n's own nodes and the sub-workflow: every won deal is marked, or
 * becomes an activity that says why not.
 *
 * Shapes: https://pipedrive.readme.io/docs/guide-for-webhooks-v2 for the event,
 * https://developers.pipedrive.com/docs/api/v1/Deals, Organizations, Persons and Activities (v2).
 */
import type { RunResult } from '../../../dev/engine/runWorkflow';
import { pinned } from '../../system/e2e/standIns/crm';
import { answerInstead, internet, useInternet } from '../internet';
import { open, place } from '../place';
import { engine, writes } from '../workplace';
import {
	agreedOn,
	read,
	runWithSubWorkflow,
	type SubWorkflow,
	WITHOUT_DATE,
	written,
} from '../subWorkflow';

jest.setTimeout(60_000);
useInternet();
beforeEach(async () => {
	await open();
});

type Json = Record<string, unknown>;

const FILE = 'pipedrive-deal-won.json';
const HOST = 'api.pipedrive.com';
const events = pinned(FILE, 'Pipedrive Trigger');
const fieldOf = (name: string): string => {
	const [, value = ''] =
		new RegExp(`"name":"${name}","value":"(\\w+)"`).exec(JSON.stringify(read(FILE))) ?? [];
	return value;
};
const ACCEPTED_ON = fieldOf('acceptedOnField');
const CONFIRMED_ON = fieldOf('confirmedOnField');
const TENANT_ID = fieldOf('tenantIdField');

const run = async (records: Json[] = events, sub: SubWorkflow = {}): Promise<RunResult> => {
	const result = await runWithSubWorkflow(FILE, records, sub);
	expect({ status: result.status, error: result.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
	return result;
};

const sent = (method: string) => internet.calls.filter((call) => call.method === method);
const marked = (): number[] =>
	sent('PATCH')
		.map((call) => Number(/deals\/(\d+)/.exec(call.path)?.[1]))
		.sort();
const activities = () =>
	sent('POST').map(({ body }) => {
		const { deal_id, subject, note, type, done } = body as Json;
		expect([type, done]).toEqual(['task', false]);
		return { deal: deal_id, text: `${String(subject)}: ${String(note)}` };
	});
const says = (deal: number, text: string) => ({ deal, text: expect.stringContaining(text) });

const answerRecord = (kind: string, node: string, index: number, change: Json) => {
	const data = { ...pinned(FILE, node)[index], ...change } as Json;
	answerInstead(HOST, ({ method, path: target }) =>
		method === 'GET' && target === `/api/v2/${kind}/${String(data.id)}`
			? { status: 200, body: { success: true, data } }
			: undefined,
	);
};

describe(`Pipedrive (${engine})`, () => {
	it('confirms three of the four pinned deals, marks them with the date, and makes an activity of the fourth', async () => {
		await run();
		expect(written()).toEqual(['Contoso', 'Northwind Traders']);
		expect(marked()).toEqual([7201, 7202, 7203]);
		for (const { body } of sent('PATCH')) {
			expect(body).toEqual({
				custom_fields: { [CONFIRMED_ON]: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
			});
		}
		expect(activities()).toEqual([says(7204, 'a tenant ID or domain of the organization')]);
		expect(activities()[0]?.text).toContain("not confirmed: Margie's Travel: Microsoft 365");
	});

	it('sends the person, the phone number and the day of acceptance', async () => {
		await run([events[0] as Json]);
		const [request] = writes(place.emulator);
		expect(JSON.parse(request?.body ?? '{}')).toMatchObject({
			primaryContact: {
				firstName: 'Pieter',
				lastName: 'van den Bergh',
				email: 'pieter.vandenbergh@contoso.example',
				phoneNumber: '+31 30 555 0171',
			},
			dateAgreed: '2025-06-12T00:00:00.000Z',
		});
	});

	it.each([
		['an organization', { org_id: null }],
		['a person', { person_id: null }],
		['a date of acceptance', { custom_fields: { [ACCEPTED_ON]: null } }],
		['whether it is won', { status: undefined }],
	])(
		'a deal without %s is an activity that says so, and the others are confirmed',
		async (what, change) => {
			answerRecord('deals', 'Get Deal', 1, change);
			await run();
			expect(written()).toEqual(['Contoso', 'Northwind Traders']);
			expect(marked()).toEqual([7201, 7203]);
			expect(activities()).toContainEqual(says(7202, what));
			expect(activities()).toHaveLength(2);
		},
	);

	it.each([
		['Get Deal', '/deals/7202', 404],
		['Get Organization', '/organizations/9102', 403],
		['Get Person', '/persons/502', 500],
	])(
		'an answer to %s that is none is an activity, and the others are confirmed',
		async (node, target, status) => {
			answerInstead(HOST, (call) =>
				call.path.endsWith(target) && call.method === 'GET'
					? { status, body: { success: false, error: 'not now' } }
					: undefined,
			);
			await run();
			expect(written()).toEqual(['Contoso', 'Northwind Traders']);
			expect(marked()).toEqual([7201, 7203]);
			expect(activities()).toContainEqual(says(7202, `${node}: `));
			expect(activities()).toContainEqual(says(7202, 'reopen the deal and win it again'));
			expect(activities()).toHaveLength(2);
		},
	);

	it('a domain stands for the tenant ID', async () => {
		answerRecord('organizations', 'Get Organization', 1, {
			custom_fields: { [TENANT_ID]: 'fabrikam.onmicrosoft.com' },
		});
		await run();
		expect(marked()).toEqual([7201, 7202, 7203]);
	});

	it('a person whom Partner Center refuses is an activity with the reason', async () => {
		answerRecord('persons', 'Get Person', 0, {
			emails: [{ value: 'pieter(at)contoso.example', primary: true, label: 'work' }],
		});
		await run();
		expect(written()).toEqual(['Northwind Traders']);
		expect(marked()).toEqual([7202, 7203]);
		expect(activities()).toContainEqual(says(7201, "'Email' is not an e-mail address"));
	});

	it('where Partner Center answers nothing, every deal is an activity', async () => {
		place.emulator.faults.script([
			{ match: { path: 'agreements' }, times: 999, what: 'expired-401' },
		]);
		await run();
		expect(marked()).toEqual([]);
		expect(
			activities()
				.map(({ deal }) => deal)
				.sort(),
		).toEqual([7201, 7202, 7203, 7204]);
	});

	it.each(['Workflow is not published', 'Workflow does not exist'])(
		'where the sub-workflow does not run, every deal is an activity that says so: %s',
		async (fails) => {
			await run(events, { fails });
			expect(written()).toEqual([]);
			expect(marked()).toEqual([]);
			expect(activities()).toEqual(
				expect.arrayContaining(
					[7201, 7202, 7203].map((deal) => ({
						deal,
						text: expect.stringMatching(new RegExp(`^Not known whether .*${fails}`)),
					})),
				),
			);
			expect(activities()).toHaveLength(4);
		},
	);

	it('a dry run of the sub-workflow marks nothing, and makes an activity only of what is wrong', async () => {
		await run(events, { confirm: { parameters: { options: { dryRun: true } } } });
		expect(writes(place.emulator)).toEqual([]);
		expect(marked()).toEqual([]);
		expect(activities()).toEqual([says(7204, 'tenant ID')]);
	});

	it('a confirmation from before 1 April 2023 is an activity that says so, and is not marked', async () => {
		await open({ state: agreedOn('2021-05-10T00:00:00Z') });
		await run();
		expect(marked()).toEqual([7201, 7203]);
		expect(activities()).toContainEqual(says(7202, 'Microsoft Customer Agreement expired: '));
		expect(activities()).toContainEqual(says(7202, 'is from 2021-05-10, before 1 April 2023'));
		expect(activities()).toHaveLength(2);
	});

	it.each(WITHOUT_DATE)(
		'a confirmation whose date %s is an activity that says so, and is not marked',
		async (_what, prepare, confirm) => {
			prepare();
			await run(events, { confirm });
			expect(marked()).toEqual([7201, 7203]);
			expect(activities()).toContainEqual(says(7202, 'Agreement still counts: '));
		},
	);

	it('a confirmation whose answer was lost is an activity that says that it is not known', async () => {
		place.emulator.faults.script([
			{ match: { method: 'POST', path: 'agreements' }, times: 999, what: 'reset-before-write' },
		]);
		await run(events, { confirm: { parameters: { options: { maxRetries: 0 } } } });
		// Of the second, Partner Center has an earlier one, which is found.
		expect(marked()).toEqual([7202]);
		expect(activities()).toContainEqual(
			says(7201, 'Not known whether the Microsoft Customer Agreement was confirmed: '),
		);
	});

	it.each([
		['nothing', []],
		['one deal less', ['7202', '7203']],
	])(
		'a deal of which the sub-workflow says nothing is an activity: it answers %s',
		async (_what, answered) => {
			await run(events, { keeps: (reference) => answered.some((one) => one === reference) });
			expect(marked().map(String)).toEqual(answered);
			const silent = [7201, 7202, 7203].filter((deal) => !answered.includes(String(deal)));
			for (const deal of silent)
				expect(activities()).toContainEqual(says(deal, 'Not known whether'));
			expect(activities()).toHaveLength(silent.length + 1);
		},
	);

	it('a deal that cannot be marked is an activity that says it is confirmed, and stops nobody', async () => {
		answerInstead(HOST, ({ method, path: target }) =>
			method === 'PATCH' && target.endsWith('7201') ? { status: 500, body: {} } : undefined,
		);
		await run();
		expect(written()).toEqual(['Contoso', 'Northwind Traders']);
		expect(activities()).toContainEqual(says(7201, 'confirmed, but not marked on the deal'));
		expect(activities()).toHaveLength(2);
	});

	const event = (change: Json): Json => ({ ...(structuredClone(events[0]) as Json), ...change });
	const meta = events[0]?.meta as Json;

	it.each([
		['a deal that is won when it is created', event({ previous: null })],
		['an event that holds no deal, where the deal is won', event({ data: null, previous: null })],
	])('%s is confirmed', async (_name, one) => {
		await run([one]);
		expect(written()).toEqual(['Contoso']);
		expect(marked()).toEqual([7201]);
	});

	// Writing an activity or the mark changes the deal, and Pipedrive tells of that too.
	it.each([
		['another change of a won deal', event({ previous: { activities_count: 0 } })],
		['a lost deal', event({ data: { ...(events[0]?.data as Json), status: 'lost' } })],
		['a deleted deal', event({ data: null, meta: { ...meta, action: 'delete' } })],
	])('%s reads nothing, and makes no activity', async (_name, one) => {
		await run([one]);
		expect(internet.calls).toEqual([]);
	});

	it('a deal that was reopened since is left alone', async () => {
		answerRecord('deals', 'Get Deal', 0, { status: 'open' });
		await run([events[0] as Json]);
		expect(written()).toEqual([]);
		expect(sent('POST')).toEqual([]);
	});
});
