/**
 * A customer as `GET /v1/customers/{id}` shows it, and as the list does, with less.
 * Sources: get-a-customer-by-id and get-a-list-of-customers on Microsoft Learn.
 */
import { billingProfile, companyProfile, profileLinks } from './customerProfiles';
import { stableGuid } from './stableGuid';
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { linkTo } from './links';

export function customerResource(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	customer: Customer,
): Record<string, unknown> {
	const { id, domain, customDomains = [] } = customer;
	return {
		id,
		commerceId: stableGuid(`commerce ${id}`),
		companyProfile: companyProfile(context, customer),
		billingProfile: billingProfile(context, customer),
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
