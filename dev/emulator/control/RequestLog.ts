/** Every call to the API and to Entra, kept for inspection without anything secret. */
import type { FastifyRequest } from 'fastify';
import { LatestList, type Kept } from '../keepLatest';
import { redactForm, redactHeaders, redactUrl } from './redaction';

export interface LoggedRequest {
	/** ISO date-time of arrival. */
	time: string;
	method: string;
	/** Path with query. */
	path: string;
	/** Names in lower case; Authorization, cookies and the like are left out. */
	headers: Record<string, string>;
	/** Exactly as received; the secrets of token and sign-in forms are redacted. */
	body: string;
	/** Null while there is no answer, and for good when the connection was cut or the client gave up. */
	status: number | null;
	/** The answer's Retry-After header, if it had one. */
	retryAfter: string | null;
	/** Milliseconds until the answer began. */
	duration: number | null;
	/** The id (`uti`) of the access token the call came with: the same id means the same token. */
	tokenId: string | null;
	/** Name of the fault that was applied, if any. */
	fault: string | null;
}

declare module 'fastify' {
	interface FastifyRequest {
		/** This call's line in the request log; null for the control API and the pages. */
		logged: LoggedRequest | null;
		/** The correlation id made for a caller that sent none. */
		madeCorrelationId: string | null;
	}
}

/** Enough for a load test of minutes, little enough to stay in memory. */
const DEFAULT_CAPACITY = 50_000;

export class RequestLog {
	private readonly latest: LatestList<LoggedRequest>;

	/** @param capacity how many entries are kept: the oldest makes room for a new one */
	constructor(capacity: number = DEFAULT_CAPACITY) {
		this.latest = new LatestList(capacity);
	}

	get entries(): LoggedRequest[] {
		return this.latest.entries;
	}

	get counts(): Kept {
		return this.latest.counts;
	}

	open(request: FastifyRequest): LoggedRequest {
		const entry: LoggedRequest = {
			time: new Date().toISOString(),
			method: request.method,
			path: redactUrl(request.url),
			headers: redactHeaders(request.headers),
			body: '',
			status: null,
			retryAfter: null,
			duration: null,
			tokenId: null,
			fault: null,
		};
		this.latest.push(entry);
		return entry;
	}

	clear(): void {
		this.latest.clear();
	}
}

export function loggableBody(path: string, body: unknown): string {
	if (typeof body !== 'string') return '';
	return /^\/+(v1|auditactivity|webhooks)\//i.test(path) ? body : redactForm(body);
}
