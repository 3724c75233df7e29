/**
 * Confirmations whose outcome is in doubt, in the odd combinations: with Retry On Fail, with dates
 * that move, with duplicates, with a sign-in that lapses, with a cancel.
 */
import type { EmulatorOptions } from '../../dev/emulator/startEmulator';
import { open as openPlace } from './place';
import { agreementsOf, customers, json, pairs, record, writes } from './workplace';

const open = async (count: number, more: EmulatorOptions = {}) =>
	await openPlace({
		state: { customers: customers(count) },
		// Answering a repeated MS-RequestId with the first answer would hide what is tested here.
		switches: { replaySameRequestId: false },
		...more,
	});

const errorOutput = { onError: 'continueErrorOutput' as const };
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const oneTryEach = { maxConcurrency: 1, maxRetries: 0 };

it('an answer that breaks off in its body is looked into, not taken for "not sent"', async () => {
	const { run, emulator } = await open(1);
	emulator.faults.script([{ match: { method: 'POST' }, what: 'cut-body' }]);
	const { confirmed } = await run([record(1)], errorOutput);
	expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed', reconciled: true }]);
	expect(agreementsOf(emulator)).toBe(1);
});

it('with Retry On Fail, such an item is Confirmed by the next try', async () => {
	const { run, emulator } = await open(1);
	emulator.faults.script([{ match: { method: 'POST' }, what: 'cut-body' }]);
	const { confirmed } = await run([record(1)], { ...retry, parameters: { options: oneTryEach } });
	expect(pairs(confirmed)).toEqual([0]);
	expect(agreementsOf(emulator)).toBe(1);
});

it('a sign-in that lapses after an unanswered write does not hide that nobody knows', async () => {
	const { run, emulator } = await open(1);
	emulator.faults.script([
		{ match: { method: 'POST', path: '/agreements' }, what: 'reset-after-write' },
		{ match: { method: 'POST', path: '/agreements' }, times: 5, what: 'expired-401' },
	]);
	emulator.revokeRefreshTokens();
	const { errors } = await run([record(1)], errorOutput);
	expect(json(errors)).toMatchObject([{ message: expect.stringMatching(/is not known/) }]);
	expect(agreementsOf(emulator)).toBe(1);
});

describe('with Retry On Fail and a date that moves between the tries', () => {
	it('what the first try confirmed stays Confirmed', async () => {
		const { run, emulator } = await open(2);
		emulator.faults.script([{ match: { method: 'POST', path: '0000002/' }, what: 'status-503' }]);
		const { confirmed, alreadyExists } = await run([record(1), record(2)], {
			...retry,
			parameters: { dateAgreed: '={{ $now }}', options: oneTryEach },
		});
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0, 1], []]);
		expect(agreementsOf(emulator)).toBe(2);
	});

	it('what the first try did not learn is looked for with the date that was sent', async () => {
		const { run, emulator } = await open(1);
		emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-after-write' }]);
		const { confirmed, alreadyExists } = await run([record(1)], {
			...retry,
			waitBetweenTries: 1100,
			parameters: { dateAgreed: '={{ $now }}', options: oneTryEach },
		});
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0], []]);
	});
});

it('Check First knows its own write of the try before', async () => {
	const { run, emulator } = await open(1);
	emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-after-write' }]);
	const { confirmed, alreadyExists } = await run([record(1)], {
		...retry,
		parameters: { options: { checkFirst: true, maxRetries: 0 } },
	});
	expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0], []]);
	expect(json(confirmed)).toMatchObject([{ reconciled: true }]);
});

