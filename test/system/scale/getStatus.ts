/**
 * Get Status for 10,000 customers in one execution: every one once, in input order, and within 400
 * MB of memory on top of what n8n's engine takes for the same items with a node that does nothing.
 *
 * Run with `npm run test:scale`. The emulator runs in a process of its own, so that its memory does
 * not count.
 */
import { CredentialStore, runWorkflow, type WorkflowFile } from '../../../dev/engine/runWorkflow';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { connectedCredentialFields } from '../../../dev/emulator/credentialFields';
import { spawnEmulator } from '../../../dev/emulator/spawnEmulator';

const CUSTOMERS = 10_000;
const MAX_MB = 400;
const CREDENTIAL_TYPE = 'microsoftPartnerCenterOAuth2Api';
const root = path.join(__dirname, '../../..');
const load = createRequire(__filename);

const idOf = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

async function startEmulatorProcess(): Promise<{ baseUrl: string; stop(): void }> {
	const { child, baseUrl } = await spawnEmulator();
	return { baseUrl, stop: () => child.kill() };
}

async function post(url: string, method: string, body: unknown): Promise<unknown> {
	const response = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`);
	const text = await response.text();
	return text === '' ? undefined : JSON.parse(text);
}

function workflowWith(type: string): WorkflowFile {
	const at = (name: string, nodeType: string, parameters = {}) => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	});
	return {
		name: 'Scale',
		nodes: [
			at('Customers', 'n8n-nodes-base.manualTrigger'),
			{
				...at('Status', type, {
					resource: 'customerAgreement',
					operation: 'getStatus',
					customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
					options: { maxConcurrency: 20 },
				}),
				credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Emulator' } },
			},
		],
		connections: { Customers: { main: [[{ node: 'Status', type: 'main', index: 0 }]] } },
	};
}

/** Highest resident memory while the work goes on, in MB. */
async function peakOf<T>(work: () => Promise<T>): Promise<{ value: T; peak: number }> {
	globalThis.gc?.();
	let peak = process.memoryUsage().rss;
	const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
	const value = await work();
	clearInterval(timer);
	return { value, peak: Math.max(peak, process.memoryUsage().rss) / 2 ** 20 };
}

async function main(): Promise<void> {
	const { MicrosoftPartnerCenter } = load(
		`${root}/dist/nodes/MicrosoftPartnerCenter/MicrosoftPartnerCenter.node.js`,
	) as { MicrosoftPartnerCenter: new () => INodeType };
	const { MicrosoftPartnerCenterOAuth2Api } = load(
		`${root}/dist/credentials/MicrosoftPartnerCenterOAuth2Api.credentials.js`,
	) as { MicrosoftPartnerCenterOAuth2Api: new () => ICredentialType };
	const { baseUrl, stop } = await startEmulatorProcess();
	try {
		await post(`${baseUrl}/_emulator/state`, 'PUT', {
			customers: Array.from({ length: CUSTOMERS }, (_, n) => ({
				id: idOf(n + 1),
				companyName: `Contoso ${n + 1}`,
				domain: `contoso${n + 1}.onmicrosoft.com`,
				directSigned: n % 3 === 0,
			})),
		});
		const tokens = await post(`${baseUrl}/_emulator/issue-tokens`, 'POST', { kind: 'user' });
		const run = async (type: string) =>
			await runWorkflow({
				workflow: workflowWith(type),
				nodeTypes: [new MicrosoftPartnerCenter()],
				credentialTypes: [new MicrosoftPartnerCenterOAuth2Api()],
				credentials: new CredentialStore({
					'1': {
						type: CREDENTIAL_TYPE,
						data: connectedCredentialFields(baseUrl, tokens as Record<string, string>),
					},
				}),
				input: Array.from({ length: CUSTOMERS }, (_, n) => ({ json: { customerId: idOf(n + 1) } })),
			});
		const idle = await peakOf(() => run('n8n-nodes-base.noOp'));
		const started = Date.now();
		const busy = await peakOf(() =>
			run('n8n-nodes-microsoft-partner-center.microsoftPartnerCenter'),
		);
		const seconds = (Date.now() - started) / 1000;
		if (busy.value.error) throw busy.value.error;
		const items = busy.value.outputs('Status')[0] ?? [];
		const inOrder = items.every(({ json }, index) => json.customerId === idOf(index + 1));
		const more = busy.peak - idle.peak;
		console.log(
			`${items.length} customers in ${seconds.toFixed(1)} s, in order: ${inOrder}; ` +
				`peak ${busy.peak.toFixed(0)} MB, ${more.toFixed(0)} MB above a node that does nothing (at most ${MAX_MB})`,
		);
		if (items.length !== CUSTOMERS || !inOrder || more > MAX_MB) process.exitCode = 1;
	} finally {
		stop();
	}
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
