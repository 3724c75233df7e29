import { open } from './place';
import { agreementsOf, customers, json, record, writes } from './workplace';

const records = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1));
const errorOutput = { onError: 'continueErrorOutput' as const };

describe('the token', () => {
	it('expired at the start: renewed once, however many requests are under way', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(20) } });
		const stored = credentials.data('1').oauthTokenData as unknown as { refresh_token: string };
		const before = stored.refresh_token;
		emulator.expireAccessTokens();
		const { confirmed } = await run(records(20), errorOutput);
		expect(confirmed).toHaveLength(20);
		expect(emulator.tokenRequests.map(({ grantType, status }) => [grantType, status])).toEqual([
			['refresh_token', 200],
		]);
		expect(credentials.tokenWrites).toHaveLength(1);
		const after = credentials.data('1').oauthTokenData as unknown as { refresh_token: string };
		expect(after.refresh_token).not.toBe(before);
	});

	it('expiring in the middle: nobody fails, nobody is confirmed twice', async () => {
		const { run, emulator } = await open({ state: { customers: customers(30) }, latency: 10 });
		const running = run(records(30), errorOutput);
		while (agreementsOf(emulator) < 12) await new Promise((resolve) => setTimeout(resolve, 2));
		emulator.expireAccessTokens();
		const { confirmed, errors } = await running;
		expect(errors).toEqual([]);
		expect(confirmed).toHaveLength(30);
		expect(agreementsOf(emulator)).toBe(30);
		expect(emulator.tokenRequests).toHaveLength(1);
	});

	it('expiring twice: renewed twice, each time with the refresh token of the time before', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		emulator.expireAccessTokens();
		await run([record(1)]);
		emulator.expireAccessTokens();
		const { confirmed } = await run([record(2)]);
		expect(confirmed).toHaveLength(1);
		expect(emulator.tokenRequests.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('renewed by another process meanwhile: taken from the stored credential, with no token request', async () => {
		const { run, emulator, credentials } = await open({
			state: { customers: customers(6) },
			latency: 20,
		});
		const running = run(records(6), {
			...errorOutput,
			parameters: { options: { maxConcurrency: 1 } },
		});
		while (agreementsOf(emulator) < 2) await new Promise((resolve) => setTimeout(resolve, 1));
		emulator.expireAccessTokens();
		credentials.data('1').oauthTokenData = { ...(await emulator.issueTokens({ kind: 'user' })) };
		const { confirmed } = await running;
		expect(confirmed).toHaveLength(6);
		expect(emulator.tokenRequests).toEqual([]);
	});

	it('renewed by another process in the very moment: one refused renewal, then the stored token', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(1) } });
		const other = { ...(await emulator.issueTokens({ kind: 'user' })) };
		emulator.expireAccessTokens();
		emulator.revokeRefreshTokens();
		const fresh = { ...(await emulator.issueTokens({ kind: 'user' })) };
		credentials.data('1').oauthTokenData = other;
		const running = run([record(1)], errorOutput);
		while (emulator.tokenRequests.length === 0)
			await new Promise((resolve) => setImmediate(resolve));
		credentials.data('1').oauthTokenData = fresh;
		const { confirmed } = await running;
		expect(confirmed).toHaveLength(1);
		expect(emulator.tokenRequests.map(({ status }) => status)).toEqual([400]);
	});

	it('renewed by another process that takes its time to store it: waited for', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(5) } });
		const other = { ...(await emulator.issueTokens({ kind: 'user' })) };
		emulator.expireAccessTokens();
		emulator.revokeRefreshTokens();
		const fresh = { ...(await emulator.issueTokens({ kind: 'user' })) };
		credentials.data('1').oauthTokenData = other;
		const running = run(records(5), errorOutput);
		while (emulator.tokenRequests[0]?.status !== 400)
			await new Promise((resolve) => setImmediate(resolve));
		await new Promise((resolve) => setTimeout(resolve, 400));
		credentials.data('1').oauthTokenData = fresh;
		const { confirmed } = await running;
		expect(confirmed).toHaveLength(5);
		expect(emulator.tokenRequests).toHaveLength(1);
	});

	it('is read and decrypted once an execution, and again only after a renewal', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(60) } });
		await run(records(50), errorOutput);
		expect(credentials.decryptions).toBe(1);
		emulator.expireAccessTokens();
		const before = credentials.decryptions;
		await run(records(60), errorOutput);
		// Read, looked at before the renewal, read for it by n8n (twice on 2.x), and read anew.
		expect(credentials.decryptions - before).toBeLessThanOrEqual(5);
		expect(emulator.tokenRequests).toHaveLength(1);
	});

	it('revoked: one explained error for each item, with one token request', async () => {
		const { run, emulator } = await open({ state: { customers: customers(5) } });
		emulator.expireAccessTokens();
		emulator.revokeRefreshTokens();
		const { confirmed, errors } = await run(records(5), errorOutput);
		expect(confirmed).toEqual([]);
		expect(emulator.tokenRequests).toHaveLength(1);
		for (const { error, message } of json(errors)) {
			expect(error).toMatch(/^The sign-in (was revoked|to Microsoft could not be renewed)/);
			expect(message).toMatch(/reconnect/);
		}
	});

	it('made without MFA: says so, and how to get one with it', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(1) } });
		credentials.data('1').oauthTokenData = {
			...(await emulator.issueTokens({ kind: 'user', mfa: false })),
		};
		const { errors } = await run([record(1)], errorOutput);
		expect(json(errors)).toMatchObject([
			{
				error: 'Partner Center requires a sign-in with multi-factor authentication [Item 0]',
				message: expect.stringMatching(/reconnect.*HTTP 401, code 900421/),
			},
		]);
		expect(writes(emulator)).toEqual([]);
	});

	it('for another audience, and App-only: each explained', async () => {
		const { run, emulator, credentials } = await open({ state: { customers: customers(1) } });
		const store = credentials.data('1');
		store.oauthTokenData = {
			...(await emulator.issueTokens({ kind: 'app' })),
		};
		const appOnly = await run([record(1)], errorOutput);
		expect(json(appOnly.errors)[0]?.error).toMatch(/no App-only token/);
		store.oauthTokenData = {
			...(await emulator.issueTokens({ kind: 'user', audience: 'https://graph.windows.net' })),
			refresh_token: 'none',
		};
		const graph = await run([record(1)], errorOutput);
		expect(json(graph.errors)[0]?.error).toMatch(/retired directory API|could not be renewed/);
		expect(writes(emulator)).toEqual([]);
	});
});

