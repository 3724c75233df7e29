/**
 * Runs in a process of its own, on one version of n8n's engine: loads the unpacked package and
 * confirms, once for each outcome and once with an expired token. Writes what it saw to stdout.
 */
import { CredentialStore, runWorkflow, type WorkflowFile } from '../../../dev/engine/runWorkflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, IDataObject, INode, INodeType } from 'n8n-workflow';

import { connectedCredentialFields } from '../../../dev/emulator/credentialFields';
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import { CONFIRM_FROM_RECORD } from '../../../dev/n8n/confirmFromRecord';

const unpacked = process.env.UNPACKED_PACKAGE ?? '';
const CREDENTIAL = 'microsoftPartnerCenterOAuth2Api';
const PARALLEL = 8;

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** As n8n does it: the class is named like its file. */
function load<T>(file: string): T {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- as n8n loads it
	const loaded = require(path.join(unpacked, file)) as Record<string, new () => T>;
	const Class = loaded[path.basename(file).split('.')[0] ?? ''];
	if (Class === undefined) throw new Error(`${file} holds no class of its name`);
	return new Class();
}

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const record = (number: number): IDataObject => ({
	customerId: idOf(number),
	firstName: 'Győző',
	lastName: 'Szőke',
	email: `gyozo.szoke@contoso${number}.example`,
	dateAgreed: '2024-06-14',
});

function workflowOf(type: string): WorkflowFile {
	const node = (name: string, nodeType: string): INode => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	});
	const confirm: INode = {
		...node('Confirm', type),
		onError: 'continueErrorOutput',
		credentials: { [CREDENTIAL]: { id: '1', name: 'Partner Center' } },
		parameters: CONFIRM_FROM_RECORD,
	};
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		name: 'Compatibility',
		nodes: [node('Customers', 'n8n-nodes-base.manualTrigger'), confirm],
		connections: { Customers: { main: [to('Confirm')] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Files of n8n that this process took from another place than the host's. */
function foreignFiles(): string[] {
	const modules = path.join(process.env.HOST_MODULES ?? '', path.sep);
	return Object.keys(require.cache)
		.filter((file) => /node_modules\/n8n-(core|workflow)\//.test(file))
		.filter((file) => !file.startsWith(modules));
}

const idsOf = (items: Array<{ json: IDataObject }> | undefined): unknown[] =>
	(items ?? []).map(({ json }) => json.customerId);

async function main(): Promise<void> {
	const manifest = JSON.parse(
		readFileSync(path.join(unpacked, 'package.json'), 'utf8'),
	) as Manifest;
	const nodes = manifest.n8n.nodes.map((file) => load<INodeType>(file));
	const credentialTypes = manifest.n8n.credentials.map((file) => load<ICredentialType>(file));
	const customers = Array.from({ length: PARALLEL + 2 }, (_, index) => ({
		id: idOf(index + 1),
		companyName: `Contoso ${index + 1}`,
		domain: `contoso${index + 1}.onmicrosoft.com`,
	}));
	const emulator: Emulator = await startEmulator({ state: { customers }, latency: 5 });
	const tokens = await emulator.issueTokens({ kind: 'user' });
	const credentials = new CredentialStore({
		'1': { type: CREDENTIAL, data: connectedCredentialFields(emulator.baseUrl, tokens) },
	});
	const confirm = async (records: IDataObject[]) => {
		const result = await runWorkflow({
			workflow: workflowOf(`${manifest.name}.microsoftPartnerCenter`),
			nodeTypes: nodes,
			credentialTypes,
			credentials,
			input: records.map((json) => ({ json })),
		});
		const [confirmed = [], alreadyExists = [], errors = []] = result.outputs('Confirm');
		return { result, confirmed, alreadyExists, errors };
	};

	await confirm([record(2)]);
	const outcomes = await confirm([record(1), record(2), record(99)]);
	emulator.expireAccessTokens();
	const before = emulator.tokenRequests.length;
	const parallel = await confirm(Array.from({ length: PARALLEL }, (_, n) => record(n + 3)));
	await emulator.close();

	const [refused] = outcomes.errors;
	const seen = {
		loaded: [
			...nodes.map(({ description }) => description.name),
			...credentialTypes.map((type) => type.name),
		],
		outputNames: outcomes.result.outputNames('Confirm'),
		confirmed: idsOf(outcomes.confirmed),
		alreadyExists: idsOf(outcomes.alreadyExists),
		errors: idsOf(outcomes.errors),
		error: refused?.json.error,
		advice: refused?.json.message,
		foreign: foreignFiles(),
		hints: outcomes.result.hints('Confirm').length,
		afterExpiry: {
			confirmed: parallel.confirmed.length,
			failed: parallel.errors.map(({ json }) => json.error),
			tokenRequests: emulator.tokenRequests.length - before,
			stored: credentials.tokenWrites.length,
		},
	};
	process.stdout.write(`${JSON.stringify(seen)}\n`);
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
