/**
 * Whether a customer's acceptance is good for an order: confirmed by the partner or signed by the
 * customer, and not from before the terms of April 2023.
 *
 * Source of the date: https://docs.cloudblue.com/connect/connectors/Microsoft_SaaS/lv/Office365-Channel-Operations-Guide/FAQs.htm
 */
import { parseUtc } from './clock';
import { PartnerCenterError } from './errors';
import type { Agreement } from './schemas';

const CURRENT_SINCE = '2023-04-01';
const CURRENT_SINCE_MS = Date.parse(`${CURRENT_SINCE}T00:00:00Z`);

/** Why a customer needs action. `expiredBefore`: the day from which on acceptances count, in ISO form. */
export type StatusReason =
	| { is: 'notReadable' }
	| { is: 'neverConfirmed' | 'expired'; expiredBefore: string; isDirectUnknown: boolean };

export interface AgreementStatus {
	/** Null where it can't be read. */
	partnerConfirmed: boolean | null;
	/** Null where it can't be read. */
	directSigned: boolean | null;
	/** The newest acceptance that the partner confirmed. */
	latest: {
		dateAgreed: string | null;
		firstName: string;
		lastName: string;
		email: string;
	} | null;
	current: boolean;
	needsAction: boolean;
	/** Why; null when there is nothing to do. */
	reason: StatusReason | null;
}

/** What keeps a customer from new purchases. */
type OrderBlocker = 'relationship' | 'agreement' | 'verification';

/** Whether the customer may order, as far as it can be known, and why not. */
export type OrderStatus =
	| { mayOrder: true; blockedBy: null }
	| { mayOrder: false; blockedBy: OrderBlocker }
	/** `accountVerification` was not read, or is a status whose effect is not documented. */
	| { mayOrder: null; blockedBy: null };

/**
 * Account statuses under which Microsoft blocks new purchases, and those under which it does not, in
 * lower case. An account without a status is not blocked.
 *
 * @see https://learn.microsoft.com/partner-center/developer/retrieve-validation-status
 */
const BLOCKING = new Set(['underreview', 'notallowed', 'unknown']);
const ALLOWING = new Set(['allowed']);

/**
 * @param accountVerification the status of the account; null where it has none, undefined where it was
 *   not read
 * @param hasRelationship false where a call said that there is none with this customer
 */
export function orderStatusOf(
	{ current }: AgreementStatus,
	accountVerification: string | null | undefined,
	hasRelationship: boolean,
): OrderStatus {
	if (!hasRelationship) return { mayOrder: false, blockedBy: 'relationship' };
	if (!current) return { mayOrder: false, blockedBy: 'agreement' };
	if (accountVerification === undefined) return { mayOrder: null, blockedBy: null };
	const status = accountVerification?.toLowerCase();
	if (status === undefined || ALLOWING.has(status)) return { mayOrder: true, blockedBy: null };
	if (BLOCKING.has(status)) return { mayOrder: false, blockedBy: 'verification' };
	return { mayOrder: null, blockedBy: null };
}

/** Partner Center's codes for a customer without an active reseller relationship. */
export function isWithoutRelationship(error: unknown): boolean {
	const code = error instanceof PartnerCenterError ? error.facts.code : undefined;
	return code === '20002' || code === '2032';
}

/**
 * @param agreements those of type MicrosoftCustomerAgreement; null where they can't be read
 * @param directSigned null where it can't be read
 */
export function agreementStatusOf(
	agreements: Agreement[] | null,
	directSigned: boolean | null,
): AgreementStatus {
	const newest = newestAgreement(agreements ?? []);
	const isRecent = newest !== undefined && parseUtc(newest.dateAgreed) >= CURRENT_SINCE_MS;
	const current = isRecent || directSigned === true;
	return {
		partnerConfirmed: agreements === null ? null : newest !== undefined,
		directSigned,
		latest: newest === undefined ? null : latestOf(newest),
		current,
		needsAction: !current,
		reason: current ? null : statusReasonOf(agreements, newest, directSigned),
	};
}

function newestAgreement(agreements: Agreement[]): Agreement | undefined {
	const time = ({ dateAgreed }: Agreement) => parseUtc(dateAgreed) || 0;
	return agreements.reduce<Agreement | undefined>(
		(best, one) => (best === undefined || time(one) > time(best) ? one : best),
		undefined,
	);
}

function latestOf({ dateAgreed, primaryContact }: Agreement): AgreementStatus['latest'] {
	const contact = primaryContact ?? {};
	const instant = parseUtc(dateAgreed);
	return {
		dateAgreed: Number.isFinite(instant) ? new Date(instant).toISOString() : null,
		firstName: String(contact.firstName ?? ''),
		lastName: String(contact.lastName ?? ''),
		email: String(contact.email ?? ''),
	};
}

function statusReasonOf(
	agreements: Agreement[] | null,
	newest: Agreement | undefined,
	directSigned: boolean | null,
): StatusReason {
	if (agreements === null) return { is: 'notReadable' };
	const is = newest === undefined ? 'neverConfirmed' : 'expired';
	return { is, expiredBefore: CURRENT_SINCE, isDirectUnknown: directSigned === null };
}
