/** Whether a confirmation was refused because Microsoft has ended this way to confirm. */
import type { ErrorFacts } from '../client/errors';
import { explainCode } from './errorCodes';

/**
 * Words of retirement, where they stand close behind a word for the call itself: a template, a customer
 * or a relationship can be retired too.
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
/** Text in quotes repeats the request, so it says nothing about a retirement. */
const QUOTED = /(?<!\w)(['"])[^'"]*\1/g;
/** The same as the name of an error, e.g. `ApiRetired`. */
const RETIRED_NAME =
	/(api|endpoint|operation|call|method|service|feature)(version)?(is|was|hasbeen)?(retired|deprecated|discontinued)\b/i;

/** Statuses that have another cause than the end of the call: sign-in, time-out, precondition, rate limit. */
const NEVER_RETIRED = new Set([401, 408, 412, 429]);

export const OTHER_WAYS =
	"there are two other ways. Enhanced attestation: resource 'Attestation', operation 'Create', and Microsoft's page \"Confirm customer acceptance and create agreement for MCA using APIs\". Or direct acceptance: the customer accepts in the Microsoft 365 admin center, under 'Billing accounts', at https://admin.microsoft.com/AdminPortal/Home?ref=/BillingAccounts/agreement. 'Get Status' shows what came of it.";

/**
 * Partner Center refused a confirmation. Microsoft announced the end of this call for 5 January 2026
 * and documents no answer for it, so no code is guessed: HTTP 410 or words of retirement are taken
 * for it, and any other refusal without an explanation may be it.
 */
export type Retirement = 'no' | 'perhaps' | 'yes';

/** @returns whether the refusal of a confirmation comes from the announced end of the call */
export function retirementIn(facts: ErrorFacts): Retirement {
	const { status, text = '', errorName = '' } = facts;
	const isFinal = (status >= 400 && status < 500 && !NEVER_RETIRED.has(status)) || status === 501;
	if (!isFinal || explainCode(facts.code) !== undefined) return 'no';
	const saysSo = RETIRED.test(text.replace(QUOTED, ' ')) || RETIRED_NAME.test(errorName);
	return status === 410 || saysSo ? 'yes' : 'perhaps';
}
