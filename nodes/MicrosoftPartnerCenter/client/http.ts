/** The client's view of HTTP: what it needs from whoever sends its requests. */

/** Where Partner Center answers; an emulator answers elsewhere. */
export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';

export interface HttpRequest {
	method: 'GET' | 'HEAD' | 'POST';
	/** Path and query below the API's base URL, e.g. `/v1/agreements?agreementType=…`. */
	path: string;
	headers: Record<string, string>;
	/** Sent as JSON in UTF-8. */
	body?: object;
	/** How long to wait for the answer, in milliseconds. */
	timeout: number;
}

export interface HttpResponse {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, unknown>;
	/** Parsed JSON where the sender parsed it, else the text as it came, or an `OversizedBody`. */
	body: unknown;
}

/**
 * Sends one request with the bearer token and answers with whatever status came back: an HTTP
 * status is never an exception.
 *
 * @throws {NoAnswerError} when there was no HTTP answer at all
 * @throws {SignInError} when no token could be had
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Codes of connections that were never established: the request can't have reached the server. */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** No HTTP answer: the connection failed, was cut, or stayed silent past the time-out. */
export class NoAnswerError extends Error {
	override readonly name = 'NoAnswerError';

	/**
	 * @param code the socket's code, e.g. `ECONNRESET`
	 * @param from who did not answer; the request itself is not sent before a token is there
	 */
	constructor(
		readonly code: string,
		readonly from: 'Partner Center' | 'Microsoft Entra' = 'Partner Center',
	) {
		super(`No HTTP answer (${code})`);
	}

	get timedOut(): boolean {
		return TIMED_OUT.has(this.code);
	}

	/** True when the request may have been carried out although nothing came back. */
	get mayHaveArrived(): boolean {
		return this.from === 'Partner Center' && !NEVER_SENT.has(this.code);
	}
}

/** Microsoft Entra or n8n could not supply a token. */
export class SignInError extends Error {
	override readonly name = 'SignInError';

	/** @param reason what the token endpoint or n8n said, without secrets */
	constructor(readonly reason: string) {
		super(reason);
	}
}

/** The request could not be sent for a reason that lies in this n8n's configuration. */
export class NotSentError extends Error {
	override readonly name = 'NotSentError';
}

/** The execution was cancelled. */
export class CancelledError extends Error {
	override readonly name = 'CancelledError';

	/** @param mayHaveArrived true when a request was under way */
	constructor(readonly mayHaveArrived = false) {
		super('The execution was cancelled');
	}
}

/** Partner Center asked for a pause that is too long to wait for. */
export class PauseTooLongError extends Error {
	override readonly name = 'PauseTooLongError';

	/**
	 * @param milliseconds how much longer nothing may be sent
	 * @param status of the answer that asked for it
	 */
	constructor(
		readonly milliseconds: number,
		readonly status = 429,
	) {
		super(`Asked to wait ${milliseconds} ms`);
	}
}

/** Partner Center's rate limit lets nothing through, for longer than is waited for. */
export class RateLimitedError extends Error {
	override readonly name = 'RateLimitedError';

	/** @param milliseconds how much longer nothing may be sent at least */
	constructor(readonly milliseconds: number) {
		super(`Rate limited for ${milliseconds} ms`);
	}
}
