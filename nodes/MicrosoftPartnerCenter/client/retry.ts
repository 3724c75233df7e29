/**
 * What is tried again, and after how long: small pure functions over what came back. Each returns the
 * least wait, or undefined if it does not apply. A 429 is waited for in `throttle.ts`, for all requests
 * of the credential at once.
 *
 * Every write keeps its MS-RequestId over its retries, which is what makes trying it again safe:
 * https://learn.microsoft.com/partner-center/developer/headers
 */
import { isAlreadyConfirmed, isOutcomeAlreadyConfirmed, type ErrorFacts } from './errors';
import type { HttpResponse, NoAnswerError } from './http';
import type { BodyFault } from './json';

/** What one try came to. `facts` are there when the answer was a refusal. */
export type Attempt =
	| { kind: 'noAnswer'; error: NoAnswerError }
	| { kind: 'answered'; response: HttpResponse; body: unknown; facts?: ErrorFacts }
	| {
			kind: 'unreadable';
			response: HttpResponse;
			fault: BodyFault;
			/** It came whole and is a success, but not of what was sent. */
			isUnverified?: boolean;
	  };

/** How long to wait at least, in milliseconds; undefined where a strategy does not apply. */
type Strategy = (tried: Attempt, now: number) => number | undefined;

/** A longer Retry-After is not waited for: the user learns of it instead. */
export const MAX_RETRY_AFTER_MS = 5 * 60_000;
/** No call goes on retrying for longer than this, whatever its number of retries. */
export const MAX_RETRYING_MS = 15 * 60_000;

/** The first pause; each further one may be twice as long. */
const BASE_MS = 500;
const MAX_BACKOFF_MS = 30_000;

const RETRIED_STATUSES = new Set([408, 500, 502, 503, 504]);

/** The connection failed, was cut, or nothing came in time. */
const onNoAnswer: Strategy = (tried) => (tried.kind === 'noAnswer' ? 0 : undefined);

/**
 * An answer that can't be read: cut off on its way, or not from Partner Center. A success that came
 * whole is not asked for again, whatever it says: Microsoft wants another MS-RequestId after any
 * answer, and that would be another confirmation.
 */
const onUnreadableAnswer: Strategy = (tried) =>
	tried.kind === 'unreadable' && tried.isUnverified !== true ? 0 : undefined;

/** The service is busy or broken, and may say for how long. */
const onRetriedStatus: Strategy = (tried, now) =>
	tried.kind === 'answered' && RETRIED_STATUSES.has(tried.response.status)
		? readRetryAfter(tried.response, now)
		: undefined;

/** Partner Center itself says so. Its `isRetryable: false` is ignored: a 503 that says so is tried again. */
const whenMarkedRetryable: Strategy = (tried, now) =>
	tried.kind === 'answered' && tried.facts?.isRetryable === true
		? readRetryAfter(tried.response, now)
		: undefined;

const STRATEGIES = [onNoAnswer, onUnreadableAnswer, onRetriedStatus, whenMarkedRetryable];

/** @returns the least time to wait before another try, in milliseconds; undefined for none */
export function waitBeforeRetry(tried: Attempt, now: number): number | undefined {
	if (isOutcome(tried)) return undefined;
	for (const strategy of STRATEGIES) {
		const wait = strategy(tried, now);
		if (wait !== undefined) return wait;
	}
	return undefined;
}

/** 600061 with a status of Partner Center's own is final: a repeated write would get it again. */
function isOutcome(tried: Attempt): boolean {
	return (
		tried.kind === 'answered' && tried.facts !== undefined && isOutcomeAlreadyConfirmed(tried.facts)
	);
}

/**
 * Exponential backoff with full jitter, so that items that failed together don't come back
 * together.
 *
 * @param retry 0 before the first retry
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function backoff(retry: number, random: number): number {
	return random * Math.min(MAX_BACKOFF_MS, BASE_MS * 2 ** retry);
}

/**
 * How long the service asks to wait: in the Retry-After header, as seconds or as a date, else in the
 * text "Try again in N seconds" of its gateway.
 *
 * @returns milliseconds; 0 when it does not say
 */
export function readRetryAfter(response: HttpResponse, now: number): number {
	const header = response.headers['retry-after'];
	const text =
		typeof header === 'string' || typeof header === 'number' ? String(header).trim() : '';
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	const date = text === '' ? Number.NaN : Date.parse(text);
	if (Number.isFinite(date)) return Math.max(0, date - now);
	const inMessage = /try again in (\d+) seconds?/i.exec(textOf(response.body))?.[1];
	return inMessage === undefined ? 0 : Number(inMessage) * 1000;
}

function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	try {
		return JSON.stringify(body ?? '');
	} catch {
		// Nested too deep.
		return '';
	}
}

/**
 * Whether the request may have been carried out although no usable answer says so. A 429 comes from
 * the gateway in front of the service, and every other 4xx but 408 is a refusal of the service's own;
 * a 1xx or 3xx is no answer at all to a write. One that says 600061 was not carried out: if it is
 * true, the agreement was there before.
 */
export function mayHaveBeenCarriedOut(tried: Attempt): boolean {
	if (tried.kind === 'noAnswer') return tried.error.mayHaveArrived;
	if (tried.kind === 'answered' && tried.facts !== undefined && isAlreadyConfirmed(tried.facts)) {
		return false;
	}
	const { status } = tried.response;
	if (tried.kind === 'unreadable' && status < 400) return true;
	return isNoRefusal(status);
}

/** Whether a status that is no success leaves open what became of the request. */
export function isNoRefusal(status: number): boolean {
	return status >= 500 || status === 408 || status < 200 || (status >= 300 && status < 400);
}
