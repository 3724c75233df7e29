/** The wire form of real clients' requests; each file names the client that sends it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Answer, Harness } from './emulator';

const FOLDER = join(__dirname, '../../../support/fixtures/clients');

const clientRequestSchema = z
	.object({
		client: z.string(),
		method: z.string(),
		path: z.string(),
		body: z.record(z.unknown()).optional(),
	})
	.strict();

export type ClientRequest = z.infer<typeof clientRequestSchema>;

/** @param name the file's, without `.request.json` */
export function clientRequest(name: string): ClientRequest {
	const text = readFileSync(join(FOLDER, `${name}.request.json`), 'utf8');
	return clientRequestSchema.parse(JSON.parse(text));
}

export function clientRequestNames(): string[] {
	return readdirSync(FOLDER).map((file) => file.replace(/\.request\.json$/, ''));
}

/** Sends it as the client does. */
export async function sendAs(
	harness: Harness,
	{ method, path, body }: Omit<ClientRequest, 'client'>,
): Promise<Answer> {
	return await harness.call({
		method,
		url: path,
		...(body === undefined ? {} : { data: JSON.stringify(body) }),
		headers: { 'Content-Type': 'application/json' },
	});
}
