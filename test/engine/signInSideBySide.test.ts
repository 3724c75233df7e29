/** One token for all executions of a process: its renewal is owned by none of them. */
import type { IDataObject } from 'n8n-workflow';

import { open } from './place';
import {
	agreementsOf,
	APP_CREDENTIAL,
	customerId,
	customers,
	json,
	record,
	writes,
} from './workplace';

jest.setTimeout(60_000);

const errorOutput = { onError: 'continueErrorOutput' as const };
const soon = async () => await new Promise((next) => setTimeout(next, 5));

const silentTokenEndpoint = (times = 99) => ({
	match: { method: 'POST', path: '/oauth2/' },
	times,
	what: { kind: 'hang' as const },
});

it('one who began a renewal and is cancelled fails nobody else', async () => {
	const { run, emulator } = await open({ state: { customers: customers(4) } });
	emulator.expireAccessTokens();
	emulator.faults.script([
		{ match: { method: 'POST', path: '/oauth2/' }, what: { kind: 'hang', ms: 1500 } },
	]);
	const stop = new AbortController();
	const began = run([record(1)], errorOutput, { signal: stop.signal });
	while (emulator.faults.applied.length === 0) await soon();
	const waits = run([record(2), record(3), record(4)], errorOutput);
	setTimeout(() => stop.abort(), 300);
	expect((await began).result.status).toBe('canceled');
	expect((await waits).confirmed).toHaveLength(3);
	expect(emulator.tokenRequests).toHaveLength(1);
});

it('a refused renewal that another process has just made is looked for, whoever is cancelled', async () => {
	const { run, emulator, credentials } = await open({ state: { customers: customers(4) } });
	const other = { ...(await emulator.issueTokens({ kind: 'user' })) };
	emulator.expireAccessTokens();
	emulator.revokeRefreshTokens();
	const fresh = { ...(await emulator.issueTokens({ kind: 'user' })) };
	credentials.data('1').oauthTokenData = other;
	const stop = new AbortController();
	const began = run([record(1)], errorOutput, { signal: stop.signal });
	while (emulator.tokenRequests.length === 0) await soon();
	const waits = run([record(2), record(3), record(4)], errorOutput);
	stop.abort();
	setTimeout(() => (credentials.data('1').oauthTokenData = fresh), 400);
	await began;
	const { confirmed, errors } = await waits;
	expect([json(errors), confirmed.length]).toEqual([[], 3]);
});

describe('a stored token that says when it expires', () => {
	const expiring = (tokens: object, inMs: number): IDataObject => ({
		...tokens,
		n8n_expires_at: String(Date.now() + inMs),
	});

	it('is renewed before it is refused, once for all', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(6) } });
		const data = credentials.data('1');
		data.oauthTokenData = expiring(data.oauthTokenData as object, 20_000) as never;
		const outcomes = await Promise.all(
			[1, 2, 3, 4, 5, 6].map((n) => run([record(n)], errorOutput)),
		);
		expect(outcomes.map(({ confirmed }) => confirmed.length)).toEqual([1, 1, 1, 1, 1, 1]);
		expect(emulator.tokenRequests).toHaveLength(1);
		expect(emulator.requests.filter(({ status }) => status === 401)).toEqual([]);
	});

	it('is used while it is good, where it can’t be renewed', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(1) } });
		const data = credentials.data('1');
		data.oauthTokenData = expiring(data.oauthTokenData as object, 20_000) as never;
		emulator.revokeRefreshTokens();
		expect((await run([record(1)], errorOutput)).confirmed).toHaveLength(1);
	});
});

it.each(['pop', 'Bearer ', 'BEARER', 'bearer', 'mac', ''])(
	'a token of type %j is in the Authorization header and nowhere else',
	async (tokenType) => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(2) } });
		const data = credentials.data('1');
		const tokens = data.oauthTokenData as unknown as { access_token: string };
		data.oauthTokenData = { ...tokens, token_type: tokenType } as never;
		expect((await run([record(1)], errorOutput)).confirmed).toHaveLength(1);
		emulator.expireAccessTokens();
		expect((await run([record(2)], errorOutput)).confirmed).toHaveLength(1);
		// That no token is anywhere else, `place` asserts after every test.
		expect(emulator.requests.length).toBeGreaterThan(3);
		expect(agreementsOf(emulator)).toBe(2);
	},
);

// Last: n8n 2.x remembers a renewal that hangs by the credential's ID, over all of these tests.
describe('a token endpoint that never answers', () => {
	it('is waited for no longer than Timeout, in words', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		emulator.expireAccessTokens();
		emulator.faults.script([silentTokenEndpoint()]);
		const settings = {
			...errorOutput,
			parameters: { options: { timeout: 1000, maxRetries: 0 } },
		};
		const [one, two] = await Promise.all([run([record(1)], settings), run([record(2)], settings)]);
		for (const { errors } of [one, two]) {
			expect(json(errors)[0]).toMatchObject({
				error: 'Microsoft Entra did not answer within 1 second [Item 0]',
				message: expect.stringMatching(/^Nothing was changed/),
			});
		}
		expect(writes(emulator).filter(({ status }) => status === 201)).toEqual([]);
	});

	it('or answers a byte now and then, is waited for no longer than Timeout either', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		emulator.expireAccessTokens();
		const dripping = { kind: 'slow-body' as const, ms: 50_000 };
		emulator.faults.script([{ ...silentTokenEndpoint(), what: dripping }]);
		const { errors } = await run([record(1)], {
			...errorOutput,
			parameters: { options: { timeout: 1000, maxRetries: 0 } },
		});
		expect(json(errors)[0]?.error).toBe('Microsoft Entra did not answer within 1 second [Item 0]');
		expect(emulator.faults.applied.map(({ kind }) => kind)).toEqual(['slow-body']);
	});

	it('does not keep an app that signs in alone either', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		emulator.faults.script([silentTokenEndpoint()]);
		const { outputs } = await run([record(1)], {
			...errorOutput,
			credentials: APP_CREDENTIAL,
			parameters: {
				resource: 'customer',
				operation: 'get',
				authentication: 'appOnly',
				customerId: { __rl: true, mode: 'id', value: customerId(1) },
				options: { timeout: 1000, maxRetries: 0 },
			},
		});
		expect(json(outputs[1])[0]?.error).toBe(
			'Microsoft Entra did not answer within 1 second [Item 0]',
		);
	});

	it('does not keep a cancelled execution', async () => {
		const { run, emulator } = await open({ state: { customers: customers(1) } });
		emulator.expireAccessTokens();
		emulator.faults.script([silentTokenEndpoint()]);
		const stop = new AbortController();
		const running = run([record(1)], errorOutput, { signal: stop.signal });
		while (emulator.faults.applied.length === 0) await soon();
		stop.abort();
		expect((await running).result.status).toBe('canceled');
	});

	it('holds up nobody once the credential was connected anew', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(6) } });
		emulator.expireAccessTokens();
		emulator.faults.script([silentTokenEndpoint()]);
		const stop = new AbortController();
		const stuck = [1, 2, 3, 4].map((n) => run([record(n)], errorOutput, { signal: stop.signal }));
		while (emulator.faults.applied.length === 0) await soon();
		credentials.data('1').oauthTokenData = { ...(await emulator.issueTokens({ kind: 'user' })) };
		const { confirmed } = await run([record(5), record(6)], errorOutput);
		expect(confirmed).toHaveLength(2);
		stop.abort();
		await Promise.all(stuck);
	});
});
