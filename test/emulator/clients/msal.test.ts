/** Microsoft's own library for Node.js signs in, renews, and asks for a person again where it has to. */
import {
	ConfidentialClientApplication,
	CryptoProvider,
	InteractionRequiredAuthError,
	PublicClientApplication,
	type Configuration,
	type INetworkModule,
} from '@azure/msal-node';

import {
	EMULATOR_CLIENT_ID,
	EMULATOR_CLIENT_SECRET,
	EMULATOR_TENANT_ID,
} from '../../../dev/emulator/identity/registeredApp';
import { openPlace, WAYS_OF_TLS, type Place } from './support/tls';

const REDIRECT_URI = 'https://localhost/callback';
const RESOURCE = 'https://api.partnercenter.microsoft.com';
const NONCE = 'one-time';
const SCOPES = [`${RESOURCE}/user_impersonation`];

let place: Place;

/** MSAL's view of HTTP, with the certificate trusted. */
const network = (): INetworkModule => {
	const send = async (
		method: string,
		url: string,
		options: { headers?: object; body?: string } = {},
	) => {
		const answer = await place.fetch(url, {
			method,
			headers: { ...options.headers } as Record<string, string>,
			...(options.body === undefined ? {} : { body: options.body }),
		});
		const text = await answer.text();
		return {
			headers: Object.fromEntries(answer.headers),
			body: JSON.parse(text) as never,
			status: answer.status,
		};
	};
	return {
		sendGetRequestAsync: async (url, options) => await send('GET', url, options),
		sendPostRequestAsync: async (url, options) => await send('POST', url, options),
	};
};

const configuration = (secret?: string): Configuration => ({
	auth: {
		clientId: EMULATOR_CLIENT_ID,
		authority: `${place.emulator.baseUrl}/${EMULATOR_TENANT_ID}`,
		knownAuthorities: [new URL(place.emulator.baseUrl).host],
		...(secret === undefined ? {} : { clientSecret: secret }),
	},
	system: { networkClient: network() },
});
const client = () => new ConfidentialClientApplication(configuration(EMULATOR_CLIENT_SECRET));

async function signIn(app: ConfidentialClientApplication) {
	const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
	const url = await app.getAuthCodeUrl({
		scopes: SCOPES,
		redirectUri: REDIRECT_URI,
		codeChallenge: challenge,
		codeChallengeMethod: 'S256',
		responseMode: 'query',
		nonce: NONCE,
	});
	const target = await place.signIn(url);
	const code = target.searchParams.get('code') ?? '';
	const answer = { code, codeVerifier: verifier, nonce: NONCE };
	return await app.acquireTokenByCode({ ...answer, scopes: SCOPES, redirectUri: REDIRECT_URI });
}

describe.each(WAYS_OF_TLS)('through %s', (way) => {
	beforeAll(async () => {
		place = await openPlace(way);
	});
	afterAll(async () => await place.close());

	it('signs the app in alone', async () => {
		const result = await client().acquireTokenByClientCredential({
			scopes: [`${RESOURCE}/.default`],
		});
		expect(await place.call(result?.accessToken ?? '', '/v1/customers')).toBe(200);
	});

	it('signs a user in by code with PKCE, silently from its cache, and by a renewal', async () => {
		const app = client();
		const result = await signIn(app);
		expect(result.account).toMatchObject({ tenantId: EMULATOR_TENANT_ID });
		expect(await place.call(result.accessToken)).toBe(200);

		const { account } = result;
		if (account === null) throw new Error('MSAL has no account');
		const cached = await app.acquireTokenSilent({ account, scopes: SCOPES });
		expect([cached.fromCache, cached.accessToken]).toEqual([true, result.accessToken]);

		const renewed = await app.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh: true });
		expect(renewed.fromCache).toBe(false);
		expect(renewed.accessToken).not.toBe(result.accessToken);
		expect(await place.call(renewed.accessToken)).toBe(200);
	});

	it.each(['revokeRefreshTokens', 'lapseRefreshTokens'] as const)(
		'asks for a person again after %s',
		async (end) => {
			const app = client();
			const { account } = await signIn(app);
			place.emulator[end]();
			if (account === null) throw new Error('MSAL has no account');
			const silently = app.acquireTokenSilent({ account, scopes: SCOPES, forceRefresh: true });
			await expect(silently).rejects.toBeInstanceOf(InteractionRequiredAuthError);
		},
	);

	it('signs a user in on another device', async () => {
		const app = new PublicClientApplication(configuration());
		const result = await app.acquireTokenByDeviceCode({
			scopes: SCOPES,
			deviceCodeCallback: ({ userCode }) => void place.typeIn(userCode),
		});
		expect(await place.call(result?.accessToken ?? '')).toBe(200);
	}, 30_000);
});
