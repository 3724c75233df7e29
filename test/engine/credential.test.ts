import { CredentialStore, EngineCredentialsHelper } from '../../dev/engine/runWorkflow';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { resolveAsServer } from './ownCredentialsHelper';
import {
	CREDENTIAL_TYPE,
	engine,
	json,
	loadCredentialType,
	openWorkplace,
	record,
} from './workplace';

const ENTRA = 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0';
const microsoft = { tenantId: ' contoso.onmicrosoft.com ', clientId: 'a', clientSecret: 'b' };
const emulator = { ...microsoft, environment: 'emulator', emulatorUrl: ' http://localhost:8787/ ' };
const foreign = {
	authUrl: 'https://attacker.example/authorize',
	accessTokenUrl: 'https://attacker.example/token',
	grantType: 'password',
	authentication: 'header',
};

const resolve = (stored: object) => resolveAsServer(loadCredentialType(), { ...stored });

describe("as n8n's own server resolves the credential", () => {
	it('Microsoft Partner Center is the default: the public cloud and App+User', async () => {
		expect(await resolve(microsoft)).toMatchObject({
			environment: 'microsoft',
			authUrl: `${ENTRA}/authorize`,
			accessTokenUrl: `${ENTRA}/token`,
			apiBaseUrl: 'https://api.partnercenter.microsoft.com',
			scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access',
			grantType: 'authorizationCode',
			authentication: 'body',
		});
	});

	it('the emulator switches all three addresses', async () => {
		const tenant = 'http://localhost:8787/contoso.onmicrosoft.com/oauth2/v2.0';
		expect(await resolve(emulator)).toMatchObject({
			authUrl: `${tenant}/authorize`,
			accessTokenUrl: `${tenant}/token`,
			apiBaseUrl: 'http://localhost:8787',
		});
	});

	it('an emulator address that is stored but not shown is not used', async () => {
		const resolved = await resolve({ ...emulator, environment: 'microsoft' });
		expect(resolved).toMatchObject({
			accessTokenUrl: `${ENTRA}/token`,
			apiBaseUrl: 'https://api.partnercenter.microsoft.com',
		});
	});

	it('a tenant that tries to leave its place in the address stays in it', async () => {
		const resolved = await resolve({ ...microsoft, tenantId: '../attacker.example/?x#' });
		expect(resolved.accessTokenUrl).toBe(
			'https://login.microsoftonline.com/..%2Fattacker.example%2F%3Fx%23/oauth2/v2.0/token',
		);
	});

	it('is resolved the same way by the engine of these tests', async () => {
		const type = loadCredentialType();
		for (const data of [microsoft, emulator, { ...emulator, ...foreign }]) {
			const store = new CredentialStore({
				'1': { type: CREDENTIAL_TYPE, data: data as ICredentialDataDecryptedObject },
			});
			const helper = new EngineCredentialsHelper([type], store);
			const additionalData = { variables: {}, executionId: '1' } as never;
			const mine = await helper.getDecrypted(
				additionalData,
				{ id: '1', name: '' },
				CREDENTIAL_TYPE,
				'manual',
			);
			const theirs = await resolve(data);
			for (const field of ['authUrl', 'accessTokenUrl', 'apiBaseUrl', 'scope', 'grantType']) {
				expect([field, mine[field]]).toEqual([field, theirs[field]]);
			}
		}
	});

	const onSecondMajor = engine === 'n8n-2';
	it(`stored values of hidden endpoints are ${onSecondMajor ? 'ignored' : 'taken, as n8n 1.x does'}`, async () => {
		const resolved = await resolve({ ...microsoft, ...foreign });
		const ours = { authUrl: `${ENTRA}/authorize`, accessTokenUrl: `${ENTRA}/token` };
		expect(resolved).toMatchObject(
			onSecondMajor ? { ...ours, grantType: 'authorizationCode', authentication: 'body' } : foreign,
		);
	});
});

describe('the token goes nowhere but to Partner Center', () => {
	it.each([
		[
			'an API address in stored data',
			{ environment: 'microsoft', apiBaseUrl: 'http://127.0.0.1:9' },
		],
		['a path behind the emulator’s address', { emulatorUrl: 'http://127.0.0.1:9/x?y' }],
		['user and password in the emulator’s address', { emulatorUrl: 'http://a:b@127.0.0.1:9' }],
		['another scheme', { emulatorUrl: 'file:///etc' }],
	])('%s is refused before anything is sent', async (_what, stored) => {
		const place = await openWorkplace();
		Object.assign(place.credentials.data('1'), stored);
		const { errors } = await place.run([record(1)], { onError: 'continueErrorOutput' });
		expect(json(errors)).toMatchObject([
			{
				error: 'n8n did not send the request [Item 0]',
				message: expect.stringMatching(/Emulator URL|point at https:\/\/api\.partnercenter/),
			},
		]);
		expect(place.emulator.requests).toEqual([]);
		await place.close();
	});
});
