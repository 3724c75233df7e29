/** n8n's own HTTP Request node with this package's credentials: the calls of docs/operations/http-request.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { runWorkflow } from '../../dev/engine/runWorkflow';
import { n8nNodes } from './n8nNodes';
import { open, place } from './place';
import {
	APP_ONLY_TYPE,
	CREDENTIAL_TYPE,
	customer,
	customerId,
	customers,
	json,
	loadAppOnlyCredentialType,
	loadCredentialType,
	node,
} from './workplace';

const PAGE = readFileSync(path.join(__dirname, '../../docs/operations/http-request.md'), 'utf8');
/** The addresses that the page shows, as an expression on the item, for the emulator. */
const urls = () =>
	[...PAGE.matchAll(/`https:\/\/api\.partnercenter\.microsoft\.com(\/[^`]+)`/g)].map(
		([, target = '']) => `=${place.emulator.baseUrl}${target}`,
	);
const [, bodyOfPage = ''] = /```http\n[^{]*([\s\S]*?)```/.exec(PAGE) ?? [];

async function request(parameters: IDataObject, input: IDataObject, type = CREDENTIAL_TYPE) {
	const http = {
		...node('Call', 'n8n-nodes-base.httpRequest'),
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: type,
			options: {},
			...parameters,
		},
		credentials: { [type]: { id: type === CREDENTIAL_TYPE ? '1' : '2', name: 'Partner Center' } },
	};
	const result = await runWorkflow({
		workflow: {
			name: 'Call',
			nodes: [node('Start', 'n8n-nodes-base.manualTrigger'), http as never],
			connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
		},
		nodeTypes: [],
		n8nNodes,
		credentialTypes: [loadCredentialType(), loadAppOnlyCredentialType()],
		credentials: place.credentials,
		input: [{ json: input }],
	});
	expect(result.error?.message).toBeUndefined();
	return json(result.outputs('Call').flat());
}

it('the page has three addresses', async () => {
	await open();
	expect(urls()).toHaveLength(3);
});

it('reads a customer’s subscriptions', async () => {
	const subscription = {
		id: 'a356ac8c-e310-44f4-bf85-c7f29044af99',
		offerId: 'DZH318Z0BQ4B:0001',
		friendlyName: 'Exchange Online (Plan 1)',
		quantity: 5,
		creationDate: '2026-01-15T00:00:00Z',
		orderId: 'order-1',
	};
	await open({ state: { customers: [customer(1, { subscriptions: [subscription] })] } });
	const [answer] = await request({ url: urls()[0] }, { customerId: customerId(1) });
	expect(answer).toMatchObject({ totalCount: 1, items: [{ quantity: 5 }] });
});

it('reads the invoices', async () => {
	await open();
	expect(await request({ url: urls()[1] }, {})).toMatchObject([{ totalCount: 0, items: [] }]);
});

it('creates the agreement of an attestation that the customer has accepted', async () => {
	await open({
		attestation: 'preview',
		state: { customers: customers(1) },
		switches: { attestationAcceptance: 'atOnce', legacyConfirmation: 'refuse' },
	});
	const created = await place.run([{}], {
		parameters: {
			resource: 'attestation',
			operation: 'create',
			country: 'US',
			language: 'en-US',
			companyName: 'Contoso 1',
			signatoryFirstName: 'Tania',
			signatoryLastName: 'Carr',
		},
		credentials: { [APP_ONLY_TYPE]: { id: '2', name: 'Partner Center App' } },
	});
	const { attestationId } = json(created.outputs[0])[0] ?? {};
	const body = { ...(JSON.parse(bodyOfPage) as object), attestationId };
	const parameters = {
		method: 'POST',
		url: urls()[2],
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify(body),
	};
	const answer = await request(parameters, { customerId: customerId(1) });
	expect(answer).toMatchObject([{ primaryContact: { firstName: 'Tania' } }]);
	expect(place.emulator.state.customers[0]?.agreements).toHaveLength(1);
});

it('both credentials are offered in the HTTP Request node', () => {
	for (const type of [loadCredentialType(), loadAppOnlyCredentialType()]) {
		expect(type.httpRequestNode).toMatchObject({
			apiBaseUrl: 'https://api.partnercenter.microsoft.com/v1/',
			docsUrl: expect.stringContaining('partner-center/developer'),
		});
	}
	expect(loadCredentialType().httpRequestNode?.name).not.toBe(
		loadAppOnlyCredentialType().httpRequestNode?.name,
	);
});
