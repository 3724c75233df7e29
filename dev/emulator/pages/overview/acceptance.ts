/** Whether a customer has accepted the Microsoft Customer Agreement, in the words of the page. */
import { isBeforeNewTerms } from '../../currentAgreement';
import type { Customer } from '../../state';

export type Acceptance = 'confirmed' | 'direct' | 'older' | 'none';

export interface AcceptanceWords {
	label: string;
	/** The class that colours it; the label alone says it, too. */
	tone: 'good' | 'info' | 'warn' | 'plain';
}

/** In the order they are counted. */
export const acceptances: Readonly<Record<Acceptance, AcceptanceWords>> = {
	confirmed: { label: 'Confirmed', tone: 'good' },
	direct: { label: 'Accepted directly', tone: 'info' },
	older: { label: 'Older terms only', tone: 'warn' },
	none: { label: 'Not confirmed', tone: 'plain' },
};

export const acceptanceNames = ['confirmed', 'direct', 'older', 'none'] as const;

export function acceptanceOf({ agreements, directSigned }: Customer): Acceptance {
	const customerAgreements = agreements.filter(({ type }) => type === 'MicrosoftCustomerAgreement');
	if (customerAgreements.some((agreement) => !isBeforeNewTerms(agreement))) return 'confirmed';
	if (directSigned) return 'direct';
	return customerAgreements.length > 0 ? 'older' : 'none';
}
