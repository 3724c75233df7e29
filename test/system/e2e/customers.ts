/** Customers of the emulator for tests with many of them. */
import type { CustomerInput } from '../../../dev/emulator/state';

/** So many customers without an agreement. */
export function manyCustomers(count: number): CustomerInput[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
		companyName: `Contoso ${index + 1}`,
		domain: `contoso${index + 1}.onmicrosoft.com`,
	}));
}

/** What a portal posts for one of them. */
export function acceptance({ id }: CustomerInput): Record<string, string> {
	return {
		customerId: id,
		firstName: 'Pieter',
		lastName: 'van den Bergh',
		email: `pieter.${id.slice(-4)}@contoso.example`,
		dateAgreed: '2025-06-12',
	};
}
