/**
 * The CRMs and the mail server that the workflows of this repository talk to, on this machine: n8n's
 * own nodes call the addresses that they have, and n8n leads them to a stand-in by the proxy that an
 * administrator sets. Nothing leaves.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import {
	runWorkflow,
	withCredential,
	type CredentialStore,
	type RunOptions,
	type RunResult,
	type WorkflowFile,
} from '../../dev/engine/runWorkflow';
import { startNodeOf } from '../../dev/engine/workflowFile';
import { accounts, withAccounts } from '../system/e2e/accounts';
import { crmHosts } from '../system/e2e/standIns/crm';
import { HttpsStandIn, type Answers } from '../system/e2e/standIns/HttpsStandIn';
import { SmtpSink } from '../system/e2e/standIns/SmtpSink';
import { n8nNodes } from './n8nNodes';
import { place } from './place';
import {
	APP_ONLY_TYPE,
	CREDENTIAL_TYPE,
	engine,
	loadAppOnlyCredentialType,
	loadCredentialType,
	loadNode,
} from './workplace';
/**
 * Makes this process trust one more certificate, as NODE_EXTRA_CA_CERTS does from a process's start.
 *
 * @returns undoes it
 */
function trust(file: string): () => void {
	const certificate = readFileSync(file, 'utf8');
	const { createSecureContext } = tls;
	tls.createSecureContext = (options) => {
		const secure = createSecureContext(options);
		(secure.context as { addCACert(pem: string): void }).addCACert(certificate);
		return secure;
	};
	return () => {
		tls.createSecureContext = createSecureContext;
	};
}

/** Everything outside of Partner Center: opened once for a test file, emptied before each test. */
export let internet: HttpsStandIn;
export let mailServer: SmtpSink;
/** What a test has a host answer in place of its records; undefined: the record. */
let instead: Record<string, Answers> = {};

let undo: Array<() => unknown> = [];

/** Has a CRM answer something else than the records that the workflow's file has pinned. */
export function answerInstead(host: string, answers: Answers): void {
	instead[host] = answers;
}

export function useInternet(): void {
	beforeAll(async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'partner-center-internet-'));
		const hosts = Object.fromEntries(
			Object.entries(crmHosts).map(([host, answers]): [string, Answers] => [
				host,
				(call) => instead[host]?.(call) ?? answers(call),
			]),
		);
		internet = await HttpsStandIn.open(folder, hosts);
		mailServer = await SmtpSink.open();
		const { NODE_EXTRA_CA_CERTS = '', ...environment } = internet.environment;
		const before = { ...process.env };
		Object.assign(process.env, environment);
		undo = [
			trust(NODE_EXTRA_CA_CERTS),
			() => {
				for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
				Object.assign(process.env, before);
			},
			async () => await internet.close(),
			async () => await mailServer.close(),
			() => rmSync(folder, { recursive: true, force: true }),
		];
	});
	beforeEach(() => {
		instead = {};
		internet.calls.length = 0;
		internet.refused.length = 0;
		mailServer.mails.length = 0;
	});
	afterAll(async () => {
		for (const one of undo) await one();
	});
}

/** Everything that is pinned behind the start is taken off: there, the nodes do their work. */
function unpinned(workflow: WorkflowFile): WorkflowFile {
	const { name } = startNodeOf(workflow);
	const pinned = workflow.pinData?.[name];
	return { ...workflow, pinData: pinned === undefined ? {} : { [name]: pinned } };
}

function withN8nAccounts(workflow: WorkflowFile, store: CredentialStore): WorkflowFile {
	for (const { id, type, data } of accounts(mailServer.port)) {
		store.add(id, { type, data: data as ICredentialDataDecryptedObject });
	}
	return withAccounts(workflow);
}

/** n8n 1.x has no node for Dataverse, and no credential. */
const isOfThisMajor = (type: string) =>
	engine === 'n8n-2' || type !== 'microsoftDataverseOAuth2Api';
/** The credential types of n8n's own that the sample workflows ask for. */
const ACCOUNT_TYPES = accounts(0)
	.map(({ type }) => type)
	.filter(isOfThisMajor);

/** Runs a workflow as it is, with n8n's own nodes at work behind its trigger. */
export async function runForReal(
	workflow: WorkflowFile,
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	const node = loadNode();
	const ready = [
		{ type: CREDENTIAL_TYPE, id: '1', name: 'Partner Center' },
		{ type: APP_ONLY_TYPE, id: '2', name: 'Partner Center app' },
	].reduce((file, one) => withCredential(file, [node], one), unpinned(workflow));
	return await runWorkflow({
		workflow: withN8nAccounts(ready, place.credentials),
		nodeTypes: [node],
		n8nNodes,
		credentialTypes: [
			loadCredentialType(),
			loadAppOnlyCredentialType(),
			...n8nNodes.credentialTypes(ACCOUNT_TYPES),
		],
		credentials: place.credentials,
		timeZone: 'Europe/Amsterdam',
		...more,
	});
}
