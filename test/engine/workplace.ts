/**
 * Where the engine tests work: the built node and credential, the emulator over real HTTP, and
 * n8n's own engine of the major that the jest project stands for.
 */
import {
	CredentialStore,
	removeUserFolder,
	runWorkflow,
	type RunOptions,
	type RunResult,
	type WorkflowFile,
} from '../../dev/engine/runWorkflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import {
	startEmulator,
	type Emulator,
	type EmulatorOptions,
} from '../../dev/emulator/startEmulator';
import { connectedCredentialFields, credentialFields } from '../../dev/emulator/credentialFields';
import type { EmulatorStateInput } from '../../dev/emulator/state';
import { CONFIRM_FROM_RECORD } from '../../dev/n8n/confirmFromRecord';

const dist = path.join(__dirname, '../../dist');

/** Which n8n this is: `n8n-1` or `n8n-2`. */
export const engine = (globalThis as unknown as { ENGINE: string }).ENGINE;
export const engineModules = (globalThis as unknown as { ENGINE_MODULES: string }).ENGINE_MODULES;

export const CREDENTIAL_TYPE = 'microsoftPartnerCenterOAuth2Api';
export const APP_ONLY_TYPE = 'microsoftPartnerCenterAppOnlyOAuth2Api';

/** A node's credentials, as n8n stores them with it. */
export const USER_CREDENTIAL = { [CREDENTIAL_TYPE]: { id: '1', name: 'Partner Center' } };
export const APP_CREDENTIAL = { [APP_ONLY_TYPE]: { id: '2', name: 'Partner Center app' } };

/* eslint-disable @typescript-eslint/no-require-imports -- the built files, as n8n loads them */
export function loadNode(): INodeType {
	const file = `${dist}/nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenter.node.js`;
	const { MicrosoftPartnerCenter } = require(file) as {
		MicrosoftPartnerCenter: new () => INodeType;
	};
	return new MicrosoftPartnerCenter();
}

export function loadCredentialType(): ICredentialType {
	const file = `${dist}/credentials/MicrosoftPartnerCenterOAuth2Api.credentials.js`;
	const { MicrosoftPartnerCenterOAuth2Api } = require(file) as {
		MicrosoftPartnerCenterOAuth2Api: new () => ICredentialType;
	};
	return new MicrosoftPartnerCenterOAuth2Api();
}

export function loadAppOnlyCredentialType(): ICredentialType {
	const file = `${dist}/credentials/MicrosoftPartnerCenterAppOnlyOAuth2Api.credentials.js`;
	const { MicrosoftPartnerCenterAppOnlyOAuth2Api } = require(file) as {
		MicrosoftPartnerCenterAppOnlyOAuth2Api: new () => ICredentialType;
	};
	return new MicrosoftPartnerCenterAppOnlyOAuth2Api();
}

export function loadTrigger(): INodeType {
	const file = `${dist}/nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenterTrigger.node.js`;
	const { MicrosoftPartnerCenterTrigger } = require(file) as {
		MicrosoftPartnerCenterTrigger: new () => INodeType;
	};
	return new MicrosoftPartnerCenterTrigger();
}
/* eslint-enable */

