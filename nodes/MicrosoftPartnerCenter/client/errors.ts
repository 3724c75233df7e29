/**
 * How a call ended that did not succeed, as facts: which kind of end, what Partner Center said, and
 * whether a write is in doubt. What that means to a person is said in `messages/`.
 *
 * Codes and their meaning: https://learn.microsoft.com/partner-center/developer/error-codes
 */
import { excerptOf, readErrorBody } from './errorBody';
import type { HttpResponse, NoAnswerError } from './http';
import type { BodyFault } from './json';
import { inOneLine } from './oneLine';

/** The ids to quote in a support ticket. */
export interface RequestIds {
	requestId: string;
	correlationId: string;
}

/** Microsoft's own words about a refused request. Absent where the body did not hold them. */
export interface ErrorFacts {
	status: number;
	code?: string;
	errorName?: string;
	text?: string;
	/** Names of the properties that were refused, where the body lists them. */
	details?: string;
	/** Whether Partner Center itself says that trying again may help. */
	isRetryable?: boolean;
}

/** What a write creates. */
export type Created = 'confirmation' | 'attestation';

/** Which call it was, and how it came to its end. */
export interface CallContext {
	ids: RequestIds;
	/** Whether a write may have been carried out although no usable answer says so. */
	inDoubt: boolean;
	creates: Created;
	/** Whether it was signed in as the app alone. */
	appOnly: boolean;
	/** How often it was tried again. */
	retries: number;
	/** Whether the request named a customer, so that "not found" can mean that customer. */
	ofCustomer: boolean;
}

/** A customer, as far as a person tells it from others. */
export interface CustomerSummary {
	id: string;
	domain: string;
	companyName: string | undefined;
}

/** How a call ended that did not succeed. */
export type Problem =
	/** Partner Center answered, and the answer is no. */
	| { kind: 'refused'; facts: ErrorFacts; call: CallContext }
	/** The same for the confirmation, whose end Microsoft has announced. */
	| { kind: 'confirmationRefused'; facts: ErrorFacts; call: CallContext }
	/** Something answered, but not with what Partner Center would say. */
	| { kind: 'unreadable'; status: number; fault: BodyFault; call: CallContext }
	/** Something answered with a success that is not the agreement which was sent. */
	| { kind: 'unverified'; status: number; fault: BodyFault; call: CallContext }
	/** Nothing answered. `timeout` in milliseconds. */
	| { kind: 'unanswered'; cause: NoAnswerError; timeout: number; call: CallContext }
	/** The agreement is there, and whether an unanswered try of this call made it can't be read. */
	| { kind: 'undecided'; reason: unknown; ids: RequestIds }
	/** No token could be had; an earlier try may have been carried out all the same. */
	| { kind: 'notSignedIn'; reason: string; call: CallContext }
	/** n8n did not send the request, e.g. because of its own network rules. */
	| { kind: 'notSent'; reason: string; call: CallContext }
	/** Something unforeseen, after a try whose outcome nobody knows. */
	| { kind: 'unexpected'; cause: unknown; call: CallContext }
	/** Partner Center asked for a longer pause than is waited for. `requested` and `max` in milliseconds. */
	| { kind: 'pauseTooLong'; requested: number; max: number; status: number; call: CallContext }
	/** The rate limit lets nothing through. */
	| { kind: 'rateLimited'; call: CallContext }
	/** The execution was cancelled before there was an answer. */
	| { kind: 'cancelled'; call: Pick<CallContext, 'inDoubt' | 'creates'> }
	/** The execution was cancelled before anything was begun. */
	| { kind: 'notStarted' }
	/** A link to the next page that leads out of the list. */
	| { kind: 'linkElsewhere'; collection: string }
	/** A page that was read already. */
	| { kind: 'pageLoop' }
	/** That many pages in a row held nothing new; in the form, somebody is waiting for them. */
	| { kind: 'nothingNew'; pages: number; inForm: boolean }
	/** More pages than any list has. */
	| { kind: 'tooManyPages'; pages: number }
	/** Fewer entries than the list says it has. */
	| { kind: 'incompleteList'; sent: number; promised: number }
	| { kind: 'noTemplate'; type: string }
	| { kind: 'noCustomer'; domain: string; similar: CustomerSummary[] }
	| { kind: 'severalCustomers'; domain: string; customers: CustomerSummary[] }
	/** `timeout` in milliseconds. */
	| { kind: 'documentLate'; timeout: number }
	| { kind: 'documentUnreachable'; reason: string }
	| { kind: 'documentRefused'; status: number }
	/** `max` in bytes. */
	| { kind: 'documentTooLarge'; max: number }
	| { kind: 'documentEmpty' };

