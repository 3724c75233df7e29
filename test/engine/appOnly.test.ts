/** The credential of the app alone: its first token, its renewal, and who takes it. */
import { EngineCredentialsHelper, CredentialStore } from '../../dev/engine/runWorkflow';
import { NodeHelpers, type IDataObject, type INode } from 'n8n-workflow';

import * as attestations from '../../dev/emulator/attestation/enhancedAttestation';
import type { EmulatorOptions } from '../../dev/emulator/startEmulator';
import { resolveAsServer } from './ownCredentialsHelper';
import { open as openPlace, place } from './place';
import {
	APP_CREDENTIAL,
	APP_ONLY_TYPE,
	CREDENTIAL_TYPE,
	customers,
	json,
	loadAppOnlyCredentialType,
	loadNode,
	record,
	USER_CREDENTIAL,
	type NodeSettings,
	type Workplace,
} from './workplace';

/** The error output stands behind the operation's own: two of Confirm, one of the others. */
async function open(options?: EmulatorOptions) {
	await openPlace(options);
	const run: Workplace['run'] = async (records, settings, more) => {
		const outcome = await place.run(records, settings, more);
		const own = settings?.parameters?.operation ?? 'confirm';
		const errors = outcome.outputs[own === 'confirm' ? 2 : 1] ?? [];
		return { ...outcome, errors };
	};
	return { ...place, run };
}

const ATTESTATION: IDataObject = {
	resource: 'attestation',
	operation: 'create',
	country: { __rl: true, mode: 'code', value: 'NL' },
	language: { __rl: true, mode: 'code', value: 'nl-NL' },
	companyName: '={{ $json.companyName }}',
	signatoryFirstName: 'Tania',
	signatoryLastName: 'Carr',
	options: {},
};
const GET_CUSTOMER: IDataObject = {
	resource: 'customer',
	operation: 'get',
	authentication: 'appOnly',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
};
const asApp = (parameters: IDataObject): NodeSettings => ({
	parameters,
	credentials: APP_CREDENTIAL,
	onError: 'continueErrorOutput',
});
const companies = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ companyName: `Contoso ${index + 1}` }));
const grantsOf = ({ emulator }: Workplace) =>
	emulator.tokenRequests.map(({ grantType, scope, status }) => [grantType, scope, status]);
const TOKEN = ['client_credentials', 'https://api.partnercenter.microsoft.com/.default', 200];

describe("as n8n's own server resolves the credential", () => {
	const stored = { tenantId: 'contoso.onmicrosoft.com', clientId: 'a', clientSecret: 'b' };

	it('it is client credentials for Partner Center, with nothing more for a person to fill in', async () => {
		expect(await resolveAsServer(loadAppOnlyCredentialType(), stored)).toMatchObject({
			grantType: 'clientCredentials',
			scope: 'https://api.partnercenter.microsoft.com/.default',
			authentication: 'body',
			accessTokenUrl: 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token',
			apiBaseUrl: 'https://api.partnercenter.microsoft.com',
		});
	});

	it('is resolved the same way by the engine of these tests', async () => {
		const data = { ...stored, environment: 'emulator', emulatorUrl: 'http://localhost:8787' };
		const store = new CredentialStore({ '2': { type: APP_ONLY_TYPE, data } });
		const helper = new EngineCredentialsHelper([loadAppOnlyCredentialType()], store);
		const additionalData = { variables: {}, executionId: '1' } as never;
		const which = { id: '2', name: '' };
		const mine = await helper.getDecrypted(additionalData, which, APP_ONLY_TYPE, 'manual');
		const theirs = await resolveAsServer(loadAppOnlyCredentialType(), data);
		for (const field of ['accessTokenUrl', 'apiBaseUrl', 'scope', 'grantType']) {
			expect([field, mine[field]]).toEqual([field, theirs[field]]);
		}
	});
});

