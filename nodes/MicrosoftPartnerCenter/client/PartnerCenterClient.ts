/**
 * Microsoft Partner Center as a program sees it: one method per API call, typed outcomes. Knows
 * nothing of n8n; whoever uses it supplies what sends, a clock and ids.
 */
import type { z } from 'zod';

import type { Clock } from './clock';
import {
	PartnerCenterError,
	cancelled,
	isAlreadyConfirmed,
	isWithoutAgreements,
	notSent,
	notSignedIn,
	pauseTooLong,
	readErrorFacts,
	refused,
	unanswered,
	undecided,
	unreadable,
	type Circumstances,
	type ErrorFacts,
	type RequestIds,
} from './errors';
import { isMadeBy } from './existingAgreement';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	PauseTooLongError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from './http';
import { readJson } from './json';
import { LONGEST_RETRYING_MS, LONGEST_RETRY_AFTER_MS } from './limits';
import { backoff, mayHaveBeenCarriedOut, readRetryAfter, waitBeforeRetry, type Try } from './retry';
import {
	agreementSchema,
	agreementTemplateSchema,
	listOf,
	type Agreement,
	type AgreementTemplate,
	type AgreementToCreate,
	type AgreementTypeFilter,
} from './schemas';
import type { Passage, Throttle } from './throttle';

export interface ClientOptions {
	send: Send;
	clock: Clock;
	/** Shared by everything that one execution sends. */
	throttle: Throttle;
	/** Makes a GUID; every call gets its own MS-RequestId, kept over its retries. */
	newId: () => string;
}

/** What belongs to one call but not to its content. */
export interface CallOptions {
	/** MS-CorrelationId: ties the calls of one execution together. A GUID. */
	correlationId: string;
	/** How long to wait for each answer, in milliseconds. */
	timeout: number;
	/** How often a call is tried again at most. */
	maxRetries: number;
}

/** The confirmation was recorded by this call. `agreement` is as Partner Center sent it. */
export interface Confirmed extends RequestIds {
	outcome: 'confirmed';
	agreement: Agreement;
	/** A try went unanswered, and the agreements showed that it had been carried out. */
	reconciled: boolean;
}

/** Partner Center holds a confirmation with the same contact (code 600061). */
export interface AlreadyExists extends RequestIds {
	outcome: 'alreadyExists';
	facts: ErrorFacts;
}

/** A customer's agreements, and the ids of the call that read them. */
export interface AgreementList extends RequestIds {
	agreements: Agreement[];
}

/** What the same execution did before with the same confirmation. */
export interface History {
	/** Another item confirmed it: 600061 can't mean an unanswered try of this one. */
	confirmed?: boolean;
	/** An earlier try of this very item ended without knowing its outcome. */
	unanswered?: boolean;
}

/** A call that came to an answer: a refusal with its facts, or a success with its value. */
type Settled<T> = Circumstances & ({ facts: ErrorFacts } | { facts?: never; value: T });

const templates = listOf(agreementTemplateSchema);
const agreements = listOf(agreementSchema);

export class PartnerCenterClient {
	constructor(private readonly options: ClientOptions) {}

	/**
	 * Lists the templates that a customer can agree to.
	 *
	 * `GET /v1/agreements?agreementType={type}`. The type is always sent: left out, Partner Center
	 * lists the Cloud Agreement only.
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-customer-agreement-metadata
	 */
	async getAgreementMetadata(
		type: AgreementTypeFilter,
		call: CallOptions,
	): Promise<AgreementTemplate[]> {
		const path = `/v1/agreements?agreementType=${encodeURIComponent(type)}`;
		const settled = await this.request('GET', path, call, templates, 'a list of templates');
		if (settled.facts !== undefined) throw refused(settled.facts, settled);
		return settled.value;
	}

