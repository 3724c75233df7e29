/**
 * A customer as `GET /v1/customers/{id}` shows it, and as the list does, with less.
 * Sources: get-a-customer-by-id and get-a-list-of-customers on Microsoft Learn.
 */
import { createHash } from 'node:crypto';
import type { Customer } from '../state';
import type { World } from '../World';
import { linkTo } from './links';

export function customerResource(world: World, customer: Customer): Record<string, unknown> {
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
			...profileLinks(world, customer, 'company'),
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		billingProfile: {
			id: stableGuid(`billing ${id}`),
			email,
			culture: 'en-US',
			language: 'en',
			companyName,
			defaultAddress: { country: 'US' },
			...profileLinks(world, customer, 'billing'),
			attributes: { etag: stableGuid(companyName), objectType: 'CustomerBillingProfile' },
		},
		relationshipToPartner: customer.relationshipToPartner,
		allowDelegatedAccess: true,
		customDomains: [domain, ...customDomains],
		links: { self: linkTo(world, `/customers/${id}`) },
		attributes: { objectType: 'Customer' },
	};
}

/** Without `allowDelegatedAccess`, `customDomains` and the billing profile. */
export function customerListItem(world: World, customer: Customer): Record<string, unknown> {
	const { id, companyName, domain, relationshipToPartner } = customer;
	return {
		id,
		companyProfile: {
			tenantId: id,
			domain,
			companyName,
			...profileLinks(world, customer, 'company'),
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		relationshipToPartner,
		links: { self: linkTo(world, `/customers/${id}`) },
		attributes: { objectType: 'Customer' },
	};
}

function profileLinks(world: World, { id }: Customer, name: string): Record<string, unknown> {
	return { links: { self: linkTo(world, `/customers/${id}/profiles/${name}`) } };
}

/** The same text always gives the same GUID. */
function stableGuid(text: string): string {
	const digits = createHash('sha256').update(text).digest('hex');
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
