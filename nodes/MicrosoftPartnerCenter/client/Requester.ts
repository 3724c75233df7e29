/**
 * Sends one request: waits for the rate limit, repeats it where that may help, reads the answer
 * tolerantly, and throws a `PartnerCenterError` that holds facts.
 */
import type { z } from 'zod';

import type { Clock } from './clock';
import {
	CancellationError,
	PartnerCenterError,
	refused,
	type CallContext,
	type ErrorFacts,
	type RequestIds,
} from './errors';
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
import { readAnswer } from './readAnswer';
import { buildRequest, isWrite, type RequestSpec } from './requestSpec';
import {
	MAX_RETRY_AFTER_MS,
	MAX_RETRYING_MS,
	backoff,
	mayHaveBeenCarriedOut,
	readRetryAfter,
	waitBeforeRetry,
	type Attempt,
} from './retry';
import type { Outcome, ThrottleClient } from './throttle';
import type { SendInTurn, SendWithToken } from './tokenRenewal';

export interface RequesterOptions {
	/** Sends once, with the token that is there. */
	send: Send;
	/** Adds a valid token before `send`; left out, `send` needs no token. */
	sendWithToken?: SendWithToken;
	clock: Clock;
	/** What one execution has of the throttle that all with its credential share. */
	throttle: ThrottleClient;
	/** Makes a GUID; every call gets its own MS-RequestId, kept over its retries. */
	newId: () => string;
	/** Whether `send` signs in as the app alone: the advice in errors differs, since no user can reconnect. */
	appOnly?: boolean;
}

/** What belongs to one call but not to its content. */
export interface CallOptions {
	/** MS-CorrelationId: ties the calls of one execution together. A GUID. */
	correlationId: string;
	/** MS-RequestId; left out, a new one is made. */
	requestId?: string;
	/** Whether an earlier call with this MS-RequestId may have been carried out. */
	isRepeated?: boolean;
	/** How long to wait for each answer, in milliseconds. */
	timeout: number;
	/** How often a call is tried again at most; a rate limit does not count. */
	maxRetries: number;
	/** How long to wait for the rate limit at most, in milliseconds; left out, `MAX_RETRYING_MS`. */
	maxRateLimitWait?: number;
}

/** A call that came to an answer: a success with its value, or a refusal. */
export type Answer<T> = CallContext &
	(
		| { ok: true; value: T; headers: HttpResponse['headers'] }
		| { ok: false; refusal: ErrorFacts; headers: HttpResponse['headers'] }
	);

/** What was read, and the ids of the call that read it. */
export interface ReadResult<T> {
	value: T;
	headers: HttpResponse['headers'];
	ids: RequestIds;
}

