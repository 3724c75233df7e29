/** An answer of n8n's helper, as the client wants it: read to its end, or to where it is too large. */
import type { HttpRequest, HttpResponse } from '../client/http';
import { OversizedBody } from '../client/json';
import { isStream, readStream } from './readStream';

/** How much of a body is read at most, in bytes after unpacking: see `limitOf`. */
const MAX_SMALL_BODY = 1024 * 1024;
const MAX_PAGE_BODY = 16 * 1024 * 1024;

/**
 * One agreement, one attestation and a refusal have a few thousand bytes. A page of a list has up to
 * 500 entries; of audit records, the largest ones, that is some 2 MB.
 */
function limitOf({ method }: HttpRequest, status: number): number {
	return method === 'GET' && status < 300 ? MAX_PAGE_BODY : MAX_SMALL_BODY;
}

/**
 * @param response with a stream as its body
 * @param signal ends the reading
 * @throws what `readStream` throws
 */
export async function readResponse(
	response: unknown,
	request: HttpRequest,
	signal: AbortSignal,
): Promise<HttpResponse> {
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, unknown>;
		body: unknown;
	};
	if (!isStream(body)) return { status: statusCode, headers, body };
	const limit = limitOf(request, statusCode);
	const { bytes, isCut } = await readStream(body, limit, signal);
	const text = bytes.toString('utf8');
	return { status: statusCode, headers, body: isCut ? new OversizedBody(text, limit) : text };
}
