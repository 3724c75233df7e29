/** One customer, one lane: whoever names it, and in whichever execution of the process. */
import { open } from './place';
import { agreementsOf, customers, json, pairs, record, writes } from './workplace';

const errorOutput = { onError: 'continueErrorOutput' as const };
const unreplayed = { replaySameRequestId: false };

/** Customers given by ID where a record says so, else by domain. */
const byEither = {
	customerId: {
		__rl: true,
		mode: '={{ $json.domain ? "domain" : "id" }}',
		value: '={{ $json.domain ?? $json.customerId }}',
	},
};
const byDomain = (number: number, more: object = {}) =>
	record(number, { domain: `contoso${number}.onmicrosoft.com`, ...more });

describe('one customer by ID in one item, by domain in another', () => {
	it.each([
		['the ID first', [record(1), byDomain(1)]],
		['the domain first', [byDomain(1), record(1)]],
	])(
		'%s, and its first write is reset: one Confirmed, in input order',
		async (_what, records) => {
			for (let round = 0; round < 4; round += 1) {
				const { run, emulator } = await open({
					state: { customers: customers(1) },
					switches: unreplayed,
				});
				emulator.faults.script([
					{ match: { method: 'POST', path: '/agreements' }, what: 'reset-before-write' },
				]);
				const { confirmed, alreadyExists } = await run(records, {
					...errorOutput,
					parameters: byEither,
				});
				expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0], [1]]);
				expect(agreementsOf(emulator)).toBe(1);
			}
		},
		60_000,
	);

	it('with Max Concurrency 1, and in a long mixed list, everybody has a turn', async () => {
		const { run, emulator } = await open({ state: { customers: customers(5) }, latency: 2 });
		const records = Array.from({ length: 60 }, (_, n) =>
			n % 3 === 0 ? byDomain((n % 5) + 1) : record((n % 5) + 1),
		);
		for (const maxConcurrency of [1, 20]) {
			const { confirmed, alreadyExists, errors } = await run(records, {
				...errorOutput,
				parameters: { ...byEither, options: { maxConcurrency, includeExisting: false } },
			});
			expect(errors).toEqual([]);
			expect(confirmed.length + alreadyExists.length).toBe(60);
		}
		expect(agreementsOf(emulator)).toBe(5);
	}, 60_000);

	it('a domain that nobody has does not hold up the others', async () => {
		const { run } = await open({ state: { customers: customers(2) } });
		const records = [byDomain(9), record(1), byDomain(8), record(2)];
		const { confirmed, errors } = await run(records, { ...errorOutput, parameters: byEither });
		expect([pairs(confirmed), errors.length]).toEqual([[1, 3], 2]);
	});

	it('a failed item that stops the workflow leaves nobody waiting, and is the one that is named', async () => {
		const { run, emulator } = await open({ state: { customers: customers(3) }, latency: 20 });
		emulator.faults.script([
			{ match: { method: 'POST', path: '0000002/' }, times: 9, what: 'status-503' },
		]);
		const records = [record(2), byDomain(1), byDomain(1), record(1), record(3)];
		const { result } = await run(records, {
			parameters: { ...byEither, options: { maxRetries: 0 } },
		});
		expect(result.status).toBe('error');
		expect(JSON.stringify(result)).not.toMatch(/cancelled before this item was started/);
	});
});

describe('two executions for one deal', () => {
	it.each(['reset-before-write' as const, 'reset-after-write' as const, 'status-503' as const])(
		'one Confirmed and one Already Exists, also where a write is hit by %s',
		async (what) => {
			for (let round = 0; round < 4; round += 1) {
				const { run, emulator } = await open({
					state: { customers: customers(1) },
					switches: unreplayed,
					latency: 5,
				});
				emulator.faults.script([{ match: { method: 'POST', path: '/agreements' }, what }]);
				const both = await Promise.all([
					run([record(1)], errorOutput),
					run([record(1)], errorOutput),
				]);
				expect(both.flatMap(({ confirmed }) => json(confirmed))).toHaveLength(1);
				expect(both.flatMap(({ alreadyExists }) => json(alreadyExists))).toHaveLength(1);
				expect(agreementsOf(emulator)).toBe(1);
			}
		},
		60_000,
	);

	/** An execution whose write is never answered, under way; ended by the signal. */
	async function openWithHangingWrite() {
		const place = await open({ state: { customers: customers(2) } });
		place.emulator.faults.script([
			{ match: { method: 'POST', path: '0000001/' }, times: 9, what: 'hang' },
		]);
		const stop = new AbortController();
		let isDone = false;
		const first = place.run([record(1)], errorOutput, { signal: stop.signal }).then((outcome) => {
			isDone = true;
			return outcome;
		});
		while (writes(place.emulator).length === 0) await new Promise((next) => setImmediate(next));
		const end = async () => {
			stop.abort();
			await first;
		};
		return { ...place, isDone: () => isDone, end };
	}

	it('a cancelled one that waits leaves at once', async () => {
		const { run, emulator, isDone, end } = await openWithHangingWrite();
		const stop = new AbortController();
		const second = run([record(1, { firstName: 'Rec' })], errorOutput, { signal: stop.signal });
		await new Promise((resolve) => setTimeout(resolve, 200));
		stop.abort();
		expect((await second).result.status).toBe('canceled');
		expect([isDone(), writes(emulator).length]).toEqual([false, 1]);
		await end();
	}, 30_000);

	it('other customers are not waited for', async () => {
		const { run, isDone, end } = await openWithHangingWrite();
		const { confirmed } = await run([record(2)], errorOutput);
		expect([confirmed.length, isDone()]).toEqual([1, false]);
		await end();
	}, 30_000);
});

it('a service that tidies what it shows throws nobody into doubt', async () => {
	const { run, emulator } = await open({
		state: { customers: customers(2) },
		switches: { ...unreplayed, tidyContacts: true },
	});
	emulator.faults.script([
		{ match: { method: 'POST', path: '0000002/' }, what: 'reset-after-write' },
	]);
	const odd = {
		firstName: 'Ne\u0301a Lu',
		email: 'Tania.CARR@Contoso.example',
		phoneNumber: '+31 (30) 555-0171',
	};
	const { confirmed, errors } = await run([record(1, odd), record(2, odd)], errorOutput);
	expect(errors).toEqual([]);
	expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed' }, { reconciled: true }]);
	expect(json(confirmed)[0]).not.toHaveProperty('reconciled');
	expect(agreementsOf(emulator)).toBe(2);
});