	/**
	 * Confirms that a customer accepted the agreement. Partner Center mails the customer's contact.
	 *
	 * `POST /v1/customers/{customer-tenant-id}/agreements`. Code 600061 is an outcome, whatever the
	 * HTTP status that comes with it (Microsoft documents none). Where an earlier try of this very
	 * call went unanswered, the customer's agreements decide whether that try is what 600061 means.
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @param history what this execution did before with the same customer and contact
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
	 */
	async confirmAgreement(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		history: History = {},
	): Promise<Confirmed | AlreadyExists> {
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements`;
		const settled = await this.request(
			'POST',
			path,
			call,
			agreementSchema,
			'an agreement',
			agreement,
		);
		const { facts, ids } = settled;
		if (facts === undefined) {
			return { outcome: 'confirmed', agreement: settled.value, reconciled: false, ...ids };
		}
		if (!isAlreadyConfirmed(facts)) throw refused(facts, settled);
		const isDoubtful = settled.doubtful || history.unanswered === true;
		if (isDoubtful && history.confirmed !== true) {
			const made = await this.findMade(customerId, agreement, call, ids);
			if (made !== undefined) {
				return { outcome: 'confirmed', agreement: made, reconciled: true, ...ids };
			}
		}
		return { outcome: 'alreadyExists', facts, ...ids };
	}

	/** @throws {PartnerCenterError} when the agreements can't be read: then nobody knows */
	private async findMade(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
		ids: RequestIds,
	): Promise<Agreement | undefined> {
		const list = await this.getAgreements(customerId, agreement.type, call).catch(
			(error: unknown) => undecided(ids, error instanceof Error ? error.message : 'no reason'),
		);
		if (list instanceof PartnerCenterError) throw list;
		return list.agreements.find((one) => isMadeBy(agreement, one));
	}

	/**
	 * Lists the agreements that were confirmed for a customer; none is an empty list, whichever way
	 * Partner Center says it (an empty collection or code 600009).
	 *
	 * `GET /v1/customers/{customer-tenant-id}/agreements?agreementType={type}`
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-confirmation-of-customer-agreement
	 */
	async getAgreements(
		customerId: string,
		type: AgreementTypeFilter,
		call: CallOptions,
	): Promise<AgreementList> {
		const path = `/v1/customers/${encodeURIComponent(customerId)}/agreements?agreementType=${encodeURIComponent(type)}`;
		const settled = await this.request('GET', path, call, agreements, 'a list of agreements');
		const { facts, ids } = settled;
		if (facts === undefined) return { agreements: settled.value, ...ids };
		if (isWithoutAgreements(facts)) return { agreements: [], ...ids };
		throw refused(facts, settled);
	}

	/**
	 * Sends a request until it is answered with what can be read, or its retries are used up.
	 *
	 * @throws {PartnerCenterError} when it never came to an answer
	 */
	private async request<T extends z.ZodTypeAny>(
		method: HttpRequest['method'],
		path: string,
		call: CallOptions,
		schema: T,
		expected: string,
		body?: object,
	): Promise<Settled<z.output<T>>> {
		const { clock, newId } = this.options;
		const ids: RequestIds = { requestId: newId(), correlationId: call.correlationId };
		const request = buildRequest(method, path, ids, call.timeout, body);
		const startedAt = clock.now();
		const ofCustomer = path.startsWith('/v1/customers/');
		const circumstances: Circumstances = { ids, doubtful: false, retries: 0, ofCustomer };

		for (;;) {
			const tried = await this.attempt(request, schema, expected, circumstances);
			if (method === 'POST' && mayHaveBeenCarriedOut(tried)) circumstances.doubtful = true;
			const least = waitBeforeRetry(tried, clock.now());
			if (least !== undefined && circumstances.retries < call.maxRetries) {
				const wait = Math.max(least, backoff(circumstances.retries, clock.random()));
				if (least > LONGEST_RETRY_AFTER_MS) {
					throw asFinal(new PauseTooLongError(least), circumstances.doubtful, ids);
				}
				if (clock.now() + wait - startedAt <= LONGEST_RETRYING_MS) {
					await this.pause(wait, circumstances);
					circumstances.retries += 1;
					continue;
				}
			}
			if (tried.kind === 'noAnswer') throw unanswered(tried.error, call.timeout, circumstances);
			if (tried.kind === 'unreadable') {
				throw unreadable(tried.response, tried.reason, circumstances);
			}
			const { facts } = tried;
			if (facts !== undefined) return { ...circumstances, facts };
			return { ...circumstances, value: tried.body as z.output<T> };
		}
	}

	private async pause(wait: number, { doubtful, ids }: Circumstances): Promise<void> {
		try {
			await this.options.clock.sleep(wait);
		} catch (error) {
			throw asFinal(error, doubtful, ids);
		}
	}

	/** One request on its way through the gate, and what it came to. */
	private async attempt(
		request: HttpRequest,
		schema: z.ZodTypeAny,
		expected: string,
		{ ids, doubtful, retries }: Circumstances,
	): Promise<Try> {
		const { send, throttle, clock } = this.options;
		let passage: Passage;
		try {
			const place = await throttle.enter();
			try {
				const response = await send(request);
				passage = passageOf(response, retries, clock);
				return readAnswer(response, schema, expected);
			} finally {
				place.leave(passage);
			}
		} catch (error) {
			if (error instanceof NoAnswerError) return { kind: 'noAnswer', error };
			const wasCutShort = error instanceof CancelledError && error.mayHaveArrived;
			throw asFinal(error, doubtful || (wasCutShort && request.method === 'POST'), ids);
		}
	}
}

function buildRequest(
	method: HttpRequest['method'],
	path: string,
	ids: RequestIds,
	timeout: number,
	body: object | undefined,
): HttpRequest {
	const headers: Record<string, string> = {
		Accept: 'application/json',
		'MS-RequestId': ids.requestId,
		'MS-CorrelationId': ids.correlationId,
	};
	if (body === undefined) return { method, path, headers, timeout };
	headers['Content-Type'] = 'application/json';
	return { method, path, headers, timeout, body };
}

function passageOf(response: HttpResponse, retries: number, clock: Clock): Passage {
	if (response.status !== 429) return { passed: true };
	const asked = readRetryAfter(response, clock.now());
	return { passed: false, retryAfter: asked > 0 ? asked : backoff(retries, clock.random()) };
}

function isSuccess(response: HttpResponse): boolean {
	return response.status >= 200 && response.status < 300;
}

function readAnswer(response: HttpResponse, schema: z.ZodTypeAny, expected: string): Try {
	const read = readJson(response.body);
	if (!isSuccess(response)) {
		// A refusal that was cut off may have been 600061.
		const isRefusal = response.status >= 400 && response.status < 500;
		if (isRefusal && !read.ok && read.cutOff === true) {
			return { kind: 'unreadable', response, reason: read.reason };
		}
		// Otherwise the status of a refusal says enough where its body says nothing.
		const body = read.ok ? read.value : undefined;
		return { kind: 'answered', response, body, facts: readErrorFacts(response, body) };
	}
	if (!read.ok) return { kind: 'unreadable', response, reason: read.reason };
	const parsed = schema.safeParse(read.value);
	if (parsed.success) return { kind: 'answered', response, body: parsed.data };
	const where = parsed.error.issues[0]?.path.join('.') ?? '';
	const reason = `it is not ${expected}${where === '' ? '' : ` ("${where}")`}`;
	return { kind: 'unreadable', response, reason };
}

/** What no retry helps against, in words. */
function asFinal(error: unknown, doubtful: boolean, ids: RequestIds): Error {
	if (error instanceof SignInError) return notSignedIn(error);
	if (error instanceof NotSentError) return notSent(error, ids);
	if (error instanceof CancelledError) return cancelled(doubtful);
	if (error instanceof PauseTooLongError) return pauseTooLong(error, ids, doubtful);
	return error instanceof Error ? error : new PartnerCenterError(String(error), '');
}
