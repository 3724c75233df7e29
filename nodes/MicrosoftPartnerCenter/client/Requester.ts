/**
 * One request on its way to an answer: through the gate, tried again where that may help, read
 * tolerantly, and an error of facts where it fails.
 */
import type { z } from 'zod';

import type { Clock } from './clock';
import {
	CancellationError,
	PartnerCenterError,
	isAlreadyConfirmed,
	readErrorFacts,
	refused,
	type CallContext,
	type Created,
	type ErrorFacts,
	type RequestIds,
} from './errors';
import { refusalIn } from './errorBody';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	PauseTooLongError,
	RateLimitedError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from './http';
import { isWebPage, readJson, type ReadJson, type BodyFault } from './json';
import {
	MAX_RETRY_AFTER_MS,
	MAX_RETRYING_MS,
	backoff,
	mayHaveBeenCarriedOut,
	readRetryAfter,
	waitBeforeRetry,
	type Try,
} from './retry';
import type { SendInTurn, SignedSend } from './signIn';
import type { Outcome, ThrottleClient } from './throttle';

export interface RequesterOptions {
	/** Sends once, with the token that is there. */
	send: Send;
	/** Sees to it that there is one; left out, `send` needs none. */
	signIn?: SignedSend;
	clock: Clock;
	/** What one execution has of the throttle that all with its credential share. */
	throttle: ThrottleClient;
	/** Makes a GUID; every call gets its own MS-RequestId, kept over its retries. */
	newId: () => string;
	/** Whether `send` signs in as the app alone, so that no advice is to sign in as a user. */
	appOnly?: boolean;
}

/** What belongs to one call but not to its content. */
export interface CallOptions {
	/** MS-CorrelationId: ties the calls of one execution together. A GUID. */
	correlationId: string;
	/** MS-RequestId; left out, a new one is made. */
	requestId?: string;
	/** Whether an earlier call with this MS-RequestId may have been carried out. */
	isAskedAgain?: boolean;
	/** How long to wait for each answer, in milliseconds. */
	timeout: number;
	/** How often a call is tried again at most; a rate limit does not count. */
	maxRetries: number;
	/** How long to wait for the rate limit at most, in milliseconds; left out, `MAX_RETRYING_MS`. */
	maxRateLimitWait?: number;
}

/** What to send, and what a success looks like. */
export interface RequestSpec<T extends z.ZodTypeAny> {
	/** Path and query below the API's base URL. */
	path: string;
	/** Sent with POST; without one, it is a GET. */
	body?: object;
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
	 * For a write whose success has to show what was written: what of the answer does not; undefined
	 * when it does. Such a success is HTTP 200 or 201, and is not asked for again.
	 */
	differenceOf?(value: z.output<T>): string | undefined;
}

/** A call that came to an answer: a success with its value, or a refusal. */
export type Answer<T> = CallContext &
	({ ok: true; value: T; headers: HttpResponse['headers'] } | { ok: false; refusal: ErrorFacts });

/** What was read, and the ids of the call that read it. */
export interface Read<T> {
	value: T;
	headers: HttpResponse['headers'];
	ids: RequestIds;
}

export class Requester {
	constructor(private readonly options: RequesterOptions) {}

	/**
	 * Sends a request, for a caller to whom a refusal is an error.
	 *
	 * @throws {PartnerCenterError} also when it is refused
	 */
	async read<T extends z.ZodTypeAny>(
		spec: RequestSpec<T>,
		options: CallOptions,
	): Promise<Read<z.output<T>>> {
		const answer = await this.send(spec, options);
		if (!answer.ok) throw refused(answer.refusal, answer);
		const { value, headers, ids } = answer;
		return { value: value as z.output<T>, headers, ids };
	}