describe('the token of the app', () => {
	it('is asked for once, by the first use, and kept for the next execution', async () => {
		const { run, credentials } = await open({ attestation: 'preview', latency: 5 });
		const first = await run(companies(20), asApp(ATTESTATION));
		expect(json(first.errors)).toEqual([]);
		expect(first.confirmed).toHaveLength(20);
		expect(grantsOf(place)).toEqual([TOKEN]);
		expect(credentials.tokenWrites).toMatchObject([{ id: '2' }]);
		await run(companies(3), asApp(ATTESTATION));
		expect(grantsOf(place)).toEqual([TOKEN]);
	});

	it('is asked for once by executions that start at the same time', async () => {
		const { run } = await open({ attestation: 'preview', latency: 5 });
		const runs = [1, 2, 3].map(() => run(companies(10), asApp(ATTESTATION)));
		for (const { errors, confirmed } of await Promise.all(runs)) {
			expect(json(errors)).toEqual([]);
			expect(confirmed).toHaveLength(10);
		}
		expect(grantsOf(place)).toEqual([TOKEN]);
	});

	it('that expires under load is renewed once, and no attestation is created twice', async () => {
		const { run, emulator } = await open({ attestation: 'preview', latency: 10 });
		await run(companies(1), asApp(ATTESTATION));
		const running = run(companies(40), asApp(ATTESTATION));
		while (emulator.attestations.length < 15) await new Promise((r) => setTimeout(r, 2));
		emulator.expireAccessTokens();
		const { confirmed, errors } = await running;
		expect(json(errors)).toEqual([]);
		expect(confirmed).toHaveLength(40);
		expect(emulator.attestations).toHaveLength(41);
		expect(grantsOf(place)).toEqual([TOKEN, TOKEN]);
	});

	it('that expired before is renewed once, however many requests are under way', async () => {
		const { run, emulator } = await open({ attestation: 'preview' });
		await run(companies(1), asApp(ATTESTATION));
		emulator.expireAccessTokens();
		const { confirmed } = await run(companies(20), asApp(ATTESTATION));
		expect(confirmed).toHaveLength(20);
		expect(grantsOf(place)).toEqual([TOKEN, TOKEN]);
	});

	it('that is taken away under way is asked for anew, and every item is done', async () => {
		const { run, emulator, credentials } = await open({ attestation: 'preview' });
		const { createAttestation } = attestations;
		jest.spyOn(attestations, 'createAttestation').mockImplementationOnce((world, body) => {
			delete credentials.data('2').oauthTokenData;
			const match = { path: '/attestations/' };
			emulator.faults.script([{ match, times: 1, what: 'expired-401' }]);
			return createAttestation(world, body);
		});
		const parameters = { ...ATTESTATION, options: { maxConcurrency: 1 } };
		const { confirmed, errors } = await run(companies(4), asApp(parameters));
		jest.restoreAllMocks();
		expect(json(errors)).toEqual([]);
		expect(confirmed).toHaveLength(4);
		expect(emulator.attestations).toHaveLength(4);
		expect(grantsOf(place)).toEqual([TOKEN, TOKEN]);
	});

	it('with a wrong secret: each item says what to correct, and nothing is sent', async () => {
		const { run, emulator, credentials } = await open({ attestation: 'preview' });
		credentials.data('2').clientSecret = 'another-secret-of-nobody';
		const { confirmed, errors } = await run(companies(5), asApp(ATTESTATION));
		expect(confirmed).toEqual([]);
		expect(json(errors)).toHaveLength(5);
		for (const { error, message } of json(errors)) {
			expect(error).toMatch(/^Microsoft Entra refused the client secret \[Item \d\]$/);
			expect(message).toMatch(/and save it\. Microsoft's code: AADSTS7000215\.$/);
		}
		expect(emulator.requests.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
		expect(emulator.tokenRequests).toHaveLength(1);
	});

	it('is in no item, message, hint or stored data of the execution', async () => {
		const { run, emulator, credentials } = await open({ attestation: 'preview' });
		const runs = [await run(companies(2), asApp(ATTESTATION))];
		const tokenOf = () => JSON.stringify(credentials.data('2').oauthTokenData);
		const secrets = [tokenOf()];
		emulator.expireAccessTokens();
		runs.push(await run([{}, { companyName: 'Contoso' }], asApp(ATTESTATION)));
		secrets.push(tokenOf());
		const seen = runs.map(({ result }) => JSON.stringify([result.full, result.error])).join();
		for (const secret of secrets) {
			const token = /"access_token":"([^"]+)"/.exec(secret)?.[1] ?? '';
			expect(token.length).toBeGreaterThan(20);
			expect(seen).not.toContain(token);
		}
		expect(seen).not.toContain(String(credentials.data('2').clientSecret));
	});
});

