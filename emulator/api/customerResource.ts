/** A customer as `GET /v1/customers/{id}` shows it. Source: get-a-customer-by-id on Microsoft Learn. */
import { createHash } from 'node:crypto';
import type { Customer } from '../state';

export function customerResource(customer: Customer): Record<string, unknown> {
	const { id, companyName, domain } = customer;
	const email = `info@${domain}`;
	const profile = (name: string) => ({
		links: { self: selfLink(`/customers/${id}/profiles/${name}`) },
	});
	return {
		id,
		commerceId: stableGuid(`commerce ${id}`),
		companyProfile: {
			tenantId: id,
			domain,
			companyName,
			address: { country: 'US' },
			email,
			...profile('company'),
			attributes: { objectType: 'CustomerCompanyProfile' },
		},
		billingProfile: {
			id: stableGuid(`billing ${id}`),
			email,
			culture: 'en-US',
			language: 'en',
			companyName,
			defaultAddress: { country: 'US' },
			...profile('billing'),
			attributes: { etag: stableGuid(companyName), objectType: 'CustomerBillingProfile' },
		},
		relationshipToPartner: customer.relationshipToPartner,
		allowDelegatedAccess: true,
		customDomains: [domain],
		links: { self: selfLink(`/customers/${id}`) },
		attributes: { objectType: 'Customer' },
	};
}

function selfLink(uri: string): Record<string, unknown> {
	return { uri, method: 'GET', headers: [] };
}

/** The same text always gives the same GUID. */
function stableGuid(text: string): string {
	const digits = createHash('sha256').update(text).digest('hex');
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
