import type { IDataObject } from 'n8n-workflow';

import { open } from './place';
import {
	agreementsOf,
	customer,
	customerId,
	customers,
	json,
	pairs,
	record,
	writes,
} from './workplace';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const oneAtATime = { options: { maxConcurrency: 1 } };
/** One try for each request, so that a single fault is the outcome. */
const noRetries = { options: { maxRetries: 0 } };

/** One of each kind of failure, with a good item before, between and after. */
const MIXED: IDataObject[] = [
	record(1),
	record(2, { email: 'not an address' }),
	record(3),
	record(99),
	record(1),
	record(5),
	record(6, { firstName: '' }),
	record(7),
];
const mixedState = {
	customers: [
		...customers(3),
		customer(5, { relationshipToPartner: 'none' as const }),
		customer(6),
		customer(7),
	],
};

describe('On Error: Continue (using error output)', () => {
	it('sends failed items to the error output with error and message, and the input’s fields', async () => {
		const { run, emulator } = await open({ state: mixedState });
		const { confirmed, alreadyExists, errors, result } = await run(MIXED, {
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		expect([pairs(confirmed), pairs(alreadyExists), pairs(errors)]).toEqual([
			[0, 2, 7],
			[4],
			[1, 3, 5, 6],
		]);
		expect(json(errors)).toEqual([
			{
				...MIXED[1],
				error: `'Email' is not an e-mail address: "not an address" [Item 1]`,
				message: expect.stringContaining('someone@example.com'),
			},
			{
				...MIXED[3],
				error: 'Partner Center does not know this customer [Item 3]',
				message: expect.stringMatching(
					new RegExp(
						`Microsoft ID.*HTTP 404, code 1000.*MS-RequestId ${GUID}, MS-CorrelationId ${GUID}`,
					),
				),
			},
			{
				...MIXED[5],
				error: 'There is no reseller relationship with this customer [Item 5]',
				message: expect.stringMatching(/Get Link.*HTTP 403, code 20002/),
			},
			{
				...MIXED[6],
				error: `'First Name' is empty [Item 6]`,
				message: expect.stringContaining('first name'),
			},
		]);
		expect(agreementsOf(emulator)).toBe(3);
	});

	it('keeps error and message where the input has fields of the same names', async () => {
		const { run } = await open({ state: mixedState });
		const input = record(1, { email: 'x', error: 'from the CRM', message: 'from the CRM' });
		const { errors } = await run([input], { onError: 'continueErrorOutput' });
		expect(json(errors)).toMatchObject([
			{
				error: expect.stringContaining("'Email'"),
				message: expect.stringContaining('CRM’s contact'.replace('’', "'")),
			},
		]);
	});

	it('names every field that can’t be used', async () => {
		const { run } = await open({ state: mixedState });
		const input = record(1, { customerId: 'contoso.com', lastName: null, dateAgreed: 1718323200 });
		const { errors } = await run([input], { onError: 'continueErrorOutput' });
		expect(json(errors)[0]?.error).toBe(
			`'Customer' is not a customer's tenant ID: "contoso.com"; 'Last Name' is empty; 'Date Agreed' is a number, but not of milliseconds since 1970: 1718323200 [Item 0]`,
		);
	});

	it('an expression that fails is an item’s failure, not the run’s', async () => {
		const { run } = await open({ state: mixedState });
		const { confirmed, errors, result } = await run([record(1), record(2, { nested: {} })], {
			onError: 'continueErrorOutput',
			parameters: { lastName: '={{ $json.nested ? $json.nested.contact.last : "Carr" }}' },
		});
		expect(result.status).toBe('success');
		expect(pairs(confirmed)).toEqual([0]);
		expect(json(errors)[0]?.error).toMatch(/^'Last Name' /);
	});

	it('nobody is on Confirmed when nothing could be sent at all', async () => {
		const { run, credentials, emulator } = await open({ state: mixedState });
		delete credentials.data('1').oauthTokenData;
		const { confirmed, errors, result } = await run([record(1), record(2)], {
			onError: 'continueErrorOutput',
		});
		expect(result.status).toBe('success');
		expect(confirmed).toEqual([]);
		expect(json(errors).map(({ error }) => error)).toEqual([
			'The credential is not connected [Item 0]',
			'The credential is not connected [Item 1]',
		]);
		expect(emulator.requests).toEqual([]);
	});

	it('nobody is on Confirmed when the service is gone', async () => {
		const { run, emulator } = await open({ state: mixedState });
		await emulator.close();
		const { confirmed, errors } = await run([record(1)], {
			onError: 'continueErrorOutput',
			parameters: noRetries,
		});
		expect(confirmed).toEqual([]);
		expect(json(errors)).toMatchObject([
			{
				error: 'Partner Center could not be reached [Item 0]',
				message: expect.stringContaining('Nothing was changed'),
			},
		]);
	});

	it('nobody is on Confirmed when the operation does not exist', async () => {
		const { run } = await open({ state: mixedState });
		const { outputs } = await run([record(1)], {
			onError: 'continueErrorOutput',
			parameters: { operation: 'confirmAll' },
		});
		expect(json(outputs[0])).toEqual([]);
		expect(json(outputs[1])).toMatchObject([
			{ error: expect.stringContaining("'Operation' does not exist") },
		]);
	});

	it.each([
		['a reset after the write', 'reset-after-write' as const, 1],
		['a reset before the write', 'reset-before-write' as const, 0],
	])(
		'says that the outcome is not known after %s, if nothing can be read',
		async (_, what, written) => {
			const { run, emulator } = await open({ state: mixedState });
			emulator.faults.script([
				{ match: { method: 'POST' }, what },
				{ match: { method: 'GET', path: '/customers/' }, times: 9, what: 'status-500' },
			]);
			const { confirmed, errors } = await run([record(1)], {
				onError: 'continueErrorOutput',
				parameters: noRetries,
			});
			expect(confirmed).toEqual([]);
			expect(json(errors)).toMatchObject([{ message: expect.stringContaining('is not known') }]);
			expect(agreementsOf(emulator)).toBe(written);
		},
	);

	it('waits no longer than Timeout', async () => {
		const { run, emulator } = await open({ state: mixedState });
		emulator.faults.script([{ match: { method: 'POST' }, what: { kind: 'hang' } }]);
		const { errors } = await run([record(1)], {
			onError: 'continueErrorOutput',
			parameters: { options: { timeout: 1000, maxRetries: 0 } },
		});
		expect(json(errors)[0]?.error).toBe('Partner Center did not answer within 1 second [Item 0]');
	});
});

describe('On Error: Continue', () => {
	it('keeps failed items on the first output, marked, and warns of them on the node', async () => {
		const { run } = await open({ state: mixedState });
		const { confirmed, alreadyExists, outputs, result } = await run(MIXED, {
			onError: 'continueRegularOutput',
		});
		expect(result.status).toBe('success');
		expect(outputs).toHaveLength(2);
		expect(pairs(confirmed)).toEqual([0, 1, 2, 3, 5, 6, 7]);
		expect(pairs(alreadyExists)).toEqual([4]);
		expect(json(confirmed).map(({ outcome }) => outcome)).toEqual([
			...['confirmed', 'failed', 'confirmed', 'failed', 'failed', 'failed', 'confirmed'],
		]);
		expect(json(confirmed)[1]).toEqual({
			outcome: 'failed',
			customerId: customerId(2),
			error: `'Email' is not an e-mail address: "not an address" [Item 1]`,
			message: expect.any(String),
		});
		const hints = result.hints('Confirm').map(({ message }) => message);
		expect(hints).toContain('Customer agreements: 3 confirmed, 1 already there, 4 failed.');
		expect(hints.join()).toMatch(/4 failed items are on the Confirmed output.*error output/);
	});
});

describe('On Error: Stop Workflow', () => {
	it('names the item and how many were confirmed before it, and starts nothing after it', async () => {
		const { run, emulator } = await open({ state: mixedState });
		const { result } = await run(MIXED, { parameters: oneAtATime });
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe(
			`'Email' is not an e-mail address: "not an address" [Item 1]`,
		);
		expect(result.error?.description).toMatch(/1 customer was confirmed in this run; run again/);
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(result.outputs('Behind 0')).toEqual([]);
		expect(agreementsOf(emulator)).toBe(1);
	});

	it('lets what is under way finish', async () => {
		const count = 40;
		const { run, emulator } = await open({ state: { customers: customers(count) }, latency: 20 });
		const records = Array.from({ length: count }, (_, n) => record(n === 5 ? 99 : n + 1));
		const { result } = await run(records, { parameters: { options: { maxConcurrency: 4 } } });
		const confirmed = agreementsOf(emulator);
		expect(result.error?.message).toContain('does not know this customer [Item 5]');
		expect(result.error?.description).toContain(
			`${confirmed} customers were confirmed in this run`,
		);
		expect(confirmed).toBeLessThan(20);
		const statuses = writes(emulator).map(({ status }) => status);
		expect(statuses.filter((status) => status === 201)).toHaveLength(confirmed);
		expect(statuses.filter((status) => status !== 201)).toEqual([404]);
	});

	it('says when nobody was confirmed', async () => {
		const { run } = await open({ state: mixedState });
		const { result } = await run([record(1, { email: '' })]);
		expect(result.error?.description).toContain('No customer was confirmed in this run.');
	});

	it('keeps the words where a value happens to hold the letters of a socket’s code', async () => {
		const { run } = await open({ state: mixedState });
		const { result } = await run([record(1, { email: 'approveperms-enoent-eexist' })]);
		expect(result.error?.message).toBe(
			`'Email' is not an e-mail address: "approveperms-enoent-eexist" [Item 0]`,
		);
	});

	it('carries the HTTP status', async () => {
		const { run } = await open({ state: mixedState });
		const { result } = await run([record(99)]);
		expect(result.error).toMatchObject({ httpCode: '404' });
	});
});

it('a cancelled execution starts nothing new', async () => {
	const { run, emulator } = await open({ state: { customers: customers(40) }, latency: 100 });
	const stop = new AbortController();
	const running = run(
		Array.from({ length: 40 }, (_, n) => record(n + 1)),
		{ parameters: { options: { maxConcurrency: 2 } }, onError: 'continueErrorOutput' },
		{ signal: stop.signal },
	);
	while (writes(emulator).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
	stop.abort();
	const { result } = await running;
	expect(result.status).toBe('canceled');
	await new Promise((resolve) => setTimeout(resolve, 50));
	const started = writes(emulator).length;
	expect(started).toBeLessThan(10);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(writes(emulator)).toHaveLength(started);
});

it('Max Concurrency 1 counts also when the first item can’t be used', async () => {
	const { run, emulator } = await open({ state: { customers: customers(6) }, latency: 30 });
	const items = Array.from({ length: 6 }, (_, n) => record(n + 1, n === 0 ? { email: 'x' } : {}));
	await run(items, {
		onError: 'continueErrorOutput',
		parameters: { options: { maxConcurrency: 1, includeExisting: false } },
	});
	const spans = writes(emulator).map(({ time, duration }) => [Date.parse(time), duration ?? 0]);
	expect(spans).toHaveLength(5);
	for (const [index, [start = 0]] of spans.slice(1).entries()) {
		const [before = 0, took = 0] = spans[index] ?? [];
		expect(start).toBeGreaterThanOrEqual(before + took - 1);
	}
});

it('Max Concurrency 1 means one after another; 4 means at most four at a time', async () => {
	const { run, emulator } = await open({ state: { customers: customers(12) }, latency: 40 });
	const spans = (from: number) =>
		writes(emulator)
			.slice(from)
			.map(({ time, duration }) => ({
				start: Date.parse(time),
				end: Date.parse(time) + (duration ?? 0),
			}));
	const most = (all: Array<{ start: number; end: number }>) =>
		Math.max(
			...all.map(({ start }) => all.filter((one) => one.start <= start && one.end > start).length),
		);
	const items = Array.from({ length: 12 }, (_, n) => record(n + 1));
	await run(items, { parameters: { options: { maxConcurrency: 1, includeExisting: false } } });
	expect(most(spans(0))).toBe(1);
	await run(items, { parameters: { options: { maxConcurrency: 4, includeExisting: false } } });
	expect(most(spans(12))).toBeGreaterThan(1);
	expect(most(spans(12))).toBeLessThanOrEqual(4);
});
