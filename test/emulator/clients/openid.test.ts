/** openid-client and oauth4webapi, which check what they get to the letter: issuer, nonce, signature. */
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';

import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { openPlace, WAYS_OF_TLS, type Place } from './support/tls';

const REDIRECT_URI = 'https://localhost/callback';
const RESOURCE = 'https://api.partnercenter.microsoft.com';
const SCOPE = `openid offline_access ${RESOURCE}/user_impersonation`;

let place: Place;

/** The issuers of Entra's two generations of endpoints. */
const issuerOf = (version: 'v1' | 'v2') =>
	`${place.emulator.baseUrl}/${EMULATOR_TENANT_ID}${version === 'v2' ? '/v2.0' : '/'}`;
/** The v1 endpoints take a resource beside the scopes. */
const resourceOf = (version: 'v1' | 'v2') => (version === 'v1' ? { resource: RESOURCE } : {});

describe.each(WAYS_OF_TLS)('through %s', (way) => {
	beforeAll(async () => {
		place = await openPlace(way);
	});
	afterAll(async () => await place.close());

	describe.each(['v1', 'v2'] as const)('at the %s endpoints', (version) => {
		it('openid-client signs in with nonce and PKCE, and renews', async () => {
			const config = await openid.discovery(
				new URL(issuerOf(version)),
				EMULATOR_CLIENT_ID,
				EMULATOR_CLIENT_SECRET,
				openid.ClientSecretPost(EMULATOR_CLIENT_SECRET),
				{ [openid.customFetch]: place.fetch as openid.CustomFetch },
			);
			const verifier = openid.randomPKCECodeVerifier();
			const [nonce, state] = [openid.randomNonce(), openid.randomState()];
			const url = openid.buildAuthorizationUrl(config, {
				redirect_uri: REDIRECT_URI,
				scope: SCOPE,
				code_challenge: await openid.calculatePKCECodeChallenge(verifier),
				code_challenge_method: 'S256',
				nonce,
				state,
				...resourceOf(version),
			});
			const target = await place.signIn(url.href);
			const tokens = await openid.authorizationCodeGrant(
				config,
				target,
				{ pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state },
				resourceOf(version),
			);
			expect(tokens.claims()).toMatchObject({ nonce, iss: issuerOf(version) });
			expect(await place.call(tokens.access_token)).toBe(200);
			const renewed = await openid.refreshTokenGrant(
				config,
				tokens.refresh_token ?? '',
				resourceOf(version),
			);
			expect(await place.call(renewed.access_token)).toBe(200);
		});

		it('oauth4webapi signs in with nonce, and checks the signature', async () => {
			const custom = { [oauth.customFetch]: place.fetch };
			const issuer = new URL(issuerOf(version));
			const server = await oauth.processDiscoveryResponse(
				issuer,
				await oauth.discoveryRequest(issuer, custom),
			);
			const client: oauth.Client = { client_id: EMULATOR_CLIENT_ID };
			const secret = oauth.ClientSecretPost(EMULATOR_CLIENT_SECRET);
			const nonce = oauth.generateRandomNonce();
			const query = new URLSearchParams({
				client_id: EMULATOR_CLIENT_ID,
				redirect_uri: REDIRECT_URI,
				response_type: 'code',
				scope: SCOPE,
				nonce,
				...resourceOf(version),
			});
			const target = await place.signIn(`${server.authorization_endpoint}?${query}`);
			const answered = oauth.validateAuthResponse(server, client, target);
			const response = await oauth.authorizationCodeGrantRequest(
				server,
				client,
				secret,
				answered,
				REDIRECT_URI,
				oauth.nopkce,
				{ ...custom, additionalParameters: resourceOf(version) },
			);
			const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
				expectedNonce: nonce,
				requireIdToken: true,
			});
			await oauth.validateApplicationLevelSignature(server, response, custom);
			expect(await place.call(tokens.access_token)).toBe(200);
		});

		it('oauth4webapi signs the app in alone', async () => {
			const custom = { [oauth.customFetch]: place.fetch };
			const issuer = new URL(issuerOf(version));
			const server = await oauth.processDiscoveryResponse(
				issuer,
				await oauth.discoveryRequest(issuer, custom),
			);
			const client: oauth.Client = { client_id: EMULATOR_CLIENT_ID };
			const asked = version === 'v1' ? { resource: RESOURCE } : { scope: `${RESOURCE}/.default` };
			const response = await oauth.clientCredentialsGrantRequest(
				server,
				client,
				oauth.ClientSecretBasic(EMULATOR_CLIENT_SECRET),
				asked,
				custom,
			);
			const tokens = await oauth.processClientCredentialsResponse(server, client, response);
			expect(await place.call(tokens.access_token, '/v1/customers')).toBe(200);
		});
	});
});
