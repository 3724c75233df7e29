/** A browser and an OAuth client, small enough for tests. */
import { createHash } from 'node:crypto';
import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../../dev/emulator/identity/registeredApp';
import { json, type Answer, type Harness } from './emulator';

export const REDIRECT_URI = 'http://localhost:5678/rest/oauth2-credential/callback';
export const SCOPE = 'https://api.partnercenter.microsoft.com/user_impersonation offline_access';
export const V2 = `/${EMULATOR_TENANT_ID}/oauth2/v2.0`;
export const V1 = `/${EMULATOR_TENANT_ID}/oauth2`;

type Values = Record<string, string>;

export function authorizeUrl(values: Values = {}): string {
	const query = new URLSearchParams({
		client_id: EMULATOR_CLIENT_ID,
		redirect_uri: REDIRECT_URI,
		response_type: 'code',
		scope: SCOPE,
		state: 'the state of n8n',
		...values,
	});
	return `${V2}/authorize?${query.toString()}`;
}

/** Fills in the sign-in page; answers where the browser is sent. */
export async function signIn(harness: Harness, choice: Values, query: Values = {}): Promise<URL> {
	const answer = await harness.http.post<string>(
		authorizeUrl(query),
		new URLSearchParams({ action: 'signIn', ...choice }).toString(),
	);
	expect(answer.status).toBe(302);
	return new URL(String(answer.headers['location']));
}

export async function authorizationCode(harness: Harness, choice: Values = {}): Promise<string> {
	return (await signIn(harness, choice)).searchParams.get('code') ?? '';
}

/** A token request of the registered app; a value of '' is left out. */
export async function requestToken(harness: Harness, values: Values, path = V2): Promise<Answer> {
	const form = Object.entries({
		client_id: EMULATOR_CLIENT_ID,
		client_secret: EMULATOR_CLIENT_SECRET,
		...values,
	}).filter(([, value]) => value !== '');
	return await harness.http.post<string>(`${path}/token`, new URLSearchParams(form).toString());
}

/** The values of a token answer that succeeded. */
export function tokensOf(answer: Answer): Record<string, unknown> & { access_token: string } {
	expect(answer.status).toBe(200);
	return json(answer) as Record<string, unknown> & { access_token: string };
}

/** Signs in and redeems the code, as n8n does when a credential is connected. */
export async function connect(harness: Harness, choice: Values = {}) {
	const code = await authorizationCode(harness, choice);
	const answer = await requestToken(harness, {
		grant_type: 'authorization_code',
		code,
		redirect_uri: REDIRECT_URI,
	});
	return tokensOf(answer) as { access_token: string; refresh_token: string };
}

export function s256(verifier: string): string {
	return createHash('sha256').update(verifier).digest('base64url');
}
