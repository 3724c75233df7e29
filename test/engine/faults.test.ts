/** The node under single faults: retries, reconciliation, Check First, Dry Run, rate limits. */
import { open, place } from './place';
import { agreementsOf, customerId, customers, json, pairs, record, writes } from './workplace';

const requestIds = () => writes(place.emulator).map(({ headers }) => headers['ms-requestid']);
const errorOutput = { onError: 'continueErrorOutput' as const };

describe('a fault that passes', () => {
	it.each([
		'reset-before-write' as const,
		'status-500' as const,
		'html-502' as const,
		'status-503' as const,
		'status-429' as const,
		'expired-401' as const,
		'bom' as const,
	])('%s: confirmed after all, with one MS-RequestId', async (what) => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		emulator.faults.script([{ match: { method: 'POST' }, what }]);
		const { confirmed } = await run([record(1)], errorOutput);
		expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed' }]);
		expect(json(confirmed)[0]).not.toHaveProperty('reconciled');
		expect(new Set(requestIds()).size).toBe(1);
		expect(agreementsOf(emulator)).toBe(1);
	});

	it.each([
		['reset-after-write', { kind: 'reset-after-write' as const }],
		['a 500 after the write', { kind: 'status-500' as const, afterWrite: true }],
		['a gateway’s page after the write', { kind: 'html-502' as const, afterWrite: true }],
		['a cut-off answer', { kind: 'truncated-json' as const }],
	])('%s: reconciled where the service does not replay', async (_what, what) => {
		const { run, emulator } = await open({
			state: { customers: customers(1) },
			switches: { replaySameRequestId: false },
		});
		emulator.faults.script([{ match: { method: 'POST' }, what }]);
		const { confirmed, alreadyExists } = await run([record(1), record(1)], errorOutput);
		expect(json(confirmed)).toMatchObject([
			{ outcome: 'confirmed', reconciled: true, customerId: customerId(1) },
		]);
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0], [1]]);
		expect(agreementsOf(emulator)).toBe(1);
	});

	it('a repeated item whose own try was cut is still on Already Exists', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const running = run([record(1), record(1)], {
			...errorOutput,
			parameters: { options: { maxConcurrency: 1, includeExisting: false } },
		});
		while (agreementsOf(emulator) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-before-write' }]);
		const { confirmed, alreadyExists } = await running;
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0], [1]]);
	});

	it('when the agreements can’t be read either, the item says that nobody knows', async () => {
		const { run, emulator } = await open({
			state: { customers: customers(1) },
			switches: { replaySameRequestId: false },
		});
		emulator.faults.script([
			{ match: { method: 'POST' }, what: 'reset-after-write' },
			{ match: { method: 'GET', path: '/customers/' }, times: 9, what: 'status-500' },
		]);
		const { confirmed, alreadyExists, errors } = await run([record(1)], {
			...errorOutput,
			parameters: { options: { maxRetries: 1 } },
		});
		expect([confirmed, alreadyExists]).toEqual([[], []]);
		expect(json(errors)).toMatchObject([
			{
				error: expect.stringMatching(/exists, but whether this item recorded it is not known/),
				message: expect.stringMatching(/Compare contact, template and date/),
			},
		]);
	});

	it('that stays is given up after Max Retries, in words', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		emulator.faults.script([{ match: { method: 'POST' }, times: 9, what: 'status-503' }]);
		const { errors } = await run([record(1)], {
			...errorOutput,
			parameters: { options: { maxRetries: 2 } },
		});
		expect(json(errors)[0]?.error).toBe(
			'Partner Center could not process the request, also after 2 retries [Item 0]',
		);
		expect(writes(emulator)).toHaveLength(3);
	});
});

describe('Check First', () => {
	const checkFirst = { parameters: { options: { checkFirst: true } } };

	it('sends an identical agreement to Already Exists without a write, and confirms others', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		await run([record(1)]);
		const before = writes(emulator).length;
		const { confirmed, alreadyExists } = await run(
			[record(1), record(1, { firstName: 'tania' }), record(2)],
			checkFirst,
		);
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[1, 2], [0]]);
		expect(writes(emulator).length - before).toBe(2);
		expect(json(alreadyExists)).toMatchObject([
			{
				outcome: 'alreadyExists',
				code: null,
				message: expect.stringContaining('nothing was sent'),
				existingAgreement: { primaryContact: { firstName: 'Tania' } },
			},
		]);
	});

	it.each(['emptyList' as const, '600009' as const])(
		'a customer without agreements (%s) is confirmed',
		async (noAgreements) => {
			const { run } = await open({
				state: { customers: customers(1) },
				switches: { noAgreements },
			});
			expect((await run([record(1)], checkFirst)).confirmed).toHaveLength(1);
		},
	);

	it('writes nothing when the agreements can’t be read', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const { errors } = await run([record(7)], { ...checkFirst, ...errorOutput });
		expect(errors).toHaveLength(1);
		expect(writes(emulator)).toEqual([]);
	});
});

