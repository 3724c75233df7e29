/** The interactive sign-in: what a person sees, and what n8n gets for it. */
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { EMULATOR_TENANT_ID } from '../../../dev/emulator/identity/registeredApp';
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';
import {
	authorizationCode,
	authorizeUrl,
	connect,
	REDIRECT_URI,
	requestToken,
	s256,
	signIn,
	tokensOf,
	V2,
} from './support/signIn';

const harness = emulatorForThisFile();
const redeem = async (code: string, values: Record<string, string> = {}) =>
	await requestToken(harness, {
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT_URI,
		...values,
	});

describe('the sign-in page', () => {
	test('asks who signs in and how', async () => {
		const answer = await harness.http.get<string>(authorizeUrl());
		expect(answer.status).toBe(200);
		expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(answer.data).toContain('Admin agent');
		expect(answer.data).toContain('With a second factor (MFA)');
		expect(answer.data).toContain('With a password only');
	});

	test('sends the browser back with a code and the state', async () => {
		const target = await signIn(harness, { mfa: 'yes' });
		expect(target.origin + target.pathname).toBe(REDIRECT_URI);
		expect(target.searchParams.get('state')).toBe('the state of n8n');
		expect(target.searchParams.get('code')).toMatch(/^1\..{20,}/);
	});

	test('sends the browser back with access_denied when the person cancels', async () => {
		const target = await signIn(harness, { action: 'cancel' });
		expect(target.searchParams.get('error')).toBe('access_denied');
		expect(target.searchParams.get('code')).toBeNull();
	});

	test.each([
		['an unknown app', { client_id: 'deadbeef-0000-4000-8000-000000000000' }, 'AADSTS700016'],
		['no response type', { response_type: 'token' }, 'AADSTS900144'],
		['a redirect that is no URL', { redirect_uri: 'javascript:alert(1)' }, 'AADSTS50011'],
	])('shows an error for %s', async (_what, values, code) => {
		const answer = await harness.http.get<string>(authorizeUrl(values));
		expect(answer.status).toBe(400);
		expect(answer.data).toContain(code);
	});

	test('escapes what it repeats', async () => {
		const answer = await harness.http.get<string>(
			authorizeUrl({ client_id: '<script>x</script>' }),
		);
		expect(answer.data).not.toContain('<script>');
	});

	test('shows an error for an unknown tenant', async () => {
		const url = authorizeUrl().replace(EMULATOR_TENANT_ID, 'nobody.onmicrosoft.com');
		expect((await harness.http.get<string>(url)).data).toContain('AADSTS90002');
	});
});

describe('the code', () => {
	test('becomes tokens that confirm agreements', async () => {
		const { access_token } = await connect(harness);
		const answer = await harness.confirm(CONTOSO, documented.confirmRequest, {
			Authorization: `Bearer ${access_token}`,
		});
		expect(answer.status).toBe(201);
	});

	test('is answered like Entra v2 answers', async () => {
		const answer = await redeem(await authorizationCode(harness));
		expect(answer.headers['cache-control']).toContain('no-store');
		expect(tokensOf(answer)).toEqual({
			token_type: 'Bearer',
			scope: expect.stringContaining('https://api.partnercenter.microsoft.com/user_impersonation'),
			expires_in: 3600,
			ext_expires_in: 3600,
			access_token: expect.any(String),
			refresh_token: expect.any(String),
		});
	});

	test('remembers who signed in', async () => {
		const salesAgent = '8a1f6d53-2a0e-4c55-9d0c-6f2b1de7a914';
		const { access_token } = await connect(harness, { user: salesAgent });
		const answer = await harness.confirm(CONTOSO, documented.confirmRequest, {
			Authorization: `Bearer ${access_token}`,
		});
		expect(json(answer)).toMatchObject({ userId: salesAgent });
	});

	test('of a sign-in without MFA gives tokens that Partner Center refuses', async () => {
		const { access_token } = await connect(harness, { mfa: 'no' });
		expect(decodeJwt(access_token)['amr']).toEqual(['pwd']);
		const answer = await harness.confirm(CONTOSO, documented.confirmRequest, {
			Authorization: `Bearer ${access_token}`,
		});
		expect(json(answer)).toMatchObject({ code: 900421 });
	});

	test('is good for one redemption', async () => {
		const code = await authorizationCode(harness);
		await redeem(code);
		const again = await redeem(code);
		expect(again.status).toBe(400);
		expect(json(again)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
	});

	test('is bound to its redirect URI', async () => {
		const answer = await redeem(await authorizationCode(harness), {
			redirect_uri: 'http://localhost:9999/other',
		});
		expect(json(answer)).toMatchObject({ error_codes: [500112] });
	});

	test('without offline_access gives no refresh token', async () => {
		const scope = 'https://api.partnercenter.microsoft.com/user_impersonation';
		const target = await signIn(harness, {}, { scope });
		const answer = await redeem(target.searchParams.get('code') ?? '');
		expect(tokensOf(answer)).not.toHaveProperty('refresh_token');
	});

	test('with openid gives an id token about the person', async () => {
		const scope = 'https://api.partnercenter.microsoft.com/.default openid offline_access';
		const target = await signIn(harness, {}, { scope });
		const tokens = tokensOf(await redeem(target.searchParams.get('code') ?? ''));
		expect(decodeJwt(String(tokens['id_token']))).toMatchObject({
			preferred_username: 'admin.agent@samplepartner.onmicrosoft.com',
		});
	});
});

describe('PKCE', () => {
	const verifier = 'a-verifier-that-is-long-enough-for-the-specification-0123456789';

	test.each([
		['S256', s256(verifier)],
		['plain', verifier],
	])('with %s lets in who knows the verifier, and nobody else', async (method, challenge) => {
		const query = { code_challenge: challenge, code_challenge_method: method };
		const code = (await signIn(harness, {}, query)).searchParams.get('code') ?? '';
		expect(json(await redeem(code))).toMatchObject({ error_codes: [501481] });
		expect(json(await redeem(code, { code_verifier: 'wrong' }))).toMatchObject({
			error_codes: [501481],
		});
		expect((await redeem(code, { code_verifier: verifier })).status).toBe(200);
	});
});

test('access tokens carry the documented claims and verify against the published key', async () => {
	const { access_token } = await connect(harness);
	const base = harness.emulator.baseUrl;
	const discovery = await harness.http.get<string>(
		`/${EMULATOR_TENANT_ID}/v2.0/.well-known/openid-configuration`,
	);
	expect(json(discovery)).toMatchObject({
		issuer: `${base}/${EMULATOR_TENANT_ID}/v2.0`,
		authorization_endpoint: `${base}${V2}/authorize`,
		token_endpoint: `${base}${V2}/token`,
	});
	const { jwks_uri } = json(discovery) as { jwks_uri: string };
	const { payload } = await jwtVerify(access_token, createRemoteJWKSet(new URL(jwks_uri)));
	expect(payload).toMatchObject({
		aud: 'https://api.partnercenter.microsoft.com',
		tid: EMULATOR_TENANT_ID,
		oid: '3d6f2c09-eb40-48ca-a4b3-d24c9c007531',
		upn: 'admin.agent@samplepartner.onmicrosoft.com',
		amr: ['pwd', 'mfa'],
		ver: '1.0',
	});
	expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
});
