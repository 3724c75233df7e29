/**
 * What an n8n is filled with to try the package in: a credential that is signed in to the emulator,
 * and this repository's workflows with that credential chosen.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

import { connectedCredentialFields, credentialFields } from '../emulator/credentialFields';
import type { Emulator } from '../emulator/startEmulator';
import type { N8n } from './N8n';

const WORKFLOWS = join(__dirname, '../../workflows');
const NODE_TYPE = /^n8n-nodes-microsoft-partner-center\./;

export const CREDENTIAL_TYPE = 'microsoftPartnerCenterOAuth2Api';
export const CREDENTIAL = { id: 'partnerCenterEmu', name: 'Partner Center (emulator)' };
const APP_ONLY_TYPE = 'microsoftPartnerCenterAppOnlyOAuth2Api';
const APP_ONLY = { id: 'partnerCenterApp', name: 'Partner Center app (emulator)' };

const workflowSchema = z
	.object({
		name: z.string(),
		nodes: z.array(z.object({ name: z.string(), type: z.string() }).passthrough()),
		connections: z.record(z.unknown()),
	})
	.passthrough();

/** A workflow as `n8n import:workflow` takes it. */
export type ImportableWorkflow = z.infer<typeof workflowSchema> & { id: string; active: false };

/** The decrypted data of a credential that someone has signed in with at this emulator. */
export async function signedInData(
	emulator: Emulator,
	mfa = true,
): Promise<Record<string, unknown>> {
	return connectedCredentialFields(
		emulator.baseUrl,
		await emulator.issueTokens({ kind: 'user', mfa }),
	);
}

/** The same before the sign-in: what a person types into the form. */
export function notSignedInData(emulatorUrl: string): Record<string, unknown> {
	return credentialFields(emulatorUrl);
}

/** The names of the files in `workflows/` that hold a workflow. */
export function workflowFiles(): string[] {
	return readdirSync(WORKFLOWS).filter(
		(file) => file.endsWith('.json') && workflowSchema.safeParse(parseFile(file)).success,
	);
}

/** A workflow of this repository, with an id made from its file's name and the credential chosen. */
export function sampleWorkflow(file: string): ImportableWorkflow {
	return importable(workflowSchema.parse(parseFile(file)), idOf(file));
}

/**
 * The id that a sample workflow has after the import: of n8n's own length, since n8n 1.x keeps no
 * state for workflows whose id is longer than 16 characters.
 */
export function idOf(file: string): string {
	return basename(file, '.json')
		.replace(/[^a-z0-9]/gi, '')
		.slice(0, 16);
}

/** Any workflow, with the emulator's credential that it takes in every node of this package. */
export function importable(workflow: unknown, id: string): ImportableWorkflow {
	const parsed = workflowSchema.parse(workflow);
	const nodes = parsed.nodes.map((node) =>
		NODE_TYPE.test(node.type) || isCallOfOurs(node.parameters)
			? { ...node, credentials: credentialFor(node.parameters) }
			: node,
	);
	return { ...parsed, nodes, id, active: false };
}

const signInSchema = z.object({ resource: z.string(), authentication: z.string() }).partial();
const callSchema = z.object({ nodeCredentialType: z.literal(CREDENTIAL_TYPE) });

/** n8n's HTTP Request with this package's credential. */
const isCallOfOurs = (parameters: unknown): boolean => callSchema.safeParse(parameters).success;

function credentialFor(parameters: unknown): Record<string, typeof CREDENTIAL> {
	const { resource, authentication } = signInSchema.parse(parameters ?? {});
	const isAppOnly = resource === 'attestation' || authentication === 'appOnly';
	return isAppOnly ? { [APP_ONLY_TYPE]: APP_ONLY } : { [CREDENTIAL_TYPE]: CREDENTIAL };
}

/** The app alone; nobody signs in with it. */
export function appOnlyCredential(emulatorUrl: string): ImportableCredential {
	return { ...APP_ONLY, type: APP_ONLY_TYPE, data: notSignedInData(emulatorUrl) };
}

/** A decrypted credential as `n8n import:credentials` takes it. */
export interface ImportableCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Imports the decrypted credential of this package. */
export async function importCredential(n8n: N8n, data: Record<string, unknown>): Promise<void> {
	await importCredentials(n8n, [{ ...CREDENTIAL, type: CREDENTIAL_TYPE, data }]);
}

/** Imports decrypted credentials; n8n encrypts them, and the file is removed at once. */
export async function importCredentials(
	n8n: N8n,
	credentials: ImportableCredential[],
): Promise<void> {
	await importFile(n8n, 'import:credentials', credentials);
}

export async function importWorkflows(n8n: N8n, workflows: ImportableWorkflow[]): Promise<void> {
	await importFile(n8n, 'import:workflow', workflows);
}

async function importFile(n8n: N8n, command: string, content: unknown): Promise<void> {
	const folder = join(n8n.folder, 'import');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, 'content.json');
	writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
	try {
		await n8n.succeed([command, `--input=${file}`]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function parseFile(file: string): unknown {
	return JSON.parse(readFileSync(join(WORKFLOWS, file), 'utf8'));
}
