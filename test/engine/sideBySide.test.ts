/**
 * Executions side by side in one process, as a CRM trigger starts them: one item each, with the
 * same credential. What one learns, all know; what happens to one happens to nobody else.
 */
import { open } from './place';
import {
	agreementsOf,
	customers,
	json,
	record,
	writes,
	type NodeSettings,
	type Outcome,
	type Workplace,
} from './workplace';

const errorOutput = { onError: 'continueErrorOutput' as const };

/** Executions of one item each, so many at a time. */
async function deals(
	{ run }: Workplace,
	count: number,
	atATime: number,
	settings: NodeSettings = errorOutput,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	let next = 0;
	const worker = async () => {
		while (next < count) outcomes.push(await run([record(++next)], settings));
	};
	await Promise.all(Array.from({ length: atATime }, worker));
	return outcomes;
}

const sum = (outcomes: Outcome[], of: (outcome: Outcome) => unknown[]) =>
	outcomes.reduce((total, outcome) => total + of(outcome).length, 0);

it('one request a confirmation: the template is known to all', async () => {
	const place = await open({ state: { customers: customers(80) }, latency: 10 });
	const outcomes = await deals(place, 80, 20);
	expect(sum(outcomes, ({ confirmed }) => confirmed)).toBe(80);
	expect(place.emulator.requests.length).toBeLessThanOrEqual(1.05 * 80);
});

it('a rate limit fails nobody, and few are refused', async () => {
	const count = 140;
	const { emulator, ...place } = await open({
		state: { customers: customers(count) },
		latency: 50,
		rateLimit: 1200,
		rateBurst: 20,
	});
	const outcomes = await deals({ emulator, ...place }, count, 40, {
		...errorOutput,
		parameters: { options: { maxRetries: 0 } },
	});
	expect(sum(outcomes, ({ errors }) => errors)).toBe(0);
	expect(sum(outcomes, ({ confirmed }) => confirmed)).toBe(count);
	expect(agreementsOf(emulator)).toBe(count);
	const refused = emulator.requests.filter(({ status }) => status === 429).length;
	expect(emulator.requests.length - refused).toBeLessThanOrEqual(1.05 * count);
	// As many as were in flight when the first was refused, and a few more.
	expect(refused).toBeLessThan(count / 2);
});

it('an outage while the template is looked up fails those who waited for it, not the others', async () => {
	const { run, emulator } = await open({ state: { customers: customers(60) } });
	emulator.faults.script([
		{ match: { method: 'GET', path: '/v1/agreements' }, times: 2, what: 'status-503' },
	]);
	const { confirmed, errors } = await run(
		Array.from({ length: 60 }, (_, n) => record(n + 1)),
		{ ...errorOutput, parameters: { options: { maxRetries: 1, maxConcurrency: 10 } } },
	);
	expect(confirmed.length).toBeGreaterThanOrEqual(50);
	expect(confirmed.length + errors.length).toBe(60);
	expect(agreementsOf(emulator)).toBe(confirmed.length);
	expect(
		emulator.requests.filter(
			({ path, status }) => path.startsWith('/v1/agreements') && status === 503,
		),
	).toHaveLength(2);
});

it('one that outlasts an outage confirms although another gave up', async () => {
	const place = await open({ state: { customers: customers(2) } });
	place.emulator.faults.script([
		{ match: { method: 'GET', path: '/v1/agreements' }, times: 2, what: 'status-503' },
	]);
	const [hasty, patient] = await Promise.all([
		place.run([record(1)], { ...errorOutput, parameters: { options: { maxRetries: 0 } } }),
		place.run([record(2)], errorOutput),
	]);
	expect([json(hasty.errors).length, json(patient.confirmed).length]).toEqual([1, 1]);
});

it('one that is cancelled while it waits leaves the others alone', async () => {
	const { run, emulator } = await open({ state: { customers: customers(9) } });
	await run([record(9)]);
	emulator.faults.script([
		{ match: { method: 'POST' }, what: { kind: 'status-429', retryAfterSeconds: 5 } },
	]);
	const refused = run([record(1)], errorOutput);
	while (writes(emulator).length < 2) await new Promise((next) => setTimeout(next, 5));
	// The answer is on its way.
	await new Promise((next) => setTimeout(next, 500));
	const stop = new AbortController();
	const cancelled = run([record(2), record(3)], errorOutput, { signal: stop.signal });
	const waiting = run([record(4), record(5)], errorOutput);
	setTimeout(() => stop.abort(), 200);
	expect((await cancelled).result.status).toBe('canceled');
	// The pause is not over yet.
	expect(writes(emulator)).toHaveLength(2);
	expect((await refused).confirmed).toHaveLength(1);
	expect((await waiting).confirmed).toHaveLength(2);
	expect(agreementsOf(emulator)).toBe(4);
});

it('one who asks for the template and is cancelled leaves it to the next', async () => {
	const { run, emulator } = await open({ state: { customers: customers(4) } });
	emulator.faults.script([
		{ match: { method: 'GET', path: '/v1/agreements' }, what: { kind: 'hang' } },
	]);
	const stop = new AbortController();
	const asking = run([record(1)], errorOutput, { signal: stop.signal });
	while (emulator.faults.applied.length === 0) await new Promise((next) => setTimeout(next, 5));
	const waiting = [run([record(2)], errorOutput), run([record(3)], errorOutput)];
	setTimeout(() => stop.abort(), 200);
	await asking;
	for (const one of await Promise.all(waiting)) expect(one.confirmed).toHaveLength(1);
});

it('a credential that points elsewhere shares nothing', async () => {
	const first = await open({ state: { customers: customers(1) } });
	await first.run([record(1)]);
	first.emulator.faults.script([
		{ match: { method: 'POST' }, what: { kind: 'status-429', retryAfterSeconds: 900 } },
	]);
	await first.run([record(1)], errorOutput);
	const second = await open({
		state: {
			customers: customers(1),
			templates: [
				{
					templateId: '5d2d4e0e-3a24-4f0e-8f3c-0f2d3f2a7a11',
					agreementType: 'MicrosoftCustomerAgreement',
					agreementLink: 'https://aka.ms/customeragreement',
					versionRank: 0,
				},
			],
		},
	});
	const { confirmed } = await second.run([record(1)], errorOutput);
	expect(json(confirmed)).toMatchObject([{ templateId: '5d2d4e0e-3a24-4f0e-8f3c-0f2d3f2a7a11' }]);
});