/** A call that did not succeed. Its message is for logs; `messages/explain.ts` has the words. */
export class PartnerCenterError extends Error {
	override readonly name: string = 'PartnerCenterError';

	constructor(readonly problem: Problem) {
		super(problem.kind);
	}

	/** What Partner Center answered, as far as it did. */
	get facts(): Partial<ErrorFacts> {
		const { problem } = this;
		if ('facts' in problem) return problem.facts;
		if ('status' in problem) return { status: problem.status };
		return problem.kind === 'rateLimited' ? { status: 429 } : {};
	}

	/** Of the call that failed, where one was made. */
	get ids(): RequestIds | undefined {
		const { problem } = this;
		if ('ids' in problem) return problem.ids;
		return 'call' in problem && 'ids' in problem.call ? problem.call.ids : undefined;
	}

	/** Whether a write may have been carried out all the same. */
	get inDoubt(): boolean {
		const { problem } = this;
		if (['unverified', 'undecided', 'unexpected'].includes(problem.kind)) return true;
		return 'call' in problem && problem.call.inDoubt;
	}
}

/** The execution was cancelled, so another one that needs the same answer asks for it by itself. */
export class CancellationError extends PartnerCenterError {
	/** @param call left out where nothing was begun */
	constructor(call?: Pick<CallContext, 'inDoubt' | 'creates'>) {
		super(call === undefined ? { kind: 'notStarted' } : { kind: 'cancelled', call });
	}
}

/** The list is at fault, not one of its pages: asking again for the same page can't help. */
export class BrokenListError extends PartnerCenterError {}

/** Microsoft says "a partner confirmed agreement already exists": an outcome, where it is expected. */
export function isAlreadyConfirmed(facts: ErrorFacts): boolean {
	return facts.code === '600061' || facts.errorName === 'PartnerConfirmedAgreementAlreadyExists';
}

/**
 * Statuses that a service gives to an answer of its own. Any other comes from something in front of
 * it, or says that the request was not dealt with, whatever stands in the body.
 */
const OWN_STATUSES = new Set([200, 201, 400, 403, 404, 409, 412, 422]);

/** The same code with a status that Partner Center itself gives, so that the customer's agreements need not be read. */
export function isOutcomeAlreadyConfirmed(facts: ErrorFacts): boolean {
	return isAlreadyConfirmed(facts) && OWN_STATUSES.has(facts.status);
}

/** Partner Center's way of saying that a customer has no agreements; an empty list means the same. */
export function isWithoutAgreements(facts: ErrorFacts): boolean {
	return facts.code === '600009';
}

/** The customer's account was never reviewed: Partner Center's `AccountStatusNotFound`. */
export function isWithoutVerification(facts: ErrorFacts): boolean {
	return facts.code === '600074' || facts.errorName === 'AccountStatusNotFound';
}

/** Reads a refused answer, in any of the envelopes of `errorBody.ts`, or quotes its beginning. */
export function readErrorFacts(response: HttpResponse, body: unknown): ErrorFacts {
	const { status } = response;
	const facts: ErrorFacts = { status };
	const { code, errorName, details, isRetryable, ...said } = readErrorBody(body);
	if (code !== undefined) facts.code = inOneLine(String(code), 40);
	if (errorName !== undefined) facts.errorName = inOneLine(errorName, 80);
	const isSilent = code === undefined && errorName === undefined && details.length === 0;
	const isRefusal = status < 200 || status >= 300;
	const text = said.text ?? (isSilent && isRefusal ? excerptOf(response.body) : '');
	if (text.trim() !== '') facts.text = inOneLine(text);
	const challenge = response.headers['www-authenticate'];
	if (status === 401 && !facts.code && said.text === undefined && typeof challenge === 'string') {
		details.push(`WWW-Authenticate: ${challenge}`);
	}
	if (details.length > 0) facts.details = inOneLine(details.join(', '));
	if (isRetryable !== undefined) facts.isRetryable = isRetryable;
	return facts;
}

/** Partner Center answered, and the answer is no. */
export function refused(facts: ErrorFacts, call: CallContext): PartnerCenterError {
	return new PartnerCenterError({ kind: 'refused', facts, call });
}