	/**
	 * Sends a request until it is answered with what can be read, or its retries are used up.
	 *
	 * @throws {PartnerCenterError} when it never came to an answer
	 */
	async send<T extends z.ZodTypeAny>(
		spec: RequestSpec<T>,
		options: CallOptions,
	): Promise<Answer<z.output<T>>> {
		const { clock, throttle, newId, appOnly = false } = this.options;
		const { path, creates = 'confirmation' } = spec;
		const ids: RequestIds = {
			requestId: options.requestId ?? newId(),
			correlationId: options.correlationId,
		};
		const request = buildRequest(spec, ids, options.timeout);
		const call: CallContext = {
			ids,
			inDoubt: options.isAskedAgain ?? false,
			retries: 0,
			ofCustomer: path.startsWith('/v1/customers/'),
			appOnly,
			creates,
		};
		const { maxRateLimitWait = MAX_RETRYING_MS } = options;
		const progress: Progress = { maxPause: maxRateLimitWait, startedAt: undefined, spent: 0 };
		let retriesUsed = 0;

		for (;;) {
			let tried: Try;
			try {
				tried = await this.attempt(request, spec, progress);
			} catch (error) {
				const { rateLimited } = progress;
				if (error instanceof RateLimitedError && rateLimited !== undefined) {
					return { ...call, ok: false, refusal: rateLimited };
				}
				const wasCutShort = error instanceof CancelledError && error.mayHaveArrived;
				if (wasCutShort && request.method === 'POST') call.inDoubt = true;
				throw asFinal(error, call);
			}
			if (request.method === 'POST' && mayHaveBeenCarriedOut(tried)) call.inDoubt = true;

			if (isRateLimited(tried)) {
				// The throttle waits for as long as Partner Center asks, for everybody; how often is no matter.
				const since = progress.startedAt ?? clock.monotonic();
				const waited = Math.max(clock.monotonic() - since, throttle.refusedFor);
				if (waited <= maxRateLimitWait) {
					progress.rateLimited = tried.kind === 'answered' ? tried.facts : undefined;
					progress.onSent = () => {
						call.retries += 1;
					};
					continue;
				}
			}
			// Something did answer with a success: asking again could create a second one.
			const isOver = spec.anyBody === true && tried.kind === 'unreadable';
			const minWait =
				isOver || isRateLimited(tried) ? undefined : waitBeforeRetry(tried, clock.now());
			if (minWait !== undefined && retriesUsed < options.maxRetries) {
				const wait = Math.max(minWait, backoff(retriesUsed, clock.random()));
				if (minWait > MAX_RETRY_AFTER_MS) {
					throw asFinal(new PauseTooLongError(minWait), call);
				}
				progress.spent += wait;
				if (progress.spent <= MAX_RETRYING_MS) {
					await this.pause(wait, call);
					call.retries += 1;
					retriesUsed += 1;
					continue;
				}
			}
			if (tried.kind === 'noAnswer') {
				const { error: cause } = tried;
				const { timeout } = options;
				throw new PartnerCenterError({ kind: 'unanswered', cause, timeout, call });
			}
			if (tried.kind === 'unreadable') {
				const { isUnverified = false, response, fault } = tried;
				const kind = isUnverified ? 'unverified' : 'unreadable';
				const { status } = response;
				throw new PartnerCenterError({ kind, status, fault, call });
			}
			const { facts, body, response } = tried;
			if (facts !== undefined) return { ...call, ok: false, refusal: facts };
			return { ...call, ok: true, value: body as z.output<T>, headers: response.headers };
		}
	}

	private async pause(wait: number, call: CallContext): Promise<void> {
		try {
			await this.options.clock.sleep(wait);
		} catch (error) {
			throw asFinal(error, call);
		}
	}

	/** One request, signed in, and what it came to; it waits for its turn each time it is sent. */
	private async attempt(
		request: HttpRequest,
		spec: RequestSpec<z.ZodTypeAny>,
		progress: Progress,
	): Promise<Try> {
		const { send, signIn, throttle, clock } = this.options;
		const beganAt = clock.monotonic();
		let queued = 0;
		const sendInTurn: SendInTurn = async (one, onSend) => {
			const askedAt = clock.monotonic();
			const { maxPause, startedAt } = progress;
			const slot = await throttle.acquire({ maxPause, isRetry: startedAt !== undefined });
			queued += clock.monotonic() - askedAt;
			progress.startedAt ??= clock.monotonic();
			progress.onSent?.();
			progress.onSent = undefined;
			progress.rateLimited = undefined;
			let outcome: Outcome;
			try {
				await onSend();
				const response = await send(one);
				outcome = outcomeOf(response, clock);
				return response;
			} finally {
				slot.release(outcome);
			}
		};
		const signedSend: SignedSend = signIn ?? ((one, sendOnce) => sendOnce(one, async () => {}));
		const sending = signedSend(request, sendInTurn);
		return await sending
			.then(
				(response) => readAnswerSafely(response, spec),
				(error: unknown): Try => {
					if (error instanceof NoAnswerError) return { kind: 'noAnswer', error };
					throw error;
				},
			)
			.finally(() => {
				progress.spent += clock.monotonic() - beganAt - queued;
			});
	}
}

/** How far a call has come, over its tries. */
interface Progress {
	/** Not to be kept waiting by a longer pause than this, in milliseconds. */
	maxPause: number;
	/** When it was sent first, on the clock that nobody sets. */
	startedAt: number | undefined;
	/** Time spent on it, in milliseconds; waiting for its turn is not among it. */
	spent: number;
	/** How it was refused last, where it was for the rate limit. */
	rateLimited?: ErrorFacts | undefined;
	/** Called when it is sent the next time. */
	onSent?: (() => void) | undefined;
}

/** 600061 is an answer, also where a gateway's status comes with it. */
function isRateLimited(tried: Try): boolean {
	return (
		tried.kind === 'answered' &&
		tried.response.status === 429 &&
		waitBeforeRetry(tried, 0) !== undefined
	);
}

