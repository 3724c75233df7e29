/** simple-oauth2, and client-oauth2, which n8n's own OAuth2 client descends from. */
import ClientOAuth2 from 'client-oauth2';
import { AuthorizationCode, ClientCredentials } from 'simple-oauth2';

import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { openPlace, WAYS_OF_TLS, type Place } from './support/tls';

const REDIRECT_URI = 'https://localhost/callback';
const RESOURCE = 'https://api.partnercenter.microsoft.com';
const SCOPE = `${RESOURCE}/user_impersonation offline_access`;

let place: Place;

describe.each(WAYS_OF_TLS)('through %s', (way) => {
	beforeAll(async () => {
		place = await openPlace(way);
	});
	afterAll(async () => await place.close());

	describe.each(['v1', 'v2'] as const)('at the %s endpoints', (version) => {
		const path = `/${EMULATOR_TENANT_ID}/oauth2${version === 'v2' ? '/v2.0' : ''}`;
		const resource = version === 'v1' ? { resource: RESOURCE } : {};
		const simple = (more: object = {}) => ({
			client: { id: EMULATOR_CLIENT_ID, secret: EMULATOR_CLIENT_SECRET },
			auth: {
				tokenHost: place.emulator.baseUrl,
				tokenPath: `${path}/token`,
				...more,
			},
			http: { agent: place.agent },
		});

		it('simple-oauth2 signs a user in and renews', async () => {
			const client = new AuthorizationCode(simple({ authorizePath: `${path}/authorize` }));
			const url = client.authorizeURL({ redirect_uri: REDIRECT_URI, scope: SCOPE, ...resource });
			const code = (await place.signIn(url)).searchParams.get('code') ?? '';
			const params = { code, redirect_uri: REDIRECT_URI, ...resource };
			const tokens = await client.getToken(params);
			expect(await place.call(String(tokens.token.access_token))).toBe(200);
			const renewed = await tokens.refresh(resource as { scope?: string });
			expect(await place.call(String(renewed.token.access_token))).toBe(200);
		});

		it('simple-oauth2 signs the app in alone', async () => {
			const client = new ClientCredentials(simple());
			const asked = version === 'v1' ? { resource: RESOURCE } : { scope: `${RESOURCE}/.default` };
			const { token } = await client.getToken(asked as { scope: string });
			expect(await place.call(String(token.access_token), '/v1/customers')).toBe(200);
		});

		it('client-oauth2 signs a user in and renews', async () => {
			const client = new ClientOAuth2(
				{
					clientId: EMULATOR_CLIENT_ID,
					clientSecret: EMULATOR_CLIENT_SECRET,
					accessTokenUri: `${place.emulator.baseUrl}${path}/token`,
					authorizationUri: `${place.emulator.baseUrl}${path}/authorize`,
					redirectUri: REDIRECT_URI,
					scopes: SCOPE.split(' '),
					query: resource,
					body: resource,
				},
				async (method, url, body, headers) => {
					const answer = await place.fetch(url, {
						method,
						body,
						headers: headers as Record<string, string>,
					});
					return { status: answer.status, body: await answer.text() };
				},
			);
			const target = await place.signIn(client.code.getUri());
			const tokens = await client.code.getToken(target.href);
			expect(await place.call(tokens.accessToken)).toBe(200);
			expect(await place.call((await tokens.refresh()).accessToken)).toBe(200);
		});
	});
});
