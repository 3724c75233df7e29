/** Latency and the rate limit, and a clean end. */
import { Agent } from 'node:http';
import { RateLimit } from '../../../dev/emulator/api/rateLimit';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { CONTOSO, emulatorForThisFile, json, plainClient } from './support/emulator';
import { documented } from './support/fixtures';
import { isLaterThan } from './support/isLaterThan';

describe('a rate limit of three a minute', () => {
	const harness = emulatorForThisFile({ rateLimit: 3 });
	afterEach(() => jest.restoreAllMocks());
	const ask = async () => await harness.call({ url: '/v1/agreements' });

	test('answers the fourth call with the documented 429', async () => {
		// However long the calls take: none of the bucket is filled meanwhile.
		const now = Date.now();
		jest.spyOn(Date, 'now').mockReturnValue(now);
		harness.emulator.reset();
		const statuses = [await ask(), await ask(), await ask()].map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 200]);
		const fourth = await ask();
		expect(fourth.status).toBe(429);
		expect(fourth.headers['retry-after']).toBe('20');
		const message = documented.rateLimited.message.replace('57', '20');
		expect(json(fourth)).toEqual({ ...documented.rateLimited, message });
	});

	test('does not count calls whose token is refused', async () => {
		for (let call = 0; call < 5; call++) {
			await harness.http.get<string>('/v1/agreements');
		}
		expect((await ask()).status).toBe(200);
	});

	test('refuses before anything is written', async () => {
		await Promise.all([ask(), ask(), ask()]);
		const refused = await harness.confirm(CONTOSO, documented.confirmRequest);
		expect(refused.status).toBe(429);
		expect(harness.emulator.state.customers[0]?.agreements).toEqual([]);
	});
});

test('the bucket refills with time, up to its size', () => {
	let now = 0;
	const limit = new RateLimit(60, () => now);
	for (let call = 0; call < 60; call++) expect(limit.take()).toBe(0);
	expect(limit.take()).toBe(1);
	now += 1000;
	expect(limit.take()).toBe(0);
	expect(limit.take()).toBe(1);
	now += 3_600_000;
	for (let call = 0; call < 60; call++) expect(limit.take()).toBe(0);
	expect(limit.take()).toBe(1);
});

describe('latency', () => {
	const harness = emulatorForThisFile({ latency: [60, 80] });

	test('delays the API and nothing else', async () => {
		await isLaterThan(50, harness.call({ url: '/v1/agreements' }));
		await harness.http.get<string>('/_emulator/state');
		expect(harness.emulator.requests[0]?.duration).toBeGreaterThanOrEqual(55);
	});
});

describe('load set while the emulator runs', () => {
	const harness = emulatorForThisFile();
	const statusOf = async () => (await harness.call({ url: '/v1/agreements' })).status;
	const set = async (load: object) =>
		await harness.http.put<string>('/_emulator/load', JSON.stringify(load));

	test('limits the rate from then on, until the emulator starts over', async () => {
		await set({ rateLimit: 60, rateBurst: 1 });
		expect([await statusOf(), await statusOf()]).toEqual([200, 429]);
		harness.emulator.reset();
		expect([await statusOf(), await statusOf()]).toEqual([200, 200]);
	});

	test('sets the latency', async () => {
		await set({ latency: 60 });
		await isLaterThan(50, statusOf());
	});

	test('that is no load is refused', async () => {
		expect((await set({ rateLimit: 0 })).status).toBe(400);
	});
});

describe('a customer of many', () => {
	const harness = emulatorForThisFile();

	test('is found after the list changed, and not once it is gone', async () => {
		const { customers } = harness.emulator.state;
		expect((await harness.agreements(CONTOSO)).status).toBe(200);
		customers.reverse();
		expect((await harness.agreements(CONTOSO)).status).toBe(200);
		customers.splice(
			customers.findIndex(({ id }) => id === CONTOSO),
			1,
		);
		expect((await harness.agreements(CONTOSO)).status).toBe(404);
	});
});

describe('an emulator that is closed', () => {
	test('refuses connections at once, even while a call hangs', async () => {
		const emulator = await startEmulator();
		const http = plainClient(emulator.baseUrl);
		emulator.faults.script([{ what: 'hang' }]);
		const hanging = http.get('/v1/agreements').catch((error: unknown) => error);
		while (emulator.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
		await emulator.close();
		await hanging;
		// A pooled connection would be reset; a new one is refused.
		const httpAgent = new Agent();
		await expect(http.get('/v1/agreements', { httpAgent })).rejects.toMatchObject({
			code: 'ECONNREFUSED',
		});
	});

	test('does not disturb another one', async () => {
		const [first, second] = await Promise.all([startEmulator(), startEmulator()]);
		await first.close();
		const answer = await plainClient(second.baseUrl).get('/v1/agreements');
		expect(answer.status).toBe(401);
		await second.close();
	});
});