function buildRequest(
	{ path, body, headers: more = {} }: Pick<RequestSpec<z.ZodTypeAny>, 'path' | 'body' | 'headers'>,
	ids: RequestIds,
	timeout: number,
): HttpRequest {
	const headers: Record<string, string> = {
		Accept: 'application/json',
		...more,
		'MS-RequestId': ids.requestId,
		'MS-CorrelationId': ids.correlationId,
	};
	if (body === undefined) return { method: 'GET', path, headers, timeout };
	headers['Content-Type'] = 'application/json';
	return { method: 'POST', path, headers, timeout, body };
}

function outcomeOf(response: HttpResponse, clock: Clock): Outcome {
	if (response.status !== 429) return { kind: 'answered' };
	return { kind: 'refused', retryAfter: readRetryAfter(response, clock.now()) };
}

function isSuccess(response: HttpResponse): boolean {
	return response.status >= 200 && response.status < 300;
}

/** A body that no reader can take, such as one that is nested too deep, is an answer all the same. */
function readAnswerSafely(response: HttpResponse, spec: RequestSpec<z.ZodTypeAny>): Try {
	try {
		return readAnswer(response, spec);
	} catch {
		return { kind: 'unreadable', response, fault: { is: 'tooDeep' } };
	}
}

function readAnswer(response: HttpResponse, spec: RequestSpec<z.ZodTypeAny>): Try {
	const { schema, expected, anyBody = false } = spec;
	const isChecked = spec.differenceOf !== undefined;
	const read = readBody(response, anyBody);
	if (!isSuccess(response)) {
		// A refusal that was cut off may have been 600061.
		const isRefusal = response.status >= 400 && response.status < 500;
		if (isRefusal && !read.ok && read.cutOff === true) {
			return { kind: 'unreadable', response, fault: read.fault };
		}
		// Otherwise the status of a refusal says enough where its body says nothing.
		const body = read.ok ? read.value : undefined;
		return { kind: 'answered', response, body, facts: readErrorFacts(response, body) };
	}
	const isOddSuccess = isChecked && ![200, 201].includes(response.status);
	const oddStatus: BodyFault = { is: 'oddStatus', status: response.status };
	if (!read.ok) {
		if (isOddSuccess) return unverifiedTry(response, oddStatus);
		return { kind: 'unreadable', response, fault: read.fault };
	}
	const facts = readErrorFacts(response, read.value);
	// An outcome wherever it stands; an agreement, though, is one whatever else its body says.
	const alreadyExists = isAlreadyConfirmed(facts);
	if (anyBody && alreadyExists) return { kind: 'answered', response, body: read.value, facts };
	const status = anyBody ? refusalIn(read.value) : undefined;
	if (status !== undefined) {
		const refusal = { ...response, status };
		const said = readErrorFacts(refusal, read.value);
		return { kind: 'answered', response: refusal, body: read.value, facts: said };
	}
	if (isOddSuccess && !alreadyExists) return unverifiedTry(response, oddStatus);
	const parsed = schema.safeParse(read.value);
	if (parsed.success) {
		const difference = spec.differenceOf?.(parsed.data);
		if (difference === undefined) return { kind: 'answered', response, body: parsed.data };
		return unverifiedTry(response, { is: 'different', property: difference });
	}
	if (alreadyExists) return { kind: 'answered', response, body: read.value, facts };
	const at = parsed.error.issues[0]?.path.join('.') ?? '';
	const fault: BodyFault = { is: 'notExpected', expected, at };
	return { kind: 'unreadable', response, fault, isUnverified: isChecked };
}

function unverifiedTry(response: HttpResponse, fault: BodyFault): Try {
	return { kind: 'unreadable', response, fault, isUnverified: true };
}

/** Where a success may have any body, nothing and plain text are answers too; web pages never are. */
function readBody(response: HttpResponse, anyBody: boolean): ReadJson {
	const read = readJson(response.body);
	if (read.ok || !anyBody || !isSuccess(response) || read.cutOff === true) return read;
	const text = String(response.body ?? '').trim();
	return isWebPage(text) ? read : { ok: true, value: text === '' ? undefined : text };
}

/** What no retry helps against. */
function asFinal(error: unknown, call: CallContext): unknown {
	if (error instanceof CancelledError) return new CancellationError(call);
	if (error instanceof SignInError) {
		return new PartnerCenterError({ kind: 'notSignedIn', reason: error.reason, call });
	}
	if (error instanceof NotSentError) {
		return new PartnerCenterError({ kind: 'notSent', reason: error.message, call });
	}
	if (error instanceof PauseTooLongError) {
		const { milliseconds: requested } = error;
		return new PartnerCenterError({
			kind: 'pauseTooLong',
			requested,
			max: MAX_RETRY_AFTER_MS,
			call,
		});
	}
	if (error instanceof RateLimitedError) {
		return new PartnerCenterError({ kind: 'rateLimited', call });
	}
	if (!call.inDoubt || error instanceof PartnerCenterError) return error;
	return new PartnerCenterError({ kind: 'unexpected', cause: error, call });
}