/** Version of a package as this engine loads it. */
export function engineVersion(name: string): string {
	const manifest = readFileSync(path.join(engineModules, name, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

/** A customer's GUID that is easy to tell apart: `…-00000000002a` for 42. */
export const customerId = (number: number): string =>
	`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** One customer of the emulator, without agreements unless said otherwise. */
export const customer = (
	number: number,
	more: Partial<EmulatorStateInput['customers'][number]> = {},
): EmulatorStateInput['customers'][number] => ({
	id: customerId(number),
	companyName: `Contoso ${number}`,
	domain: `contoso${number}.onmicrosoft.com`,
	...more,
});

export const customers = (count: number): EmulatorStateInput['customers'] =>
	Array.from({ length: count }, (_, index) => customer(index + 1));

/** A record as a CRM would hand it over. */
export const record = (number: number, more: IDataObject = {}): IDataObject => ({
	customerId: customerId(number),
	firstName: 'Tania',
	lastName: 'Carr',
	email: `tania.carr@contoso${number}.example`,
	phoneNumber: '1234567890',
	dateAgreed: '2024-06-14',
	...more,
});

const FROM_RECORD: IDataObject = {
	...CONFIRM_FROM_RECORD,
	additionalFields: { phoneNumber: '={{ $json.phoneNumber }}' },
};

export interface NodeSettings {
	parameters?: IDataObject;
	/** Default: the credential that a user has connected. */
	credentials?: NonNullable<INode['credentials']>;
	onError?: NonNullable<INode['onError']>;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

/** A node of a workflow, without parameters; its ID is its name. */
export const node = (name: string, type: string): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

/** Trigger → our node → one no-operation node behind each output. */
export function workflowAround({ parameters = {}, ...settings }: NodeSettings = {}): WorkflowFile {
	const behind = ['Behind 0', 'Behind 1', 'Behind 2'];
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		name: 'Confirm customer agreements',
		nodes: [
			node('Customers', 'n8n-nodes-base.manualTrigger'),
			{
				...node('Confirm', 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenter'),
				parameters: { ...FROM_RECORD, ...parameters } as INode['parameters'],
				credentials: USER_CREDENTIAL,
				...settings,
			},
			...behind.map((name) => node(name, 'n8n-nodes-base.noOp')),
		],
		connections: {
			Customers: { main: [to('Confirm')] },
			Confirm: { main: behind.map(to) },
		},
		settings: { executionOrder: 'v1', timezone: 'Europe/Amsterdam' },
	};
}

export interface Workplace {
	emulator: Emulator;
	credentials: CredentialStore;
	/** Runs our node on the records and answers with what came out. */
	run(
		records: IDataObject[],
		settings?: NodeSettings,
		more?: Partial<RunOptions>,
	): Promise<Outcome>;
	close(): Promise<void>;
}

export interface Outcome {
	result: RunResult;
	/** The items of each output of our node. */
	outputs: INodeExecutionData[][];
	confirmed: INodeExecutionData[];
	alreadyExists: INodeExecutionData[];
	/** The error output, when On Error is "Continue (using error output)". */
	errors: INodeExecutionData[];
}

export const json = (items: INodeExecutionData[] | undefined): IDataObject[] =>
	(items ?? []).map((item) => item.json);

/** Sorted list of the input indices that items are paired with. */
export const pairs = (items: INodeExecutionData[] | undefined): unknown[] =>
	(items ?? []).map(({ pairedItem }) =>
		typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem,
	);

/** An emulator of its own, a credential that a user has connected to it, and one of the app alone. */
export async function openWorkplace(options: EmulatorOptions = {}): Promise<Workplace> {
	// A refresh token that works once shows a renewal too many, where Entra's own would hide it.
	const switches = { refuseReusedRefreshToken: true, ...options.switches };
	const emulator = await startEmulator({ ...options, switches });
	const oauthTokenData = await emulator.issueTokens({ kind: 'user' });
	const credentials = new CredentialStore({
		'1': {
			type: CREDENTIAL_TYPE,
			data: connectedCredentialFields(emulator.baseUrl, oauthTokenData),
		},
		// Saved, and never used: n8n asks for its first token when it needs one.
		'2': { type: APP_ONLY_TYPE, data: credentialFields(emulator.baseUrl) },
	});
	return {
		emulator,
		credentials,
		async run(records, settings = {}, more = {}) {
			const result = await runWorkflow({
				workflow: workflowAround(settings),
				nodeTypes: [loadNode()],
				credentialTypes: [loadCredentialType(), loadAppOnlyCredentialType()],
				credentials,
				input: records.map((one) => ({ json: one })),
				...more,
			});
			const outputs = result.outputs('Confirm');
			const [confirmed = [], alreadyExists = [], errors = []] = outputs;
			return { result, outputs, confirmed, alreadyExists, errors };
		},
		close: () => emulator.close(),
	};
}

/** Requests that could have recorded a confirmation. */
export const writes = ({ requests }: Emulator) =>
	requests.filter(({ method, path: target }) => method === 'POST' && /\/agreements$/.test(target));

/** How many agreements the emulator holds, over all customers or of one. */
export const agreementsOf = ({ state }: Emulator, id?: string): number =>
	state.customers
		.filter((one) => id === undefined || one.id === id)
		.reduce((sum, { agreements }) => sum + agreements.length, 0);

afterAll(removeUserFolder);