it('nothing secret is in items, errors, hints or what is stored of the execution', async () => {
	const { run, emulator, credentials } = await open({ state: { customers: customers(3) } });
	emulator.expireAccessTokens();
	const { oauthTokenData, clientSecret } = credentials.data('1') as unknown as {
		oauthTokenData: { access_token: string; refresh_token: string };
		clientSecret: string;
	};
	const secrets = [oauthTokenData.access_token, oauthTokenData.refresh_token, clientSecret];
	const runs = [
		await run([record(1), record(1), record(99), record(2, { email: 'x' })], errorOutput),
		await run([record(99)]),
		await run([record(99)], { onError: 'continueRegularOutput' }),
	];
	const renewed = credentials.data('1').oauthTokenData as unknown as typeof oauthTokenData;
	secrets.push(renewed.access_token, renewed.refresh_token);
	await emulator.close();
	runs.push(await run([record(3)], { parameters: { options: { maxRetries: 0 } } }));
	const seen = runs
		.map(({ result }) => JSON.stringify([result.full, result.error, result.error?.cause ?? null]))
		.join();
	for (const secret of secrets) {
		expect(secret.length).toBeGreaterThan(20);
		expect(seen).not.toContain(secret);
	}
	expect(seen).not.toMatch(/Bearer\s+[\w-]+\./);
});
