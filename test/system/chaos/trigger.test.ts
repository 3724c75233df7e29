/**
 * The trigger when polls are cut short, fail, and n8n restarts between them: every event comes once.
 * In the copy, the time for a poll is up after its first page.
 */
import { ExternalSecretsProxy, PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeType,
	type IPollFunctions,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { connectedCredentialFields } from '../../../dev/emulator/credentialFields';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { CredentialStore, EngineCredentialsHelper } from '../../../dev/engine/runWorkflow';
import { EngineNodeTypes } from '../../../dev/engine/nodeTypes';
import {
	CREDENTIAL_TYPE,
	customerId,
	customers,
	engine,
	loadCredentialType,
	node,
} from '../../engine/workplace';
import {
	copyPackage,
	TRIGGER_MUTATIONS,
	type PackageCopy,
	type TriggerMutation,
} from './packageCopy';

const seed = Number(process.env.CHAOS_SEED ?? 20_250_105);

const MINUTES = 60_000;
const EVENTS = 2_203;
/** Pages of 500, faults among them, and a look at what comes late. */
const MAX_POLLS = 60;

const FAULT_KINDS = ['reset-before-write', 'status-500', 'truncated-json', 'html-502'] as const;

const TYPE = 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTrigger';

/** An active workflow whose node is polled; n8n restarts before each poll. */
function pollOf(trigger: INodeType, credentials: CredentialStore, id: string) {
	const triggerNode: INode = {
		...node('Partner Center', TYPE),
		parameters: { event: 'agreementConfirmed' },
		credentials: { [CREDENTIAL_TYPE]: { id, name: 'Partner Center' } },
	};
	const file = { name: 'Follow Partner Center', nodes: [triggerNode], connections: {} };
	let stored = '{}';
	return async (): Promise<IDataObject[]> => {
		const workflow = new Workflow({
			id: '1',
			...file,
			active: true,
			nodeTypes: new EngineNodeTypes([trigger], file),
			staticData: JSON.parse(stored) as IDataObject,
		});
		const additionalData = {
			credentialsHelper: new EngineCredentialsHelper([loadCredentialType()], credentials),
			externalSecretsProxy: new ExternalSecretsProxy(),
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new PollContext(workflow, triggerNode, additionalData, 'trigger', 'activate');
		const ignore = () => undefined;
		Object.defineProperty(context, 'logger', {
			value: { info: ignore, warn: ignore, debug: ignore, error: ignore },
		});
		const output = await trigger.poll?.call(context as unknown as IPollFunctions);
		stored = JSON.stringify(workflow.staticData);
		return (output?.[0] ?? []).map(({ json }) => json);
	};
}

/** @returns the IDs of the events that came, and of those that there were */
async function follow({ trigger }: PackageCopy): Promise<{ came: string[]; there: string[] }> {
	const emulator = await startEmulator({ state: { customers: customers(1) }, latency: 10 });
	try {
		const id = `trigger-${seed}`;
		const tokens = await emulator.issueTokens({ kind: 'user' });
		const data = connectedCredentialFields(emulator.baseUrl, tokens);
		const poll = pollOf(
			trigger,
			new CredentialStore({ [id]: { type: CREDENTIAL_TYPE, data: { ...data } } }),
			id,
		);
		expect(await poll()).toEqual([]);
		for (let number = 0; number < EVENTS; number++) {
			emulator.audit.add({ customerId: customerId(1), customerName: 'Contoso 1' });
		}
		emulator.faults.atRandom({ seed, rate: 0.3, kinds: [...FAULT_KINDS] });
		const there = emulator.audit.records.map(({ id }) => id);
		const came: string[] = [];
		for (let polls = 0; polls < MAX_POLLS; polls++) {
			// What a poll could not read, the next one reads.
			const events = await poll().catch(() => []);
			came.push(...events.map(({ id }) => String(id)));
		}
		return { came, there };
	} finally {
		await emulator.close();
	}
}

describe(`the trigger under faults (${engine})`, () => {
	it(
		'brings every event once, however little a poll can read',
		async () => {
			const copy = copyPackage();
			try {
				const { came, there } = await follow(copy);
				expect(came).toHaveLength(EVENTS);
				expect(new Set(came)).toEqual(new Set(there));
			} finally {
				copy.remove();
			}
		},
		3 * MINUTES,
	);
});

describe('under faults, this suite would notice the loss of', () => {
	it.each(Object.keys(TRIGGER_MUTATIONS) as TriggerMutation[])(
		'%s',
		async (mutation) => {
			const copy = copyPackage(mutation);
			try {
				const { came } = await follow(copy);
				expect(new Set(came).size).toBeLessThan(EVENTS);
			} finally {
				copy.remove();
			}
		},
		3 * MINUTES,
	);
});
