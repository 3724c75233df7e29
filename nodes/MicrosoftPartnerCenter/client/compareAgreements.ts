/**
 * Compares agreements: which of a customer's a new confirmation would repeat, which one a write
 * recorded, and whether an answer is the agreement that was sent.
 */
import { parseUtc } from './clock';
import type { Agreement, AgreementToCreate } from './schemas';

/**
 * Partner Center's own comparison: case counts, and a missing phone number equals an empty one.
 *
 * @see https://github.com/microsoft/Partner-Center-DotNet-Samples (ImportCustomersAgreement.cs)
 */
function hasSameContact(existing: Agreement, sent: AgreementToCreate): boolean {
	const contact = existing.primaryContact ?? {};
	const mine = sent.primaryContact;
	return (
		String(contact.firstName ?? '') === mine.firstName &&
		String(contact.lastName ?? '') === mine.lastName &&
		String(contact.email ?? '') === mine.email &&
		String(contact.phoneNumber ?? '') === (mine.phoneNumber ?? '')
	);
}

/** Same contact and template: what Partner Center would refuse as a duplicate. */
export function isDuplicate(existing: Agreement, sent: AgreementToCreate): boolean {
	return sameTemplate(existing.templateId, sent.templateId) && hasSameContact(existing, sent);
}

/**
 * Names, e-mail address and phone number as they are after a service has tidied them: spaces folded
 * and letters composed, an address without case, a number by its digits.
 */
const asTidied = {
	firstName: foldSpaces,
	lastName: foldSpaces,
	email: (text: string) => foldSpaces(text).toLowerCase(),
	phoneNumber: (text: string) => text.replace(/\P{Nd}/gu, ''),
};
type ContactField = keyof typeof asTidied;
const CONTACT_FIELDS = Object.keys(asTidied) as ContactField[];

function foldSpaces(text: string): string {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function sameTidied(field: ContactField, one: unknown, other: unknown): boolean {
	const tidy = asTidied[field];
	return tidy(String(one ?? '')) === tidy(String(other ?? ''));
}

function sameTemplate(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/** To the second: a service may cut off fractions of it. */
function sameInstant(one: string | null | undefined, other: string): boolean {
	return Math.abs(parseUtc(one) - parseUtc(other)) < 1000;
}

function isSameTidiedContact(
	existing: Agreement | AgreementToCreate,
	sent: AgreementToCreate,
): boolean {
	return CONTACT_FIELDS.every((field) =>
		sameTidied(field, existing.primaryContact?.[field], sent.primaryContact[field]),
	);
}

/** Same contact, as a service may have tidied it, same template and date: what such a write records. */
function isResultOf(existing: Agreement | AgreementToCreate, sent: AgreementToCreate): boolean {
	return (
		sameTemplate(existing.templateId, sent.templateId) &&
		isSameTidiedContact(existing, sent) &&
		sameInstant(existing.dateAgreed, sent.dateAgreed)
	);
}

/**
 * Finds the agreement that a write created whose answer was lost.
 *
 * Two confirmations can look the same once tidied, since Partner Center's own comparison counts
 * case: then each needs an agreement of its own.
 *
 * @param confirmed what this process knows to have been confirmed for the customer by other writes
 */
export function findResult(
	agreements: Agreement[],
	sent: AgreementToCreate,
	confirmed: readonly AgreementToCreate[] = [],
): Agreement | undefined {
	const candidates = agreements.filter((one) => isResultOf(one, sent));
	const others = confirmed.filter((one) => isResultOf(one, sent)).length;
	if (candidates.length <= others) return undefined;
	return candidates.find((one) => hasSameContact(one, sent)) ?? candidates[0];
}

/** Properties that could hold the customer's ID; another ID in one means another customer's agreement. */
const CUSTOMER_NAMES = new Set(['customerid', 'customertenantid', 'tenantid']);
/** Properties of a refusal, which an agreement does not have. */
const REFUSAL_NAMES = new Set(['error', 'errors', 'statuscode', 'code', 'errorname', 'errorcode']);

/**
 * What an answer to a confirmation has that was not sent. The type and the phone number may be left
 * out; whatever is there has to be the one that was sent, give or take a service's tidying.
 *
 * @param customerId whose agreement it has to be
 * @returns the name of the first such property; undefined when the answer is the agreement
 */
export function differenceOf(
	answer: Agreement,
	sent: AgreementToCreate,
	customerId: string,
): string | undefined {
	for (const [name, value] of Object.entries(answer)) {
		if (value === null || value === undefined || value === '') continue;
		if (REFUSAL_NAMES.has(name.toLowerCase())) return name;
		const namesAnother = String(value).toLowerCase() !== customerId.toLowerCase();
		if (CUSTOMER_NAMES.has(name.toLowerCase()) && namesAnother) return name;
	}
	if (!sameTemplate(answer.templateId, sent.templateId)) return 'templateId';
	if (answer.type && answer.type.toLowerCase() !== sent.type.toLowerCase()) return 'type';
	const contact = answer.primaryContact;
	if (contact === null || contact === undefined) return 'primaryContact';
	for (const field of CONTACT_FIELDS) {
		if (field === 'phoneNumber' && (contact.phoneNumber ?? '') === '') continue;
		if (!sameTidied(field, contact[field], sent.primaryContact[field])) {
			return `primaryContact.${field}`;
		}
	}
	return sameInstant(answer.dateAgreed, sent.dateAgreed) ? undefined : 'dateAgreed';
}

/** The newest agreement with the submitted contact, else the newest of all, else null. */
export function findExisting(agreements: Agreement[], sent: AgreementToCreate): Agreement | null {
	const newestFirst = [...agreements].sort(
		(a, b) => (parseUtc(b.dateAgreed) || 0) - (parseUtc(a.dateAgreed) || 0),
	);
	return (
		newestFirst.find((one) => hasSameContact(one, sent)) ??
		newestFirst.find((one) => isSameTidiedContact(one, sent)) ??
		newestFirst[0] ??
		null
	);
}

/** Whether an agreement with this contact and template is listed, as a service may have tidied it. */
export function hasTidiedDuplicate(agreements: Agreement[], sent: AgreementToCreate): boolean {
	return agreements.some(
		(one) => sameTemplate(one.templateId, sent.templateId) && isSameTidiedContact(one, sent),
	);
}
