/** A caller of the sample workflow with a webhook, such as a customer portal. */
import {
	idOf,
	importCredentials,
	importWorkflows,
	sampleWorkflow,
} from '../../../dev/n8n/sampleContent';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import type { Session } from '../../../dev/n8n/Session';
import { accounts, HEADER, withAccounts } from './accounts';
import { activate, untilRegistered } from './executions';
import type { Place } from './place';

const FILE = 'webhook-confirm.json';
export const PORTAL_WORKFLOW = idOf(FILE);

/** Imports the workflow, before n8n is started. */
export async function importPortalWorkflow({ n8n }: Place): Promise<void> {
	await importCredentials(n8n, accounts(0));
	await importWorkflows(n8n, [withAccounts(sampleWorkflow(FILE))]);
}

const addressOf = ({ url }: N8nProcess): string => `${url}/webhook/confirm-agreement`;

export async function publishPortalWorkflow(server: N8nProcess, session: Session): Promise<void> {
	await activate(session, PORTAL_WORKFLOW);
	await untilRegistered(addressOf(server));
}

export interface PortalAnswer {
	status: number;
	body: unknown;
}

/** Posts one customer; with `headers` in place of the key. */
export async function post(
	server: N8nProcess,
	body: unknown,
	headers: Record<string, string> = { [HEADER.name]: HEADER.value },
): Promise<PortalAnswer> {
	const answer = await fetch(addressOf(server), {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	const text = await answer.text();
	return {
		status: answer.status,
		body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
	};
}
