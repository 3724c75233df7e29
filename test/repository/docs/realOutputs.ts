/**
 * What the built node really gives out, for the examples in the documentation: each run is the one
 * that a reader would make, in n8n's engine against the emulator.
 */
import type { IDataObject, INode } from 'n8n-workflow';

import { sampleState } from '../../../dev/emulator/sampleCustomers';
import type { EmulatorOptions } from '../../../dev/emulator/startEmulator';
import {
	CREDENTIAL_TYPE,
	json,
	loadCredentialType,
	loadTrigger,
	openWorkplace,
	type NodeSettings,
	type Workplace,
} from '../../engine/workplace';
import { runWorkflow } from '../../../dev/engine/runWorkflow';
import { operations } from './operations';

const CONTOSO = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const FABRIKAM = 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02';
const HUMONGOUS = 'e74958fa-f6e2-4365-9a84-9e6b61ec55e9';
const ALPINE = 'f34259b5-9534-41ed-990f-90bbeb62b024';
const NOBODY = 'b7c1f0d2-3e64-4a58-9d0f-61a2c48e5b37';

const ERROR_OUTPUT = { onError: 'continueErrorOutput' } as const;
const CONTINUE = { onError: 'continueRegularOutput' } as const;

/** The reseller of Microsoft's own example. */
const RELECLOUD = {
	id: 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28',
	name: 'ReleCloud',
	mpnId: '4847433',
	location: 'BR',
};

/** The contact of Microsoft's own example. */
const record = (more: IDataObject = {}): IDataObject => ({
	customerId: CONTOSO,
	firstName: 'Tania',
	lastName: 'Carr',
	email: 'someone@example.com',
	phoneNumber: '1234567890',
	dateAgreed: '2025-06-12',
	...more,
});

const reading = (
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: NodeSettings = {},
): NodeSettings => ({ ...settings, parameters: { resource, operation, ...parameters } });

type Scenario = (place: Workplace) => Promise<IDataObject[]>;

/** All items of all outputs. */
async function items(
	place: Workplace,
	records: IDataObject[],
	settings?: NodeSettings,
): Promise<IDataObject[]> {
	const { outputs } = await place.run(records, settings);
	return outputs.flatMap((output) => json(output));
}

