/** Refreshing, signing in as the app alone, and Entra's refusals. */
import { decodeJwt } from 'jose';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { connect, requestToken, SCOPE, tokensOf, V1, V2 } from './support/signIn';

const harness = emulatorForThisFile({ accessTokenLifetime: 1800 });
const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
const refresh = async (refresh_token: string, values: Record<string, string> = {}) =>
	await requestToken(harness, { grant_type: 'refresh_token', refresh_token, ...values });
const asApp = async (values: Record<string, string> = {}, path = V2) =>
	await requestToken(
		harness,
		{ grant_type: 'client_credentials', scope: `${PARTNER_CENTER}/.default`, ...values },
		path,
	);
const statusOnApi = async (token: string) =>
	(
		await harness.http.get<string>(`/v1/customers/${CONTOSO}`, {
			headers: { Authorization: `Bearer ${token}` },
		})
	).status;

describe('refreshing', () => {
	test('gives a new access token and a new refresh token', async () => {
		const first = await connect(harness);
		const second = tokensOf(await refresh(first.refresh_token, { scope: SCOPE }));
		expect(second['refresh_token']).not.toBe(first.refresh_token);
		expect(second.access_token).not.toBe(first.access_token);
		expect(second['expires_in']).toBe(1800);
		expect(await statusOnApi(second.access_token)).toBe(200);
	});

	test('works without repeating the scope', async () => {
		const first = await connect(harness);
		const second = tokensOf(await refresh(first.refresh_token));
		expect(decodeJwt(second.access_token)['aud']).toBe(PARTNER_CENTER);
		expect(second).toHaveProperty('refresh_token');
	});

	test('never adds MFA to a sign-in that had none', async () => {
		const first = await connect(harness, { mfa: 'no' });
		const second = tokensOf(await refresh(first.refresh_token));
		expect(decodeJwt(second.access_token)['amr']).toEqual(['pwd']);
	});

	test('still works after the access tokens expired', async () => {
		const first = await connect(harness);
		harness.emulator.expireAccessTokens();
		expect(await statusOnApi(first.access_token)).toBe(401);
		const second = tokensOf(await refresh(first.refresh_token));
		expect(await statusOnApi(second.access_token)).toBe(200);
	});

	test('D13: with a used token works on, unless the switch says otherwise', async () => {
		const { refresh_token } = await connect(harness);
		await refresh(refresh_token);
		expect((await refresh(refresh_token)).status).toBe(200);
		harness.emulator.switches.refuseReusedRefreshToken = true;
		const again = await refresh(refresh_token);
		expect(again.status).toBe(400);
		expect(json(again)).toMatchObject({
			error: 'invalid_grant',
			error_codes: [70008],
			suberror: 'bad_token',
		});
	});

	test('D14: with a revoked token is refused', async () => {
		const { refresh_token } = await connect(harness);
		harness.emulator.revokeRefreshTokens();
		expect(json(await refresh(refresh_token))).toMatchObject({
			error_codes: [50173],
			suberror: 'bad_token',
		});
	});

	test('D14: with a token that nobody used for 90 days is refused; a new one is not', async () => {
		const { refresh_token } = await connect(harness);
		harness.emulator.lapseRefreshTokens();
		expect(json(await refresh(refresh_token))).toMatchObject({
			error_codes: [700082],
			suberror: 'bad_token',
		});
		expect((await refresh((await connect(harness)).refresh_token)).status).toBe(200);
	});

	test('with a token Entra never issued is refused', async () => {
		expect(json(await refresh('1.unknown'))).toMatchObject({ error_codes: [9002313] });
	});

	test('works with the tokens a test was given', async () => {
		const { refresh_token } = await harness.emulator.issueTokens({ kind: 'user' });
		expect((await refresh(refresh_token ?? '')).status).toBe(200);
	});

	test('for Graph gives a token that Partner Center refuses', async () => {
		const { refresh_token } = await connect(harness);
		const scope = 'https://graph.microsoft.com/.default';
		const { access_token } = tokensOf(await refresh(refresh_token, { scope }));
		expect(decodeJwt(access_token)['aud']).toBe('https://graph.windows.net');
		const answer = await harness.http.get<string>(`/v1/customers/${CONTOSO}`, {
			headers: { Authorization: `Bearer ${access_token}` },
		});
		expect(json(answer)).toMatchObject({ code: 900420 });
	});
});