describe('what is known to have existed before is never claimed', () => {
	it('by the duplicate of an item on Already Exists whose own try was cut', async () => {
		const { run, emulator } = await open(1);
		await run([record(1)]);
		const before = writes(emulator).length;
		const running = run([record(1), record(1)], {
			...errorOutput,
			parameters: { options: { includeExisting: false } },
		});
		while (writes(emulator).length === before) await new Promise((next) => setImmediate(next));
		emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-before-write' }]);
		const { confirmed, alreadyExists } = await running;
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[], [0, 1]]);
	});

	it('by the next try of an item that was on Already Exists', async () => {
		const { run, emulator } = await open(2);
		await run([record(1)]);
		const before = writes(emulator).length;
		emulator.faults.script([
			{ match: { method: 'POST', path: '0000002/' }, times: 2, what: 'status-503' },
		]);
		const running = run([record(1), record(2)], {
			...retry,
			parameters: { options: { maxConcurrency: 1, maxRetries: 1, includeExisting: false } },
		});
		while (writes(emulator).length < before + 3) await new Promise((next) => setImmediate(next));
		emulator.faults.script([{ match: { method: 'POST', path: '0000001/' }, what: 'status-503' }]);
		const { confirmed, alreadyExists } = await running;
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[1], [0]]);
	});

	it('by an unanswered item whose duplicate was confirmed meanwhile', async () => {
		const { run, emulator } = await open(1);
		emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-before-write' }]);
		const { confirmed, alreadyExists } = await run([record(1), record(1)], {
			...retry,
			...errorOutput,
			parameters: { options: { maxRetries: 0 } },
		});
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[1], [0]]);
		expect(agreementsOf(emulator)).toBe(1);
	});
});

it.each([
	['Stop Workflow', {}],
	['Stop Workflow and Retry On Fail', retry],
	['Continue', { onError: 'continueRegularOutput' as const }],
])('a cancelled run (%s) puts nobody on Confirmed who was not', async (_what, settings) => {
	const { run, emulator } = await open(30, { latency: 30 });
	const stop = new AbortController();
	const running = run(
		Array.from({ length: 30 }, (_, n) => record(n + 1)),
		{ ...settings, parameters: { options: { maxConcurrency: 2 } } },
		{ signal: stop.signal },
	);
	while (agreementsOf(emulator) < 5) await new Promise((next) => setImmediate(next));
	stop.abort();
	const { confirmed, result } = await running;
	expect(result.status).toBe('canceled');
	expect(result.outputs('Behind 0')).toEqual([]);
	const claimed = json(confirmed).filter(({ outcome }) => outcome === 'confirmed');
	expect(claimed.length).toBeLessThanOrEqual(agreementsOf(emulator));
	for (const { outcome, message } of json(confirmed)) {
		if (outcome !== 'confirmed') expect(message).toMatch(/Run the workflow again|is not known/);
	}
});

it('a busy token endpoint is waited for, and does not mean that the sign-in is over', async () => {
	const { run, emulator } = await open(2);
	emulator.expireAccessTokens();
	emulator.faults.script([
		{
			match: { method: 'POST', path: '/token' },
			what: { kind: 'status-429', retryAfterSeconds: 1 },
		},
	]);
	const { confirmed } = await run([record(1), record(2)], errorOutput);
	expect(confirmed).toHaveLength(2);
});

it('an invalid time zone of the workflow is named, and a bare date needs none', async () => {
	const { run } = await open(1);
	const items = [record(1, { dateAgreed: '2024-06-14T10:00:00' }), record(1)];
	const { confirmed, errors } = await run(items, errorOutput, { timeZone: 'Mars/Base' });
	expect(pairs(confirmed)).toEqual([1]);
	expect(json(errors)[0]?.error).toMatch(
		/'Date Agreed' needs the workflow's time zone, and "Mars\/Base"/,
	);
});

it('1,200 items of one customer do not hold up the others, and thousands of bad ones let others in', async () => {
	const { run, emulator } = await open(3);
	const repeated = Array.from({ length: 1_200 }, (_, n) =>
		record(1, n === 0 ? {} : { email: 'not an address' }),
	);
	let turns = 0;
	const timer = setInterval(() => (turns += 1), 1);
	const { confirmed, errors } = await run([...repeated, record(2), record(3)], errorOutput);
	clearInterval(timer);
	expect([pairs(confirmed), errors.length]).toEqual([[0, 1200, 1201], 1199]);
	expect(turns).toBeGreaterThan(5);
	expect(agreementsOf(emulator)).toBe(3);
});
