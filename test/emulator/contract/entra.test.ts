/** What OAuth clients rely on beside the tokens: discovery, nonce, response modes, another address. */
import { decodeJwt } from 'jose';

import {
	EMULATOR_CLIENT_ID,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { emulatorForThisFile, json, plainClient } from './support/emulator';
import {
	authorizeUrl,
	connect,
	REDIRECT_URI,
	requestToken,
	SCOPE,
	signIn,
	tokensOf,
	V1,
	V2,
} from './support/signIn';

const harness = emulatorForThisFile();
const OPENID = `openid ${SCOPE}`;
const redeem = async (code: string, values: Record<string, string> = {}, path = V2) =>
	tokensOf(
		await requestToken(
			harness,
			{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...values },
			path,
		),
	);
const codeOf = async (query: Record<string, string>) =>
	(await signIn(harness, {}, query)).searchParams.get('code') ?? '';

describe('the id token', () => {
	test('D11: brings the nonce back, and counts from now', async () => {
		const tokens = await redeem(await codeOf({ scope: OPENID, nonce: 'n-0S6_WzA2Mj' }));
		const claims = decodeJwt(String(tokens.id_token));
		expect(claims).toMatchObject({ nonce: 'n-0S6_WzA2Mj', aud: EMULATOR_CLIENT_ID });
		expect(claims.nbf).toBe(claims.iat);
	});

	test('has none of a sign-in without one, nor after a refresh', async () => {
		const tokens = await redeem(await codeOf({ scope: OPENID, nonce: 'once' }));
		const refreshed = tokensOf(
			await requestToken(harness, {
				grant_type: 'refresh_token',
				refresh_token: String(tokens.refresh_token),
				scope: OPENID,
			}),
		);
		expect(decodeJwt(String(refreshed.id_token))).not.toHaveProperty('nonce');
	});

	test.each([V1, V2])('names the issuer that discovery names: %s', async (path) => {
		const isV1 = path === V1;
		const scope = isV1 ? { resource: 'https://api.partnercenter.microsoft.com' } : {};
		const tokens = await redeem(await codeOf({ scope: OPENID }), { ...scope, scope: OPENID }, path);
		const folder = `/${EMULATOR_TENANT_ID}${isV1 ? '' : '/v2.0'}`;
		const discovery = json(
			await harness.http.get<string>(`${folder}/.well-known/openid-configuration`),
		) as { issuer: string; jwks_uri: string };
		expect(decodeJwt(String(tokens.id_token)).iss).toBe(discovery.issuer);
		expect(json(await harness.http.get<string>(discovery.jwks_uri))).toMatchObject({
			keys: [{ kty: 'RSA', use: 'sig' }],
		});
	});
});

test('D14: client_info is answered when it is asked for', async () => {
	const code = await codeOf({});
	const tokens = await redeem(code, { client_info: '1' });
	const info = JSON.parse(
		Buffer.from(String(tokens.client_info), 'base64url').toString(),
	) as object;
	expect(info).toEqual({ uid: expect.stringMatching(/^[0-9a-f-]{36}$/), utid: EMULATOR_TENANT_ID });
	expect(await connect(harness)).not.toHaveProperty('client_info');
});

describe('the answer to a sign-in', () => {
	test('may come behind the hash', async () => {
		const target = await signIn(harness, {}, { response_mode: 'fragment' });
		expect(target.search).toBe('');
		expect(new URLSearchParams(target.hash.slice(1)).get('code')).toMatch(/./);
	});

	test('D20: may be posted by a form', async () => {
		const form = new URLSearchParams({ action: 'signIn' }).toString();
		const url = authorizeUrl({ response_mode: 'form_post' });
		const answer = await harness.http.post<string>(url, form);
		expect(answer.status).toBe(200);
		expect(answer.data).toContain(`action="${REDIRECT_URI}"`);
		expect(answer.data).toMatch(/name="code" value="[^"]+"/);
		expect(answer.data).toMatch(/name="state" value="the state of n8n"/);
	});

	test('D20: is "nobody is signed in" where no page is wanted', async () => {
		const answer = await harness.http.get<string>(authorizeUrl({ prompt: 'none' }));
		expect(answer.status).toBe(302);
		const { searchParams } = new URL(String(answer.headers['location']));
		expect([searchParams.get('error'), searchParams.get('state')]).toEqual([
			'login_required',
			'the state of n8n',
		]);
	});

	test('in a mode that does not exist is refused on the page', async () => {
		const answer = await harness.http.get<string>(authorizeUrl({ response_mode: 'pigeon' }));
		expect(answer.status).toBe(400);
	});
});

describe('a sign-in on another device', () => {
	const start = async () =>
		json(
			await harness.http.post<string>(
				`${V2}/devicecode`,
				new URLSearchParams({ client_id: EMULATOR_CLIENT_ID, scope: SCOPE }).toString(),
			),
		) as { device_code: string; user_code: string; verification_uri: string };
	const ask = async (deviceCode: string) =>
		await requestToken(harness, {
			grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
			device_code: deviceCode,
			client_secret: '',
		});
	const type = async (code: string, more: Record<string, string> = {}) =>
		await harness.http.post<string>(
			'/devicelogin',
			new URLSearchParams({ user_code: code, ...more }).toString(),
		);

	test('waits until the code was typed in, in any case, and answers once', async () => {
		const { device_code, user_code, verification_uri } = await start();
		expect(verification_uri).toBe(`${harness.emulator.baseUrl}/devicelogin`);
		expect(json(await ask(device_code))).toMatchObject({ error: 'authorization_pending' });
		expect((await type(user_code.toLowerCase())).status).toBe(200);
		const tokens = tokensOf(await ask(device_code));
		expect(decodeJwt(tokens.access_token)).toMatchObject({ amr: ['pwd', 'mfa'] });
		expect(json(await ask(device_code))).toMatchObject({ error: 'expired_token' });
	});

	test('what it gave can be renewed without a secret; what others gave can’t', async () => {
		const { device_code, user_code } = await start();
		await type(user_code);
		const renew = async (refreshToken: unknown) =>
			await requestToken(harness, {
				grant_type: 'refresh_token',
				refresh_token: String(refreshToken),
				client_secret: '',
			});
		const { refresh_token } = tokensOf(await ask(device_code));
		expect((await renew(refresh_token)).status).toBe(200);
		expect((await renew((await connect(harness)).refresh_token)).status).toBe(401);
	});

	test('can be declined, and a code that nobody has is refused', async () => {
		const { device_code, user_code } = await start();
		await type(user_code, { action: 'cancel' });
		expect(json(await ask(device_code))).toMatchObject({ error: 'authorization_declined' });
		expect((await type('WRONG')).status).toBe(400);
		expect(json(await ask('x'))).toMatchObject({ error: 'bad_verification_code' });
	});
});

test('D12: behind another address, everything that is handed out begins with that', async () => {
	const publicUrl = 'https://partner-center.example:8443';
	const emulator = await startEmulator({ publicUrl: `${publicUrl}/`, attestation: 'preview' });
	const http = plainClient(`http://127.0.0.1:${emulator.port}`);
	const { access_token } = await emulator.issueTokens({ kind: 'user' });
	const app = await emulator.issueTokens({ kind: 'app' });
	const get = async (url: string, token = access_token) =>
		(await http.get<string>(url, { headers: { Authorization: `Bearer ${token}` } })).data;
	emulator.switches.linkPrefix = 'absolute';
	const texts = [
		await get(`/${EMULATOR_TENANT_ID}/v2.0/.well-known/openid-configuration`),
		await get(`/${EMULATOR_TENANT_ID}/.well-known/openid-configuration`),
		await get('/common/discovery/instance?api-version=1.1'),
		await get('/v1/customers?size=2'),
		await get(
			'/v1/agreementtemplates/117a77b0-9360-443b-8795-c6dedc750cf9/document?language=en-US&country=US',
		),
		await get('/', app.access_token),
	];
	await emulator.close();
	expect(emulator.baseUrl).toBe(publicUrl);
	for (const text of texts) {
		expect(text).toContain('partner-center.example:8443');
		expect(text).not.toMatch(/127\.0\.0\.1|localhost/);
	}
});
