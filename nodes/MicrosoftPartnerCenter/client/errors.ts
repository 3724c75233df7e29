/**
 * What an answer that isn't a success means to a person: what happened, and what to do about it.
 * The one place where Partner Center's codes are turned into words.
 *
 * Codes and their meaning: https://learn.microsoft.com/partner-center/developer/error-codes
 */
import { excerptOf, readErrorBody } from './errorBody';
import type {
	HttpResponse,
	NoAnswerError,
	NotSentError,
	PauseTooLongError,
	SignInError,
} from './http';
import { LONGEST_RETRY_AFTER_MS } from './limits';
import { adviceForSignIn } from '../messages/signIn';

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

/** An item that could not be served: what happened (`message`) and the next step (`advice`). */
export class PartnerCenterError extends Error {
	override readonly name = 'PartnerCenterError';

	/** @param outcomeUnknown true when a confirmation may have been recorded all the same */
	constructor(
		message: string,
		readonly advice: string,
		readonly facts: Partial<ErrorFacts> = {},
		readonly outcomeUnknown = false,
	) {
		super(message);
	}
}

/** The execution was cancelled: that says nothing about what it asked for. */
export class CancellationError extends PartnerCenterError {}

/** Microsoft says "a partner confirmed agreement already exists": an outcome, where it is expected. */
export function isAlreadyConfirmed(facts: ErrorFacts): boolean {
	return facts.code === '600061' || facts.errorName === 'PartnerConfirmedAgreementAlreadyExists';
}

/**
 * Statuses that a service gives to an answer of its own. Any other comes from something in front of
 * it, or says that the request was not dealt with, whatever stands in the body.
 */
const ANSWERING = new Set([200, 201, 400, 403, 404, 409, 412, 422]);

/** The same code with a status under which it is an answer of Partner Center. */
export function isOutcomeAlreadyConfirmed(facts: ErrorFacts): boolean {
	return isAlreadyConfirmed(facts) && ANSWERING.has(facts.status);
}

/** Partner Center's way of saying that a customer has no agreements; an empty list means the same. */
export function isWithoutAgreements(facts: ErrorFacts): boolean {
	return facts.code === '600009';
}

const MAX_TEXT = 300;

/** A bearer token: whoever echoes the request's headers must not get it into an item. */
const TOKEN = /\beyJ[\w-]{8,}(\.[\w-]*)*|(?<=\bBearer )[\w.~+/-]{20,}=*/g;

/** A token may be cut off where the text is. */
const TOKEN_AT_END = /(\beyJ|(?<=\bBearer ))[\w.~+/-]*$/;
/** So much of a text is looked at: many times what is shown, and no 50 MB. */
const MAX_READ = 10_000;

