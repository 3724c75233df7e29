/** What a call asks for, and the request that is sent for it. */
import type { z } from 'zod';

import type { Created, RequestIds } from './errors';
import type { HttpRequest } from './http';

/** What to send, and what a success looks like. */
export interface RequestSpec<T extends z.ZodTypeAny> {
	/** Path and query below the API's base URL. */
	path: string;
	/** Sent with POST; without one, it is a GET, or a HEAD where only the status counts. */
	body?: object;
	method?: 'GET' | 'HEAD';
	/** For a POST that changes nothing, such as a check of values: it is never in doubt. */
	safe?: boolean;
	/** Besides the usual ones, e.g. a continuation token. */
	headers?: Record<string, string>;
	schema: T;
	/** What the schema describes, with its article, e.g. `an agreement`. */
	expected: string;
	/** What a POST creates; left out, a confirmation. */
	creates?: Created;
	/**
	 * Whether a success counts whatever its body is, unless the body is a refusal; the schema gets
	 * text or undefined then.
	 */
	anyBody?: boolean;
	/**
	 * For a write whose success has to show what was written. Such a success is HTTP 200 or 201, and is
	 * not asked for again.
	 *
	 * @returns the name of the first property that differs from what was sent; undefined if none does
	 */
	differenceOf?(value: z.output<T>): string | undefined;
}

/** The HTTP request for a call; `timeout` in milliseconds. */
export function buildRequest(
	{
		path,
		body,
		method = 'GET',
		headers: further = {},
	}: Pick<RequestSpec<z.ZodTypeAny>, 'path' | 'body' | 'method' | 'headers'>,
	ids: RequestIds,
	timeout: number,
): HttpRequest {
	const headers: Record<string, string> = {
		Accept: 'application/json',
		...further,
		'MS-RequestId': ids.requestId,
		'MS-CorrelationId': ids.correlationId,
	};
	if (body === undefined) return { method, path, headers, timeout };
	headers['Content-Type'] = 'application/json';
	return { method: 'POST', path, headers, timeout, body };
}

/** Whether a call may change something, so that one without an answer is in doubt. */
export function isWrite({ body, safe = false }: RequestSpec<z.ZodTypeAny>): boolean {
	return body !== undefined && !safe;
}
