/**
 * A customer as `GET /v1/customers/{id}` shows it, and as the list does, with less.
 * Sources: get-a-customer-by-id and get-a-list-of-customers on Microsoft Learn.
 */
import { createHash } from 'node:crypto';
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { linkTo } from './links';

export function customerResource(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	customer: Customer,
): Record<string, unknown> {
	const { id, companyName, domain, customDomains = [] } = customer;
	const email = `info@${domain}`;
	return {
		id,
		commerceId: stableGuid(`commerce ${id}`),
		companyProfile: {
			tenantId: id,
			domain,
			companyName,
			address: { country: 'US' },
			email,
			...profileLinks(context, customer, 'company'),
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		billingProfile: {
			id: stableGuid(`billing ${id}`),
			email,
			culture: 'en-US',
			language: 'en',
			companyName,
			defaultAddress: { country: 'US' },
			...profileLinks(context, customer, 'billing'),
			attributes: { etag: stableGuid(companyName), objectType: 'CustomerBillingProfile' },
		},
		relationshipToPartner: customer.relationshipToPartner,
		allowDelegatedAccess: true,
		customDomains: [domain, ...customDomains],
		links: { self: linkTo(context, `/customers/${id}`) },
		attributes: { objectType: 'Customer' },
	};
}

/** Without `allowDelegatedAccess`, `customDomains` and the billing profile. */
export function customerListItem(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	customer: Customer,
): Record<string, unknown> {
	const { id, companyName, domain, relationshipToPartner } = customer;
	return {
		id,
		companyProfile: {
			tenantId: id,
			domain,
			companyName,
			...profileLinks(context, customer, 'company'),
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		relationshipToPartner,
		links: { self: linkTo(context, `/customers/${id}`) },
		attributes: { objectType: 'Customer' },
	};
}

function profileLinks(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	{ id }: Customer,
	name: string,
): Record<string, unknown> {
	return { links: { self: linkTo(context, `/customers/${id}/profiles/${name}`) } };
}

/** The same text always gives the same GUID. */
function stableGuid(text: string): string {
	const digits = createHash('sha256').update(text).digest('hex');
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
