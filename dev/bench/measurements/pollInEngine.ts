/** One poll of the trigger in n8n's engine, in this process: n8n itself can't be asked for one. */
import '../../engine/userFolder';
import { ExternalSecretsProxy, PollContext } from 'n8n-core';
import { join } from 'node:path';
import {
	Workflow,
	type ICredentialType,
	type INodeType,
	type IPollFunctions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { CredentialStore, EngineCredentialsHelper } from '../../engine/credentials';
import { EngineNodeTypes } from '../../engine/nodeTypes';
import { parseWorkflow } from '../../engine/workflowFile';
import { CREDENTIAL, CREDENTIAL_TYPE } from '../../n8n/sampleContent';
import { customerAt } from '../naiveNode/nodes/customerAt';
import type { Bench } from './measurement';

const DIST = join(__dirname, '../../../dist');

export interface Polled {
	seconds: number;
	items: number;
	stateBytes: number;
}

/** A class that a built file exports, made. */
function built<T>(file: string, name: string): T {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the built file, as n8n loads it
	const exported = require(join(DIST, file)) as Record<string, new () => T>;
	const Type = exported[name];
	if (Type === undefined) throw new Error(`${file} has no ${name}`);
	return new Type();
}

/** @param records how many the activity log holds that are new to the trigger */
export async function pollOnce(bench: Bench, records: number): Promise<Polled> {
	const { emulator } = bench.place;
	await emulator.prepare(1, {});
	const trigger = built<INodeType>(
		'nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenterTrigger.node.js',
		'MicrosoftPartnerCenterTrigger',
	);
	const credentialType = built<ICredentialType>(
		'credentials/MicrosoftPartnerCenterOAuth2Api.credentials.js',
		'MicrosoftPartnerCenterOAuth2Api',
	);
	const data = (await emulator.credentialData()) as CredentialStoreData;
	const credentials = new CredentialStore({ [CREDENTIAL.id]: { type: CREDENTIAL_TYPE, data } });
	const file = parseWorkflow(
		JSON.stringify({
			name: 'poll',
			nodes: [
				{
					id: 'trigger',
					name: 'Partner Center',
					type: `n8n-nodes-microsoft-partner-center.${trigger.description.name}`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
					credentials: { [CREDENTIAL_TYPE]: CREDENTIAL },
				},
			],
			connections: {},
		}),
	);
	const workflow = new Workflow({
		nodes: file.nodes,
		connections: {},
		active: true,
		nodeTypes: new EngineNodeTypes([trigger], file),
	});
	const [node] = Object.values(workflow.nodes);
	if (node === undefined || trigger.poll === undefined) throw new Error('nothing to poll');
	const additionalData = {
		credentialsHelper: new EngineCredentialsHelper([credentialType], credentials),
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	const poll = async () => {
		const context = new PollContext(workflow, node, additionalData, 'trigger', 'activate');
		return await trigger.poll?.call(context as unknown as IPollFunctions);
	};
	// The first poll only notes where it begins.
	await poll();
	await emulator.addAuditRecords(
		Array.from({ length: records }, (_, index) => ({
			customerId: customerAt(index).customerId,
			customerName: customerAt(index).companyName,
		})),
	);
	const began = performance.now();
	const output = await poll();
	const seconds = (performance.now() - began) / 1000;
	return {
		seconds,
		items: output?.[0]?.length ?? 0,
		stateBytes: Buffer.byteLength(JSON.stringify(workflow.staticData)),
	};
}

type CredentialStoreData = ConstructorParameters<typeof CredentialStore>[0][string]['data'];
