/**
 * Microsoft Partner Center as a program sees it: one method per API call, typed outcomes. Knows
 * nothing of n8n; whoever uses it supplies `send` and `newId`.
 */
import { z } from 'zod';

import {
	PartnerCenterError,
	isAlreadyConfirmed,
	isWithoutAgreements,
	notSent,
	notSignedIn,
	readErrorFacts,
	refused,
	unanswered,
	unreadable,
	cancelled,
	type ErrorFacts,
	type Intent,
	type RequestIds,
} from './errors';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from './http';
import { readJson } from './json';
import {
	agreementSchema,
	agreementTemplateSchema,
	listOf,
	type Agreement,
	type AgreementTemplate,
	type AgreementToCreate,
	type AgreementTypeFilter,
} from './schemas';

export interface ClientOptions {
	send: Send;
	/** Makes a GUID; every call gets its own MS-RequestId. */
	newId: () => string;
}

/** What belongs to one call but not to its content. */
export interface CallOptions {
	/** MS-CorrelationId: ties the calls of one execution together. A GUID. */
	correlationId: string;
	/** How long to wait for an answer, in milliseconds. */
	timeout: number;
}

/** The confirmation was recorded by this call. `agreement` is the body as Partner Center sent it. */
export interface Confirmed extends RequestIds {
	outcome: 'confirmed';
	agreement: Agreement;
}

/** Partner Center holds a confirmation with the same contact (code 600061). */
export interface AlreadyExists extends RequestIds {
	outcome: 'alreadyExists';
	facts: ErrorFacts;
}

interface Answer {
	response: HttpResponse;
	body: unknown;
	ids: RequestIds;
}

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
		const answer = await this.request(
			'GET',
			`/v1/agreements?agreementType=${encodeURIComponent(type)}`,
			call,
			'read',
		);
		this.requireSuccess(answer, 'read');
		return this.parse(templates, answer, 'a list of agreement templates', 'read');
	}

	/**
	 * Confirms that a customer accepted the agreement. Partner Center mails the customer's contact.
	 *
	 * `POST /v1/customers/{customer-tenant-id}/agreements`. Code 600061 is an outcome, whatever the
	 * HTTP status that comes with it (Microsoft documents none).
	 *
	 * @param customerId the customer's tenant ID: a GUID
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/confirm-customer-consent-customer-agreement
	 */
	async confirmAgreement(
		customerId: string,
		agreement: AgreementToCreate,
		call: CallOptions,
	): Promise<Confirmed | AlreadyExists> {
		const answer = await this.request(
			'POST',
			`/v1/customers/${encodeURIComponent(customerId)}/agreements`,
			call,
			'write',
			agreement,
		);
		if (!isSuccess(answer.response)) {
			const facts = readErrorFacts(answer.response, answer.body);
			if (isAlreadyConfirmed(facts)) return { outcome: 'alreadyExists', facts, ...answer.ids };
			throw refused(facts, answer.ids, 'write');
		}
		const created = this.parse(agreementSchema, answer, 'an agreement', 'write');
		return { outcome: 'confirmed', agreement: created, ...answer.ids };
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
	): Promise<Agreement[]> {
		const answer = await this.request(
			'GET',
			`/v1/customers/${encodeURIComponent(customerId)}/agreements?agreementType=${encodeURIComponent(type)}`,
			call,
			'read',
		);
		if (!isSuccess(answer.response)) {
			const facts = readErrorFacts(answer.response, answer.body);
			if (isWithoutAgreements(facts)) return [];
			throw refused(facts, answer.ids, 'read');
		}
		return this.parse(agreements, answer, 'a list of agreements', 'read');
	}

	private async request(
		method: HttpRequest['method'],
		path: string,
		call: CallOptions,
		intent: Intent,
		body?: object,
	): Promise<Answer> {
		const ids: RequestIds = { requestId: this.options.newId(), correlationId: call.correlationId };
		const request: HttpRequest = {
			method,
			path,
			headers: {
				Accept: 'application/json',
				'MS-RequestId': ids.requestId,
				'MS-CorrelationId': ids.correlationId,
			},
			timeout: call.timeout,
		};
		if (body !== undefined) {
			request.headers['Content-Type'] = 'application/json';
			request.body = body;
		}
		let response: HttpResponse;
		try {
			response = await this.options.send(request);
		} catch (error) {
			throw asPartnerCenterError(error, call.timeout, ids, intent);
		}
		const read = readJson(response.body);
		if (read.ok) return { response, body: read.value, ids };
		// An error status says enough without a body; a success does not.
		if (!isSuccess(response)) return { response, body: undefined, ids };
		throw unreadable(response, read.reason, ids, intent);
	}

	private requireSuccess({ response, body, ids }: Answer, intent: Intent): void {
		if (!isSuccess(response)) throw refused(readErrorFacts(response, body), ids, intent);
	}

	private parse<T extends z.ZodTypeAny>(
		schema: T,
		{ response, body, ids }: Answer,
		expected: string,
		intent: Intent,
	): z.output<T> {
		const result = schema.safeParse(body);
		if (result.success) return result.data;
		const where = result.error.issues[0]?.path.join('.') ?? '';
		const reason = `it is not ${expected}${where === '' ? '' : ` ("${where}")`}`;
		throw unreadable(response, reason, ids, intent);
	}
}

function isSuccess(response: HttpResponse): boolean {
	return response.status >= 200 && response.status < 300;
}

function asPartnerCenterError(
	error: unknown,
	timeout: number,
	ids: RequestIds,
	intent: Intent,
): Error {
	if (error instanceof NoAnswerError) return unanswered(error, timeout, ids, intent);
	if (error instanceof SignInError) return notSignedIn(error);
	if (error instanceof NotSentError) return notSent(error, ids);
	if (error instanceof CancelledError) return cancelled();
	return error instanceof Error ? error : new PartnerCenterError(String(error), '');
}