describe('Dry Run', () => {
	it('writes nothing, and says which branch each item would take', async () => {
		const { run, emulator } = await open({ state: { customers: customers(3) } });
		await run([record(1)]);
		const before = writes(emulator).length;
		const { confirmed, alreadyExists, errors, result } = await run(
			[record(1), record(2), record(2), record(3, { email: 'x' })],
			{ ...errorOutput, parameters: { options: { dryRun: true } } },
		);
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[1], [0, 2]]);
		expect(errors).toHaveLength(1);
		expect(json(confirmed)).toMatchObject([{ outcome: 'wouldConfirm', dryRun: true }]);
		expect(json(alreadyExists)).toMatchObject([
			{ outcome: 'wouldAlreadyExist', dryRun: true },
			{
				outcome: 'wouldAlreadyExist',
				dryRun: true,
				message: expect.stringContaining('earlier item'),
			},
		]);
		expect(writes(emulator)).toHaveLength(before);
		expect(result.hints('Confirm')[0]?.message).toBe(
			'Customer agreements: 1 failed, dry run: 1 would be confirmed, 2 already there.',
		);
	});

	it('for some items only: the others are confirmed for real', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		const { confirmed, result } = await run([record(1, { dry: true }), record(1, { dry: false })], {
			parameters: { options: { dryRun: '={{ $json.dry }}', checkFirst: true } },
		});
		expect(json(confirmed).map(({ dryRun = false }) => dryRun)).toEqual([true, false]);
		expect(agreementsOf(emulator)).toBe(1);
		expect(result.hints('Confirm')[0]?.message).toMatch(
			/^Customer agreements: 1 confirmed, 0 already there, 0 failed, dry run: 1 would be confirmed/,
		);
	});
});

describe('a rate limit', () => {
	it('slows everybody: nobody sends before Retry-After has passed', async () => {
		const { run, emulator } = await open({ state: { customers: customers(12) }, latency: 5 });
		emulator.faults.script([
			{ match: { method: 'POST' }, what: { kind: 'status-429', retryAfterSeconds: 2 } },
		]);
		const { confirmed, result } = await run(
			Array.from({ length: 12 }, (_, n) => record(n + 1)),
			errorOutput,
		);
		expect(confirmed).toHaveLength(12);
		const refused = writes(emulator).find(({ status }) => status === 429);
		const told = Date.parse(refused?.time ?? '') + (refused?.duration ?? 0);
		const during = writes(emulator).filter(
			({ time }) => Date.parse(time) > told && Date.parse(time) < told + 1_980,
		);
		// Four are sent at a time at first: three may have been on their way.
		expect(during.length).toBeLessThanOrEqual(3);
		expect(result.hints('Confirm')[0]?.message).toMatch(/waited 2 seconds for the rate limit/);
	});

	it('that asks for more than five minutes is an error that says so, for every item', async () => {
		const { run, emulator } = await open({ state: { customers: customers(8) } });
		emulator.faults.script([
			{ match: { method: 'POST' }, what: { kind: 'status-429', retryAfterSeconds: 900 } },
		]);
		const { errors } = await run(
			Array.from({ length: 8 }, (_, n) => record(n + 1)),
			{ ...errorOutput, parameters: { options: { maxConcurrency: 1 } } },
		);
		expect(json(errors).map(({ error }) => error)).toEqual(
			Array.from({ length: 8 }, (_, n) =>
				expect.stringMatching(
					new RegExp(
						`^Partner Center asks to wait 15 minutes; a run waits 5 minutes at most \\[Item ${n}\\]`,
					),
				),
			),
		);
	});
});

it('waiting for a rate limit ends at once when the execution is cancelled', async () => {
	const { run, emulator } = await open({ state: { customers: customers(5) } });
	emulator.faults.script([
		{ match: { method: 'POST' }, what: { kind: 'status-429', retryAfterSeconds: 120 } },
	]);
	const stop = new AbortController();
	const running = run(
		Array.from({ length: 5 }, (_, n) => record(n + 1)),
		{ ...errorOutput, parameters: { options: { maxConcurrency: 1 } } },
		{ signal: stop.signal },
	);
	while (writes(emulator).length === 0) await new Promise((next) => setTimeout(next, 5));
	await new Promise((next) => setTimeout(next, 100));
	stop.abort();
	// It would go on for two minutes, twice as long as a test may take.
	const { result } = await running;
	expect(result.status).toBe('canceled');
	expect(writes(emulator)).toHaveLength(1);
});

it('rides a limit that it runs into again and again: everybody is confirmed, once', async () => {
	const count = 300;
	const { run, emulator } = await open({
		state: { customers: customers(count) },
		latency: [10, 30],
		rateLimit: 6_000,
		rateBurst: 50,
	});
	const { confirmed } = await run(
		Array.from({ length: count }, (_, n) => record(n + 1)),
		errorOutput,
	);
	expect(json(confirmed).map((one) => one.customerId)).toEqual(
		Array.from({ length: count }, (_, n) => customerId(n + 1)),
	);
	expect(writes(emulator).filter(({ status }) => status === 201)).toHaveLength(count);
	expect(agreementsOf(emulator)).toBe(count);
});
