/**
 * Fetches a document that Partner Center links to. The link itself is the permission: the bearer
 * token stays at home, and blob stores refuse requests that carry one.
 */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { NotSentError } from '../client/http';
import { CREDENTIALS } from './credentials';

/** Larger than any agreement, small enough for n8n's memory. */
export const MOST_BYTES = 25 * 1024 * 1024;

export interface Downloaded {
	status: number;
	/** Undefined when there was more than `MOST_BYTES`. */
	bytes: Buffer | undefined;
	mimeType: string | undefined;
	fileName: string | undefined;
}

type Chunks = AsyncIterable<Uint8Array> & { destroy?(): void };

/**
 * @param url over HTTPS, or from the emulator
 * @param timeout in milliseconds
 * @throws {NotSentError} when it is no such address
 * @throws what n8n's helper throws when there is no answer
 */
export async function download(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
): Promise<Downloaded> {
	if (!(await isFetchable(context, url))) {
		throw new NotSentError('the link to the document is not an HTTPS address');
	}
	const options: IHttpRequestOptions = {
		url,
		method: 'GET',
		encoding: 'stream',
		timeout,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	const response: unknown = await context.helpers.httpRequest(options);
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, unknown>;
		body: Chunks;
	};
	return {
		status: statusCode,
		bytes: await collect(body),
		mimeType: textOf(headers['content-type'])?.split(';')[0]?.trim(),
		fileName: fileNameIn(textOf(headers['content-disposition'])),
	};
}

/** Over HTTP only from the emulator, where that is what the credential is for; no app gets documents. */
async function isFetchable(context: IExecuteFunctions, url: string): Promise<boolean> {
	if (/^https:\/\/[^/@]+\//.test(url)) return true;
	const { environment, apiBaseUrl } = await context.getCredentials(CREDENTIALS.appAndUser.type);
	return environment === 'emulator' && url.startsWith(`${String(apiBaseUrl)}/`);
}

async function collect(body: Chunks): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > MOST_BYTES) {
			body.destroy?.();
			return undefined;
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function textOf(header: unknown): string | undefined {
	return typeof header === 'string' ? header : undefined;
}

/** Of a Content-Disposition header, without folders. */
function fileNameIn(disposition: string | undefined): string | undefined {
	const name = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
	return name?.split(/[\\/]/).pop()?.trim() || undefined;
}