describe('which credential an operation takes', () => {
	it('customers take either: the app reads them too', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		const { confirmed } = await run([record(1), record(2)], asApp(GET_CUSTOMER));
		expect(json(confirmed).map(({ companyName }) => companyName)).toEqual([
			'Contoso 1',
			'Contoso 2',
		]);
		const list = { ...GET_CUSTOMER, operation: 'getAll', returnAll: true };
		expect((await run([{}], asApp(list))).confirmed).toHaveLength(2);
		expect(grantsOf(place)).toEqual([TOKEN]);
		expect(emulator.requests.every(({ status }) => status === 200)).toBe(true);
	});

	it('customers take the connected user where nothing was chosen, as in workflows from before', async () => {
		const { run } = await open({ state: { customers: customers(1) } });
		const parameters = { ...GET_CUSTOMER };
		delete parameters.authentication;
		const { confirmed } = await run([record(1)], { parameters });
		expect(confirmed).toHaveLength(1);
		expect(grantsOf(place)).toEqual([]);
	});

	const confirm = { resource: 'customerAgreement', operation: 'confirm' };
	const status = { resource: 'customerAgreement', operation: 'getStatus' };
	const document = { resource: 'agreementTemplate', operation: 'downloadDocument' };
	it.each([
		['Confirm', confirm, APP_CREDENTIAL, 'App+User', 'App-only'],
		['Confirm', { ...confirm, authentication: 'appOnly' }, APP_CREDENTIAL, 'App+User', 'App-only'],
		['Get Status', status, APP_CREDENTIAL, 'App+User', 'App-only'],
		['Get Many', { ...status, operation: 'getAll' }, APP_CREDENTIAL, 'App+User', 'App-only'],
		['Download Document', document, APP_CREDENTIAL, 'App+User', 'App-only'],
		[
			'Get MCA Metadata',
			{ ...document, operation: 'getMetadata' },
			APP_CREDENTIAL,
			'App+User',
			'App-only',
		],
		['Create', ATTESTATION, USER_CREDENTIAL, 'App-only', 'App+User'],
		['Get', GET_CUSTOMER, USER_CREDENTIAL, 'App-only', 'App+User'],
	])(
		'%s with the other credential is refused item by item, and nothing is sent',
		async (name, parameters: IDataObject, credentials, needed, held) => {
			const { run, emulator } = await open({ attestation: 'preview' });
			const settings = { parameters, credentials, onError: 'continueErrorOutput' as const };
			const { confirmed, errors } = await run([record(1), record(2)], settings);
			expect(confirmed).toEqual([]);
			expect(json(errors)).toHaveLength(2);
			for (const { error, message } of json(errors)) {
				expect(error).toMatch(
					new RegExp(`^'${name}' needs the credential '.*' \\(${needed.replace('+', '\\+')}\\)`),
				);
				expect(error).toContain(`(${held}) [Item `);
				expect(message).toMatch(/^Open the node and select the credential 'Microsoft Partner/);
			}
			expect(emulator.requests).toEqual([]);
		},
	);

	it('refused with On Error "Stop Workflow", the execution stops with the same sentence', async () => {
		const { run } = await open();
		const { result } = await run([record(1)], { credentials: APP_CREDENTIAL });
		expect(result.error?.message).toMatch(
			/^'Confirm' needs the credential '.*App-only\) \[Item 0\]$/,
		);
	});

	it('without any credential, an item says so', async () => {
		const { run } = await open();
		const { errors } = await run([record(1)], { credentials: {}, onError: 'continueErrorOutput' });
		expect(json(errors)[0]?.error).toBe("'Confirm' has no credential [Item 0]");
	});

	it('with both credentials in the node, the right one is used', async () => {
		const { run } = await open({ attestation: 'preview' });
		const credentials = { ...USER_CREDENTIAL, ...APP_CREDENTIAL };
		const { confirmed } = await run(companies(1), { ...asApp(ATTESTATION), credentials });
		expect(confirmed).toHaveLength(1);
	});

	it('a choice that does not exist is refused in words', async () => {
		const { run, emulator } = await open();
		const parameters = { ...GET_CUSTOMER, authentication: '={{ "both" }}' };
		const { errors } = await run([record(1)], asApp(parameters));
		expect(json(errors)[0]?.error).toMatch(/^'Authentication' is not one of the choices/);
		expect(emulator.requests).toEqual([]);
	});
});

describe('what the form shows', () => {
	const { description } = loadNode();
	const shown = (parameters: INode['parameters']) => {
		const node: INode = {
			...{ id: '1', name: 'Node', type: description.name, typeVersion: 1 },
			...{ position: [0, 0], parameters },
		};
		const values =
			NodeHelpers.getNodeParameters(
				description.properties,
				...([parameters, true, false, node, description] as never as [
					never,
					true,
					false,
					never,
					never,
				]),
			) ?? {};
		const credentials = (description.credentials ?? []).filter((one) =>
			NodeHelpers.displayParameter(values, one, node, description),
		);
		return { authentication: values.authentication, types: credentials.map(({ name }) => name) };
	};

	it.each([
		[{}, undefined, CREDENTIAL_TYPE],
		[{ resource: 'customerAgreement', operation: 'getStatus' }, undefined, CREDENTIAL_TYPE],
		[{ resource: 'customerAgreement', authentication: 'appOnly' }, undefined, CREDENTIAL_TYPE],
		[{ resource: 'agreementTemplate', operation: 'getMetadata' }, undefined, CREDENTIAL_TYPE],
		[{ resource: 'attestation', operation: 'create' }, undefined, APP_ONLY_TYPE],
		[{ resource: 'customer', operation: 'getAll' }, 'appAndUser', CREDENTIAL_TYPE],
		[{ resource: 'customer', authentication: 'appOnly' }, 'appOnly', APP_ONLY_TYPE],
	])('%j: one credential, and the choice only where there is one', (parameters, choice, type) => {
		expect(shown(parameters)).toEqual({ authentication: choice, types: [type] });
	});
});
