/**
 * Whether a customer may be sold to: the Microsoft Customer Agreement is accepted, on its terms of
 * April 2023 or later. That an older acceptance counts as expired is said by CloudBlue's Office 365
 * FAQ, not by Microsoft.
 */
import type { Customer, StoredAgreement } from './state';

const NEW_TERMS = '2023-04-01';

export function isBeforeNewTerms({ dateAgreed }: Pick<StoredAgreement, 'dateAgreed'>): boolean {
	return dateAgreed < NEW_TERMS;
}

export function hasCurrentAgreement({
	agreements,
	directSigned,
}: Pick<Customer, 'agreements' | 'directSigned'>): boolean {
	return (
		directSigned ||
		agreements.some(
			(agreement) =>
				agreement.type === 'MicrosoftCustomerAgreement' && !isBeforeNewTerms(agreement),
		)
	);
}