/** Control characters and tokens out, white space folded, at most 300 characters: fit for a message. */
export function inOneLine(text: string, limit = MAX_TEXT): string {
	const isCut = text.length > MAX_READ;
	// Where the cut parts a pair of surrogates, its first half goes too.
	const read = isCut ? text.slice(0, MAX_READ).replace(/[\uD800-\uDBFF]$/, '') : text;
	const line = read
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.replace(/\p{Cs}/gu, '\uFFFD')
		.replace(TOKEN, '…')
		.replace(isCut ? TOKEN_AT_END : '', '')
		.trim();
	const characters = [...line];
	return characters.length > limit || isCut ? `${characters.slice(0, limit).join('')}…` : line;
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

interface Explanation {
	message: string;
	advice: string;
}

const mfa: Explanation = {
	message: 'Partner Center requires a sign-in with multi-factor authentication',
	advice:
		'Open the credential and reconnect it, completing multi-factor authentication while signing in. A token from a sign-in without it stays without it, also after it is refreshed.',
};
const unknownCustomer: Explanation = {
	message: 'Partner Center does not know this customer',
	advice:
		"Check 'Customer': it takes the customer's Microsoft ID (tenant ID) of a customer of the partner tenant in the credential.",
};
const notFound: Explanation = {
	message: 'Partner Center did not find what was asked for',
	advice: "Check that the tenant in the credential is enrolled in Microsoft's CSP program.",
};
const noSuchCall: Explanation = {
	message: 'Partner Center does not know this call',
	advice:
		"Compare 'API Version' with Microsoft's page on the enhanced attestation, and check that the tenant in the credential is enrolled in Microsoft's CSP program.",
};
const sameContact: Explanation = {
	message: 'A confirmation with the same contact exists already',
	advice:
		'Partner Center takes another one only with another first name, last name, e-mail address or phone number.',
};
const noRelationship: Explanation = {
	message: 'There is no reseller relationship with this customer',
	advice: 'Ask the customer to accept a reseller relationship request, then run this item again.',
};
const notAllowed: Explanation = {
	message: 'Partner Center does not let this user do that',
	advice:
		'Connect the credential as a user with the Admin agent or Sales agent role in Partner Center.',
};
const invalidValue: Explanation = {
	message: 'Partner Center did not accept a value',
	advice: "Compare the item's fields with Microsoft's answer below.",
};

const tokenRefused: Explanation = {
	message: 'Partner Center refused the token, also after it was renewed',
	advice:
		'Open the credential and reconnect it: as a user of the partner tenant that is named there, with multi-factor authentication.',
};
const wrongAudience: Explanation = {
	message: "The token was made for Microsoft's retired directory API, not for Partner Center",
	advice:
		'Open the credential and reconnect it. It asks for the scope https://api.partnercenter.microsoft.com/user_impersonation by itself.',
};

const registerApp =
	"Check that the app of 'Client ID' in the credential belongs to the tenant that is named there, and is registered in Partner Center under 'Account settings → App management'.";

/** The same for an app that signs in alone, where nobody can reconnect anything. */
const FOR_AN_APP: ReadonlyMap<Explanation, Explanation> = new Map([
	[tokenRefused, { message: tokenRefused.message, advice: registerApp }],
	[mfa, { message: tokenRefused.message, advice: registerApp }],
	[notAllowed, { message: 'Partner Center does not let this app do that', advice: registerApp }],
	[
		wrongAudience,
		{
			message: wrongAudience.message,
			advice:
				'Save the credential anew. It asks for the scope https://api.partnercenter.microsoft.com/.default by itself.',
		},
	],
]);

/** By Microsoft's code. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
	'10001': mfa,
	'900421': mfa,
	'900420': wrongAudience,
	'900329': {
		message: 'Partner Center takes no App-only token for this call',
		advice: 'Use a credential that a user has connected (App+User).',
	},
	'20002': noRelationship,
	'2032': noRelationship,
	'1000': unknownCustomer,
	'60003': unknownCustomer,
	'900118': unknownCustomer,
	'900150': notAllowed,
	'900308': notAllowed,
	'900309': {
		message: 'A Conditional Access policy of the partner tenant stopped the request',
		advice: 'Ask the tenant administrator to let this app and user pass the policy.',
	},
	'3000': invalidValue,
	'800002': invalidValue,
	'600061': {
		message: 'Partner Center answered that the agreement was confirmed already',
		advice: 'That is unexpected for this operation. Quote the IDs below to Microsoft support.',
	},
};

function explainCode(code = ''): Explanation | undefined {
	return Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}

/** How Partner Center refused a sign-in without MFA before it had codes: words, or a bare challenge. */
const OLD_MFA = /MFA required|error="?invalid_token/i;

const RETRY_LATER = 'Run this item again in a few minutes.';

function explainStatus(facts: ErrorFacts): Explanation {
	const { status, text = '', details = '' } = facts;
	if (status === 401) {
		if (OLD_MFA.test(`${text} ${details}`)) return mfa;
		return tokenRefused;
	}
	if (status === 403) return notAllowed;
	if (status === 404) return unknownCustomer;
	if (status === 429) {
		return {
			message: "Partner Center's rate limit is exceeded",
			advice: "Run this item again after a minute, or lower 'Max Concurrency'.",
		};
	}
	if (status >= 500 || status === 408) {
		return { message: 'Partner Center could not process the request', advice: RETRY_LATER };
	}
	if (status === 400) return invalidValue;
	return {
		message: `Partner Center refused the request with HTTP status ${status}`,
		advice:
			'Run this item again. If it stays so, quote the answer below to Microsoft support, with its IDs.',
	};
}

/** What a write makes. */
export type Made = 'confirmation' | 'attestation';

/** Which call ended, and whether its outcome is known. */
export interface Ending {
	ids: RequestIds;
	/** Whether a write may have been carried out although no usable answer says so. */
	doubtful: boolean;
	makes: Made;
	/** Whether it was signed in as the app alone. */
	appOnly: boolean;
}

/** How a call came to its end. */
export interface Circumstances extends Ending {
	/** How often it was tried again. */
	retries: number;
	/** Whether the request named a customer, so that "not found" can mean that customer. */
	ofCustomer: boolean;
}

const OUTCOME_UNKNOWN: Readonly<Record<Made, string>> = {
	confirmation:
		"Whether the confirmation was recorded is not known. Look at the customer's agreements in Partner Center; running this item again with the same contact can't record it twice.",
	attestation:
		'Whether the attestation was created is not known. Running this item again may create a second one.',
};

function quote(facts: ErrorFacts, ids: RequestIds): string {
	const said = [
		`HTTP ${facts.status}`,
		facts.code === undefined ? undefined : `code ${facts.code}`,
		facts.errorName,
		facts.text === undefined ? undefined : `"${facts.text}"`,
		facts.details,
	].filter((part) => part !== undefined);
	return `Microsoft's answer: ${said.join(', ')}. ${quoteIds(ids)}`;
}

function quoteIds(ids: RequestIds): string {
	return `MS-RequestId ${ids.requestId}, MS-CorrelationId ${ids.correlationId}.`;
}

function afterRetries(retries: number): string {
	if (retries === 0) return '';
	return retries === 1 ? ', also after 1 retry' : `, also after ${retries} retries`;
}

/** Partner Center answered, and the answer is no. */
export function refused(facts: ErrorFacts, circumstances: Circumstances): PartnerCenterError {
	const { ids, doubtful, retries, makes } = circumstances;
	const { message, advice } = explain(facts, circumstances);
	return new PartnerCenterError(
		`${message}${afterRetries(retries)}`,
		`${doubtful ? OUTCOME_UNKNOWN[makes] : advice} ${quote(facts, ids)}`,
		facts,
		doubtful,
	);
}

function explain(facts: ErrorFacts, { ofCustomer, appOnly, makes }: Circumstances): Explanation {
	const explained = explainCode(facts.code) ?? explainStatus(facts);
	if (makes === 'attestation') {
		if (isAlreadyConfirmed(facts)) return sameContact;
		if (explained === unknownCustomer) return noSuchCall;
	}
	if (explained === unknownCustomer && !ofCustomer) return notFound;
	return (appOnly ? FOR_AN_APP.get(explained) : undefined) ?? explained;
}

/**
 * Microsoft has announced that there will be no confirmation in this form any more. The words count
 * where they are said of the call, in the same breath: a template, a customer or a relationship can
 * be retired too, and a quoted value can hold any word.
 */
const SUBJECT = 'api|endpoint|operation|call|method|service|functionality|feature|way to confirm';
const OTHER_SUBJECTS =
	'template|customer|relationship|agreement|contact|tenant|partner|user|property|value|field|parameter';
const RETIRED_WORDS =
	'retire[ds]?|retiring|deprecated|decommissioned|discontinued|obsolete|sunset|no longer (?:be )?(?:supported|available|accepted|offered|allowed|used|in use)';
const RETIRED = new RegExp(
	[
		`\\b(?:${SUBJECT})\\b(?:(?!\\b(?:${OTHER_SUBJECTS})s?\\b)[^.:;@'"“]){0,40}?\\b(?:${RETIRED_WORDS})\\b`,
		`\\b(?:retired|deprecated|discontinued|obsolete) (?:${SUBJECT})\\b`,
		`^\\W*(?:${RETIRED_WORDS})\\W*$`,
	].join('|'),
	'i',
);
/** What Microsoft quotes is not its own words. */
const QUOTED = /(?<!\w)(['"])[^'"]*\1/g;
/** The same as the name of an error, e.g. `ApiRetired`. */
const RETIRED_NAME =
	/(api|endpoint|operation|call|method|service|feature)(version)?(is|was|hasbeen)?(retired|deprecated|discontinued)\b/i;

/** Refusals that say what to do by themselves, or have nothing to do with the call's future. */
const NEVER_RETIRED = new Set([401, 408, 412, 429]);

const OTHER_WAYS =
	"there are two other ways. Enhanced attestation: resource 'Attestation', operation 'Create', and Microsoft's page \"Confirm customer acceptance and create agreement for MCA using APIs\". Or direct acceptance: the customer accepts in the Microsoft 365 admin center, under 'Billing accounts', at https://admin.microsoft.com/AdminPortal/Home?ref=/BillingAccounts/agreement. 'Get Status' shows what came of it.";

/**
 * Partner Center refused a confirmation. Microsoft announced the end of this call for 5 January 2026
 * and documents no answer for it, so no code is guessed: HTTP 410 or words of retirement are taken
 * for it, and any other refusal without an explanation may be it.
 */
export function refusedConfirmation(
	facts: ErrorFacts,
	circumstances: Circumstances,
): PartnerCenterError {
	const refusal = refused(facts, circumstances);
	const { status, text = '', errorName = '' } = facts;
	const isFinal = (status >= 400 && status < 500 && !NEVER_RETIRED.has(status)) || status === 501;
	if (!isFinal || explainCode(facts.code) !== undefined) return refusal;
	const { ids, doubtful, retries, makes } = circumstances;
	if (status !== 410 && !RETIRED.test(text.replace(QUOTED, ' ')) && !RETIRED_NAME.test(errorName)) {
		const hint = `Microsoft announced the retirement of this call for 5 January 2026. If that is the reason, ${OTHER_WAYS}`;
		return new PartnerCenterError(refusal.message, `${refusal.advice} ${hint}`, facts, doubtful);
	}
	const doubt = doubtful ? `${OUTCOME_UNKNOWN[makes]} ` : '';
	return new PartnerCenterError(
		`Partner Center answered that this way to confirm is retired${afterRetries(retries)}`,
		`${doubt}${quote(facts, ids)} What to do: ${OTHER_WAYS}`,
		facts,
		doubtful,
	);
}

/** Something answered, but not with what Partner Center would say. */
export function unreadable(
	response: HttpResponse,
	reason: string,
	{ ids, doubtful, retries, makes }: Circumstances,
): PartnerCenterError {
	const advice = doubtful
		? OUTCOME_UNKNOWN[makes]
		: 'Run this item again. If it stays so, check whether a proxy answers in place of Partner Center.';
	const { status } = response;
	return new PartnerCenterError(
		`Partner Center's answer can't be read: ${reason}${afterRetries(retries)}`,
		`${advice} ${quote({ status }, ids)}`,
		{ status },
		doubtful,
	);
}

/** Something answered with a success that is not the agreement which was sent. */
export function unverified(
	response: HttpResponse,
	reason: string,
	{ ids, makes }: Circumstances,
): PartnerCenterError {
	const { status } = response;
	return new PartnerCenterError(
		`Partner Center's answer is not the agreement that was sent: ${reason}`,
		`${OUTCOME_UNKNOWN[makes]} ${quote({ status }, ids)}`,
		{ status },
		true,
	);
}

/** Nothing answered. */
export function unanswered(
	cause: NoAnswerError,
	timeout: number,
	{ ids, doubtful, retries, makes }: Circumstances,
): PartnerCenterError {
	const message = cause.timedOut
		? `${cause.from} did not answer within ${duration(timeout)}`
		: cause.mayHaveArrived
			? `The connection to ${cause.from} was cut before an answer came`
			: `${cause.from} could not be reached`;
	const advice = doubtful
		? OUTCOME_UNKNOWN[makes]
		: `Nothing was changed. Check that n8n can reach ${cause.from} (network, proxy), then run this item again.`;
	return new PartnerCenterError(
		`${message}${afterRetries(retries)}`,
		`${advice} ${quoteIds(ids)}`,
		{},
		doubtful,
	);
}

/** The confirmation exists already, and whether an unanswered try of this item made it can't be read. */
export function undecided(ids: RequestIds, reason: string): PartnerCenterError {
	return new PartnerCenterError(
		'An agreement with this contact exists, but whether this item recorded it is not known',
		`A first try was not answered, and the customer's agreements could not be read to tell (${reason}). Compare contact, template and date of the newest agreement in Partner Center with this item's. ${quoteIds(ids)}`,
		{},
		true,
	);
}

/** Milliseconds in words: whole seconds, or minutes from two minutes on. */
export function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds >= 120) return `${Math.ceil(seconds / 60)} minutes`;
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

/** No token could be had for this try; an earlier one may have been carried out all the same. */
export function notSignedIn(
	cause: SignInError,
	{ ids, doubtful, makes, appOnly }: Ending,
): PartnerCenterError {
	const { message, advice } = adviceForSignIn(cause.reason, appOnly);
	if (!doubtful) return new PartnerCenterError(message, advice);
	const then = `${advice} ${OUTCOME_UNKNOWN[makes]} ${quoteIds(ids)}`;
	return new PartnerCenterError(message, then, {}, true);
}

/** n8n itself declined to send, e.g. because of its own network rules. */
export function notSent(cause: NotSentError, { ids, doubtful, makes }: Ending): PartnerCenterError {
	const next =
		"Change what n8n's reason names, in the credential or in n8n's own network rules, then run this item again.";
	return new PartnerCenterError(
		'n8n did not send the request',
		`${doubtful ? `${OUTCOME_UNKNOWN[makes]} ` : ''}${next} n8n's reason: "${inOneLine(cause.message)}". ${quoteIds(ids)}`,
		{},
		doubtful,
	);
}

/** Something that has no words of its own, in the words of `describeFailure`, after a try whose outcome nobody knows. */
export function unexplained(cause: unknown, { ids, makes }: Ending): PartnerCenterError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new PartnerCenterError(
		`This item could not be processed: ${inOneLine(reason)}`,
		`${OUTCOME_UNKNOWN[makes]} ${quoteIds(ids)}`,
		{},
		true,
	);
}

/** Partner Center asked for a longer pause than a run may be held up for. */
export function pauseTooLong(
	cause: PauseTooLongError,
	{ ids, doubtful, makes }: Ending,
): PartnerCenterError {
	const advice = doubtful ? OUTCOME_UNKNOWN[makes] : 'Nothing was changed for this item.';
	const [asked, most] = [duration(cause.milliseconds), duration(LONGEST_RETRY_AFTER_MS)];
	return new PartnerCenterError(
		`Partner Center asks to wait ${asked}; a run waits ${most} at most`,
		`${advice} Run it again after that time. ${quoteIds(ids)}`,
		{ status: 429 },
		doubtful,
	);
}

/** The rate limit lets nothing through: waiting any longer is of no use to this item. */
export function rateLimitedThroughout({ ids, doubtful, makes }: Ending): PartnerCenterError {
	const advice = doubtful ? OUTCOME_UNKNOWN[makes] : 'Nothing was changed for this item.';
	return new PartnerCenterError(
		"Partner Center's rate limit lets no request through",
		`${advice} Run it again later, and see what else uses the credential. ${quoteIds(ids)}`,
		{ status: 429 },
		doubtful,
	);
}

/** The execution ended before this item had its turn. */
export function notStarted(): CancellationError {
	return new CancellationError(
		'The execution was cancelled before this item was started',
		'Run the workflow again to process it.',
	);
}

/** The execution was cancelled before this item had its answer. */
export function cancelled({
	doubtful,
	makes,
}: Partial<Ending> & Pick<Ending, 'doubtful' | 'makes'>): CancellationError {
	return new CancellationError(
		'The execution was cancelled before this item was done',
		doubtful
			? OUTCOME_UNKNOWN[makes]
			: 'Nothing was changed for this item. Run the workflow again to process it.',
		{},
		doubtful,
	);
}
