/** The node and credential types as n8n's editor loads them. */
import { z } from 'zod';

import type { Session } from '../../../dev/n8n/Session';

const iconSchema = z.union([z.string(), z.object({ light: z.string(), dark: z.string() })]);
const propertySchema = z.object({ name: z.string() }).passthrough();
const nodeTypeSchema = z
	.object({
		name: z.string(),
		displayName: z.string(),
		version: z.union([z.number(), z.array(z.number())]),
		properties: z.array(propertySchema),
		outputs: z.unknown(),
		iconUrl: iconSchema.optional(),
	})
	.passthrough();
const credentialTypeSchema = z
	.object({
		name: z.string(),
		displayName: z.string(),
		iconUrl: iconSchema.optional(),
		supportedNodes: z.array(z.string()).optional(),
	})
	.passthrough();

export type NodeType = z.infer<typeof nodeTypeSchema>;
export type CredentialType = z.infer<typeof credentialTypeSchema>;

export async function nodeTypes(session: Session): Promise<NodeType[]> {
	return z.array(nodeTypeSchema).parse(await json(session, '/types/nodes.json'));
}

export async function credentialTypes(session: Session): Promise<CredentialType[]> {
	return z.array(credentialTypeSchema).parse(await json(session, '/types/credentials.json'));
}

async function json(session: Session, path: string): Promise<unknown> {
	const { status, text } = await session.file(path);
	if (status !== 200) throw new Error(`${path} answered ${status}`);
	return JSON.parse(text);
}