const scenarios: Array<{ run: Scenario; options?: EmulatorOptions }> = [
	// Every operation with its form as it opens, for one customer: a new one needs nothing more.
	...operations.map(({ resource, operation }) => ({
		run: async (place: Workplace) =>
			await items(place, [{ customerId: CONTOSO }], reading(resource, operation, {}, ERROR_OUTPUT)),
	})),
	{
		// What comes before the agreement.
		options: { state: { ...sampleState, indirectResellers: [RELECLOUD] } },
		run: async (place) => [
			...(await items(
				place,
				[{}],
				reading('customer', 'checkDomain', { domain: 'contoso.onmicrosoft.com' }),
			)),
			...(await items(
				place,
				[{}],
				reading('customer', 'validateAddress', {
					addressLine1: 'Microsoft Way',
					city: 'Redmond',
					state: 'WA',
					postalCode: '98052',
					country: { __rl: true, mode: 'code', value: 'US' },
				}),
			)),
			...(await items(place, [{}], reading('indirectReseller', 'getAll'))),
			...(await items(
				place,
				[{}],
				reading('indirectReseller', 'getAgreementStatus', { indirectResellerId: '4847433' }),
			)),
		],
	},
	{
		// Confirm, then the same contact with another date, then a customer that nobody knows.
		run: async (place) => [
			...(await items(place, [record(), record({ customerId: NOBODY })], ERROR_OUTPUT)),
			...(await items(place, [record({ dateAgreed: '2025-07-01' })], ERROR_OUTPUT)),
		],
	},
	{
		// The answer to the write is lost, and Partner Center does not know the second try for the first.
		options: { switches: { replaySameRequestId: false } },
		run: async (place) => {
			place.emulator.faults.script([{ match: { method: 'POST' }, what: 'reset-after-write' }]);
			return await items(place, [record({ email: 'rec@example.com' })], ERROR_OUTPUT);
		},
	},
	{
		run: async (place) =>
			await items(place, [record({ email: 'dry@example.com' })], {
				...ERROR_OUTPUT,
				parameters: { options: { dryRun: true } },
			}),
	},
	{
		run: async (place) => {
			const settings = { ...ERROR_OUTPUT, alwaysOutputData: true };
			return await items(place, [record({ email: 'x' })], settings);
		},
	},
	{
		run: async (place) => [
			...(await items(place, [record({ email: 'someone(at)example.com' })], ERROR_OUTPUT)),
			...(await items(place, [record({ email: 'someone(at)example.com' })], CONTINUE)),
		],
	},
	{
		run: async (place) => [
			...(await items(
				place,
				[{ customerId: HUMONGOUS, companyName: 'Humongous Insurance' }, { customerId: ALPINE }],
				reading('customerAgreement', 'getStatus'),
			)),
			...(await items(place, [{ customerId: FABRIKAM }], reading('customerAgreement', 'getAll'))),
			...(await items(
				place,
				[{}],
				reading('agreementTemplate', 'downloadDocument', {
					language: { __rl: true, mode: 'list', value: 'nl-NL' },
					country: { __rl: true, mode: 'list', value: 'NL' },
				}),
			)),
			...(await items(
				place,
				[{}],
				reading(
					'customer',
					'get',
					{ customerId: { __rl: true, mode: 'domain', value: 'adventureworks.onmicrosoft.co' } },
					CONTINUE,
				),
			)),
		],
	},
	{
		// The trigger, run in the editor after a confirmation.
		run: async (place) => {
			await items(place, [record()]);
			return await triggered(place);
		},
	},
];

async function triggered(place: Workplace): Promise<IDataObject[]> {
	const trigger: INode = {
		id: 'trigger',
		name: 'Partner Center',
		type: 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { event: 'agreementConfirmed' },
		credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Partner Center' } },
	};
	const result = await runWorkflow({
		workflow: {
			name: 'Follow Partner Center',
			nodes: [trigger],
			connections: {},
			settings: { executionOrder: 'v1' },
		},
		nodeTypes: [loadTrigger()],
		credentialTypes: [loadCredentialType()],
		credentials: place.credentials,
	});
	return json(result.outputs('Partner Center')[0]);
}

/** Every item that the runs gave out. */
export async function realOutputs(): Promise<IDataObject[]> {
	const all: IDataObject[] = [];
	for (const { run, options } of scenarios) {
		const place = await openWorkplace(options);
		try {
			all.push(...(await run(place)));
		} finally {
			await place.close();
		}
	}
	return all;
}

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ONE_GUID = new RegExp(`^${GUID}$`);
const IDS_IN_TEXT = new RegExp(`MS-RequestId ${GUID}, MS-CorrelationId ${GUID}`, 'g');
const TICKS = /_\d{18}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}Z$/;

/**
 * The text of a JSON value with what differs from run to run replaced: request IDs, and the time of
 * an event. All else, and the order of the keys, stays.
 */
export function shapeOf(value: unknown): string {
	return JSON.stringify(
		value,
		(key, one: unknown) => {
			if (typeof one !== 'string') return one;
			if (/^(requestId|correlationId)$/.test(key) && ONE_GUID.test(one)) return '‹a GUID›';
			if (key === 'id' && TICKS.test(one)) return one.replace(TICKS, '_‹ticks›');
			if (key === 'operationDate' && TIME.test(one)) return '‹a time›';
			return one.replace(IDS_IN_TEXT, 'MS-RequestId ‹a GUID›, MS-CorrelationId ‹a GUID›');
		},
		2,
	);
}
