/** Which of a customer's agreements is the one that stood in the way of a new confirmation. */
import type { Agreement, AgreementToCreate } from './schemas';

/**
 * Partner Center's own comparison: case counts, and a missing phone number equals an empty one.
 *
 * @see https://github.com/microsoft/Partner-Center-DotNet-Samples (ImportCustomersAgreement.cs)
 */
export function hasSameContact(agreement: Agreement, wanted: AgreementToCreate): boolean {
	const contact = agreement.primaryContact ?? {};
	const mine = wanted.primaryContact;
	return (
		String(contact.firstName ?? '') === mine.firstName &&
		String(contact.lastName ?? '') === mine.lastName &&
		String(contact.email ?? '') === mine.email &&
		String(contact.phoneNumber ?? '') === (mine.phoneNumber ?? '')
	);
}

/**
 * @param text as Partner Center lists dates: ISO, with or without the zone, then UTC
 * @returns milliseconds since 1970; NaN when it is no date
 */
export function agreedAt(text: string | null | undefined): number {
	const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text ?? '');
	return Date.parse(hasZone ? (text ?? '') : `${text ?? ''}Z`);
}

/** Same contact and template: what Partner Center would refuse as a duplicate. */
export function isIdentical(agreement: Agreement, wanted: AgreementToCreate): boolean {
	const sameTemplate = agreement.templateId.toLowerCase() === wanted.templateId.toLowerCase();
	return sameTemplate && hasSameContact(agreement, wanted);
}

/** Same contact, template and date, to the second: the agreement that such a write makes. */
export function isMadeBy(wanted: AgreementToCreate, agreement: Agreement): boolean {
	const apart = Math.abs(agreedAt(agreement.dateAgreed) - agreedAt(wanted.dateAgreed));
	return isIdentical(agreement, wanted) && apart < 1000;
}

/** The newest agreement with the submitted contact, else the newest of all, else null. */
export function findExisting(agreements: Agreement[], wanted: AgreementToCreate): Agreement | null {
	const newestFirst = [...agreements].sort(
		(a, b) => (agreedAt(b.dateAgreed) || 0) - (agreedAt(a.dateAgreed) || 0),
	);
	return newestFirst.find((one) => hasSameContact(one, wanted)) ?? newestFirst[0] ?? null;
}
