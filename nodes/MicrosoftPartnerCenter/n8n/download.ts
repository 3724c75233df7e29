/**
 * Fetches a document that Partner Center links to. The signature in the link grants access; the bearer
 * token is not sent, because blob storage refuses requests that carry one.
 */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { CancelledError, NoAnswerError, NotSentError } from '../client/http';
import { cancelSignalOf } from './context';
import { CREDENTIALS } from './credentials';
import { startDeadline, type Deadline } from './deadline';
import { transportCodeOf } from './helperErrors';
import { readStream, type BodyStream } from './readStream';

/** Larger than any agreement, small enough for n8n's memory. */
export const MAX_BYTES = 25 * 1024 * 1024;

export interface Downloaded {
	status: number;
	/** Undefined when there was more than `MAX_BYTES`. */
	bytes: Buffer | undefined;
	mimeType: string | undefined;
	fileName: string | undefined;
}

/**
 * @param url over HTTPS, or from the emulator
 * @param timeout for the whole file, in milliseconds
 * @throws {NotSentError} when it is no such address
 * @throws {CancelledError} when the execution is cancelled
 * @throws {NoAnswerError} when there is no answer, or no whole one in time
 */
export async function download(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
): Promise<Downloaded> {
	if (!(await isFetchable(context, url))) {
		throw new NotSentError('the link to the document is not an HTTPS address');
	}
	const deadline = startDeadline(cancelSignalOf(context), timeout);
	try {
		return await fetchFile(context, url, timeout, deadline.signal);
	} catch (error) {
		throw asDownloadError(error, context, deadline);
	} finally {
		deadline.clear();
	}
}

async function fetchFile(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
	signal: AbortSignal,
): Promise<Downloaded> {
	const options: IHttpRequestOptions = {
		url,
		method: 'GET',
		encoding: 'stream',
		timeout,
		abortSignal: signal,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	};
	const response: unknown = await context.helpers.httpRequest(options);
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, unknown>;
		body: BodyStream;
	};
	const { bytes, isCut } = await readStream(body, MAX_BYTES, signal);
	return {
		status: statusCode,
		bytes: isCut ? undefined : bytes,
		mimeType: headerText(headers['content-type'])?.split(';')[0]?.trim(),
		fileName: fileNameIn(headerText(headers['content-disposition'])),
	};
}

function asDownloadError(error: unknown, context: IExecuteFunctions, deadline: Deadline): Error {
	if (cancelSignalOf(context)?.aborted) return new CancelledError();
	if (deadline.isTimeUp()) return new NoAnswerError('ETIMEDOUT');
	const code = transportCodeOf(error);
	if (code !== undefined) return new NoAnswerError(code);
	return error instanceof Error ? error : new Error(String(error));
}

/** Over HTTP only from the emulator, where that is what the credential is for; no app gets documents. */
async function isFetchable(context: IExecuteFunctions, url: string): Promise<boolean> {
	if (/^https:\/\/[^/@]+\//.test(url)) return true;
	const { environment, apiBaseUrl } = await context.getCredentials(CREDENTIALS.appAndUser.type);
	return environment === 'emulator' && url.startsWith(`${String(apiBaseUrl)}/`);
}

function headerText(header: unknown): string | undefined {
	return typeof header === 'string' ? header : undefined;
}

/** Of a Content-Disposition header, without folders. */
function fileNameIn(disposition: string | undefined): string | undefined {
	const name = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
	return name?.split(/[\\/]/).pop()?.trim() || undefined;
}