describe('the app alone', () => {
	test('gets an app-only token and nothing to refresh', async () => {
		const tokens = tokensOf(await asApp());
		expect(tokens).not.toHaveProperty('refresh_token');
		const claims = decodeJwt(tokens.access_token);
		expect(claims).toMatchObject({ idtyp: 'app', aud: PARTNER_CENTER, tid: EMULATOR_TENANT_ID });
		expect(claims).not.toHaveProperty('amr');
		expect(claims).not.toHaveProperty('upn');
	});

	test('must ask for .default', async () => {
		const answer = await asApp({ scope: `${PARTNER_CENTER}/user_impersonation` });
		expect(json(answer)).toMatchObject({ error: 'invalid_scope', error_codes: [1002012] });
	});

	test('must name its tenant', async () => {
		expect(json(await asApp({}, '/common/oauth2/v2.0'))).toMatchObject({ error_codes: [50059] });
	});

	test('may name its tenant by domain', async () => {
		const answer = await asApp({}, '/samplepartner.onmicrosoft.com/oauth2/v2.0');
		expect(answer.status).toBe(200);
	});
});

describe('the v1 endpoint', () => {
	test('takes a resource and answers numbers as text', async () => {
		const answer = await asApp({ resource: PARTNER_CENTER, scope: '' }, V1);
		expect(tokensOf(answer)).toMatchObject({
			expires_in: '1800',
			expires_on: expect.stringMatching(/^\d+$/),
			resource: PARTNER_CENTER,
		});
	});

	test('refreshes for a resource', async () => {
		const { refresh_token } = await connect(harness);
		const form = { grant_type: 'refresh_token', refresh_token, resource: PARTNER_CENTER };
		const tokens = tokensOf(await requestToken(harness, form, V1));
		expect(tokens).toMatchObject({ scope: 'user_impersonation', expires_in: '1800' });
		expect(tokens).toHaveProperty('refresh_token');
		expect(await statusOnApi(tokens.access_token)).toBe(200);
	});
});

describe('Entra refuses', () => {
	test.each([
		['another app', { client_id: CONTOSO }, 400, 'unauthorized_client', 700016],
		['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
		['a missing secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
		['a missing app', { client_id: '' }, 400, 'invalid_request', 900144],
		['a missing grant', { grant_type: '' }, 400, 'invalid_request', 900144],
		['a password grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
		[
			'a foreign resource',
			{ scope: 'https://example.com/.default' },
			400,
			'invalid_resource',
			500011,
		],
	])('%s', async (_what, values, status, error, code) => {
		const answer = await asApp(values);
		expect(answer.status).toBe(status);
		expect(json(answer)).toEqual({
			error,
			error_description: expect.stringMatching(
				new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: .+Z$`),
			),
			error_codes: [code],
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
			trace_id: expect.any(String),
			correlation_id: expect.any(String),
			error_uri: expect.stringContaining(String(code)),
		});
	});

	test('another tenant', async () => {
		const answer = await asApp({}, `/${CONTOSO}/oauth2/v2.0`);
		expect(json(answer)).toMatchObject({ error_codes: [90002] });
	});

	test('a scope that Partner Center does not have', async () => {
		const { refresh_token } = await connect(harness);
		const answer = await refresh(refresh_token, { scope: `${PARTNER_CENTER}/everything` });
		expect(json(answer)).toMatchObject({ error_codes: [650053] });
	});
});

test('the app may authenticate in the Authorization header', async () => {
	const answer = await harness.http.post<string>(
		`${V2}/token`,
		new URLSearchParams({
			grant_type: 'client_credentials',
			scope: `${PARTNER_CENTER}/.default`,
		}).toString(),
		{ auth: { username: EMULATOR_CLIENT_ID, password: EMULATOR_CLIENT_SECRET } },
	);
	expect(answer.status).toBe(200);
	expect(harness.emulator.tokenRequests).toEqual([
		expect.objectContaining({ grantType: 'client_credentials', clientAuthentication: 'header' }),
	]);
});

test('token requests are recorded with their outcome', async () => {
	await asApp({ client_secret: 'wrong' });
	await asApp();
	expect(harness.emulator.tokenRequests).toEqual([
		expect.objectContaining({ version: 'v2', status: 401, errorCode: 7000215 }),
		expect.objectContaining({ version: 'v2', status: 200, scope: `${PARTNER_CENTER}/.default` }),
	]);
});