/** A path that names a customer; in `/v1/customers/relationshiprequests` there is another word in that place. */
const OF_CUSTOMER = /^\/v1\/customers\/[0-9a-f]{8}-/i;

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
	): Promise<ReadResult<z.output<T>>> {
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
			inDoubt: options.isRepeated ?? false,
			retries: 0,
			ofCustomer: OF_CUSTOMER.test(path),
			appOnly,
			creates,
		};
		const { maxRateLimitWait = MAX_RETRYING_MS } = options;
		const progress: Progress = { maxPause: maxRateLimitWait, startedAt: undefined, spent: 0 };
		let retriesUsed = 0;

		for (;;) {
			let tried: Attempt;
			try {
				tried = await this.attempt(request, spec, progress);
			} catch (error) {
				const { rateLimited } = progress;
				if (error instanceof RateLimitedError && rateLimited !== undefined) {
					return { ...call, ok: false, refusal: rateLimited, headers: {} };
				}
				const wasCutShort = error instanceof CancelledError && error.mayHaveArrived;
				if (wasCutShort && isWrite(spec)) call.inDoubt = true;
				throw toFinalError(error, call);
			}
			if (isWrite(spec) && mayHaveBeenCarriedOut(tried)) call.inDoubt = true;

			if (isRateLimited(tried)) {
				// The throttle waits, for all requests of the credential; a 429 does not use up Max Retries.
				const since = progress.startedAt ?? clock.monotonic();
				const waited = Math.max(clock.monotonic() - since, throttle.refusedFor);
				if (waited <= maxRateLimitWait) {
					progress.rateLimited = tried.kind === 'answered' ? tried.facts : undefined;
					progress.onSent = () => {
						call.retries += 1;
					};
					continue;
				}
				return toAnswer(tried, call, options.timeout);
			}
			if (await this.waitToRetry(tried, { retriesUsed, spec, options, call, progress })) {
				call.retries += 1;
				retriesUsed += 1;
				continue;
			}
			return toAnswer(tried, call, options.timeout);
		}
	}

	/**
	 * Waits for as long as it takes until the request may be sent again.
	 *
	 * @returns false when it must not be, or not once more: what came back is final
	 * @throws {PartnerCenterError} when the wait asked for is too long, {CancellationError} when cancelled
	 */
	private async waitToRetry(
		tried: Attempt,
		state: {
			retriesUsed: number;
			spec: RequestSpec<z.ZodTypeAny>;
			options: CallOptions;
			call: CallContext;
			progress: Progress;
		},
	): Promise<boolean> {
		const { clock } = this.options;
		const { retriesUsed, spec, options, call, progress } = state;
		// Something did answer with a success: asking again could create a second one.
		const isOver = spec.anyBody === true && tried.kind === 'unreadable';
		if (isOver || retriesUsed >= options.maxRetries) return false;
		const minWait = waitBeforeRetry(tried, clock.now());
		if (minWait === undefined) return false;
		const wait = Math.max(minWait, backoff(retriesUsed, clock.random()));
		if (minWait > MAX_RETRY_AFTER_MS) {
			const status = tried.kind === 'answered' ? tried.response.status : undefined;
			throw toFinalError(new PauseTooLongError(minWait, status), call);
		}
		progress.spent += wait;
		if (progress.spent > MAX_RETRYING_MS) return false;
		await this.pause(wait, call);
		return true;
	}

	private async pause(wait: number, call: CallContext): Promise<void> {
		try {
			await this.options.clock.sleep(wait);
		} catch (error) {
			throw toFinalError(error, call);
		}
	}

	/** One request, signed in, and what it came to; it waits for its turn each time it is sent. */
	private async attempt(
		request: HttpRequest,
		spec: RequestSpec<z.ZodTypeAny>,
		progress: Progress,
	): Promise<Attempt> {
		const { send, throttle, clock } = this.options;
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
		const { sendWithToken = sendAsItIs } = this.options;
		return await sendWithToken(request, sendInTurn)
			.then(
				(response) => readAnswer(response, spec),
				(error: unknown): Attempt => {
					if (error instanceof NoAnswerError) return { kind: 'noAnswer', error };
					throw error;
				},
			)
			.finally(() => {
				progress.spent += clock.monotonic() - beganAt - queued;
			});
	}
}

/** For a `send` that needs no token, such as a test's. */
const sendAsItIs: SendWithToken = async (request, sendInTurn) =>
	await sendInTurn(request, async () => {});

/** How far a call has come, over its tries. */
interface Progress {
	/** A longer pause than this ends the call with an error, in milliseconds. */
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

/** What the last try came to, as the call's answer; throws where it never came to one. */
function toAnswer<T>(tried: Attempt, call: CallContext, timeout: number): Answer<T> {
	if (tried.kind === 'noAnswer') {
		throw new PartnerCenterError({ kind: 'unanswered', cause: tried.error, timeout, call });
	}
	if (tried.kind === 'unreadable') {
		const { isUnverified = false, response, fault } = tried;
		const kind = isUnverified ? 'unverified' : 'unreadable';
		throw new PartnerCenterError({ kind, status: response.status, fault, call });
	}
	const { facts, body, response } = tried;
	const { headers } = response;
	if (facts !== undefined) return { ...call, ok: false, refusal: facts, headers };
	return { ...call, ok: true, value: body as T, headers };
}

function isRateLimited(tried: Attempt): boolean {
	return tried.kind === 'answered' && tried.response.status === 429;
}

function outcomeOf(response: HttpResponse, clock: Clock): Outcome {
	if (response.status !== 429) return { kind: 'answered' };
	return { kind: 'refused', retryAfter: readRetryAfter(response, clock.now()) };
}

/** Wraps what no retry helps against, so that the caller learns whether a write is in doubt. */
function toFinalError(error: unknown, call: CallContext): unknown {
	if (error instanceof CancelledError) return new CancellationError(call);
	if (error instanceof SignInError) {
		return new PartnerCenterError({ kind: 'notSignedIn', reason: error.reason, call });
	}
	if (error instanceof NotSentError) {
		return new PartnerCenterError({ kind: 'notSent', reason: error.message, call });
	}
	if (error instanceof PauseTooLongError) {
		const { milliseconds: requested, status } = error;
		return new PartnerCenterError({
			kind: 'pauseTooLong',
			requested,
			max: MAX_RETRY_AFTER_MS,
			status,
			call,
		});
	}
	if (error instanceof RateLimitedError) {
		return new PartnerCenterError({ kind: 'rateLimited', call });
	}
	if (!call.inDoubt || error instanceof PartnerCenterError) return error;
	return new PartnerCenterError({ kind: 'unexpected', cause: error, call });
}
