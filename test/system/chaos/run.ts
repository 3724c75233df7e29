/** One chaos run: the plan's records through the node, in n8n's engine, against a faulty emulator. */
import { CredentialStore, runWorkflow, type RunResult } from '../../../dev/engine/runWorkflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { connectedCredentialFields } from '../../../dev/emulator/credentialFields';
import { EMULATOR_CLIENT_SECRET } from '../../../dev/emulator/identity/registeredApp';
import { randomNumbers } from '../../../dev/emulator/faults/randomNumbers';
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import type { EmulatorState } from '../../../dev/emulator/state';
import { CREDENTIAL_TYPE, loadCredentialType, workflowAround } from '../../engine/workplace';
import { recordClientCalls, type ClientCalls } from './clientCalls';
import { recordLogs } from './logs';
import type { PackageCopy } from './packageCopy';
import {
	drawRecords,
	EXPIRIES,
	FAULT_KINDS,
	FAULT_RATE,
	RETRY_AFTER_SECONDS,
	type Plan,
} from './plan';

export interface ChaosRun {
	plan: Plan;
	records: IDataObject[];
	/** Customers and agreements before the run. */
	before: EmulatorState;
	emulator: Emulator;
	calls: ClientCalls;
	result: RunResult;
	/** Confirmed, Already Exists, error output. */
	outputs: INodeExecutionData[][];
	/** How often all tokens were made to expire. */
	expiries: number;
	/** What n8n and the node logged. */
	logs: string[];
	/** Tokens and secrets that were in use: none may be seen anywhere. */
	secrets: string[];
}

/** @returns what happened; the emulator is closed, but its state and log can be read */
export async function runChaos(plan: Plan, { node }: PackageCopy): Promise<ChaosRun> {
	const { records, state } = drawRecords(plan);
	const emulator = await startEmulator({
		state,
		latency: [0, 4],
		// A renewal too many shows only where a refresh token works once.
		switches: { replaySameRequestId: plan.replay, refuseReusedRefreshToken: true },
	});
	const calls = recordClientCalls(emulator.baseUrl, RETRY_AFTER_SECONDS);
	try {
		const before = structuredClone(emulator.state);
		const oauthTokenData = await emulator.issueTokens({ kind: 'user' });
		const credentials = new CredentialStore({
			[`chaos-${plan.seed}`]: {
				type: CREDENTIAL_TYPE,
				data: connectedCredentialFields(emulator.baseUrl, oauthTokenData),
			},
		});
		emulator.faults.atRandom({ seed: plan.seed, rate: FAULT_RATE, kinds: [...FAULT_KINDS] });
		const workflow = workflowAround({
			...(plan.onError === 'errorOutput' && { onError: 'continueErrorOutput' }),
			...(plan.retryOnFail && { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 }),
			parameters: { options: { maxConcurrency: plan.maxConcurrency } },
		});
		for (const one of workflow.nodes) {
			if (one.credentials) {
				one.credentials[CREDENTIAL_TYPE] = { id: `chaos-${plan.seed}`, name: 'Partner Center' };
			}
		}
		const logs = recordLogs();
		const clock = expireNowAndThen(plan, emulator);
		const result = await runWorkflow({
			workflow,
			nodeTypes: [node],
			credentialTypes: [loadCredentialType()],
			credentials,
			input: records.map((json) => ({ json })),
		});
		const expiries = clock.stop();
		const tokens = [oauthTokenData, ...credentials.tokenWrites.map((one) => one.oauthTokenData)];
		const secrets = tokens.flatMap((data) => {
			const { access_token, refresh_token } = data as Record<string, string | undefined>;
			return [access_token, refresh_token].filter((one) => one !== undefined);
		});
		return {
			plan,
			records,
			before,
			emulator,
			calls,
			result,
			outputs: result.outputs('Confirm'),
			expiries,
			logs,
			secrets: [...secrets, EMULATOR_CLIENT_SECRET],
		};
	} finally {
		calls.stop();
		await emulator.close();
	}
}

/** Lets all tokens expire when a drawn number of writes has been seen. */
function expireNowAndThen(plan: Plan, emulator: Emulator): { stop(): number } {
	const random = randomNumbers(plan.seed + 1);
	const moments = Array.from({ length: EXPIRIES }, () => Math.floor(random() * plan.items));
	let expiries = 0;
	const timer = setInterval(() => {
		const due = moments.findIndex((moment) => emulator.requests.length > moment);
		if (due === -1) return;
		moments.splice(due, 1);
		expiries += 1;
		emulator.expireAccessTokens();
	}, 1);
	return {
		stop: () => {
			clearInterval(timer);
			return expiries;
		},
	};
}
