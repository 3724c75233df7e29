/**
 * `GET /v1/customers/{id}/profiles/company` and `…/billing`, which a customer's own links lead to.
 * Sources: get-a-customer-s-company-profile and get-a-customer-by-id on Microsoft Learn. The company
 * profile calls the state `region`, and names no person; the billing profile does.
 */
import type { CustomerAddress } from '../customerAddress';
import type { EmulatorContext } from '../EmulatorContext';
import type { Customer } from '../state';
import { linkTo } from './links';
import { stableGuid } from './stableGuid';

type LinkContext = Pick<EmulatorContext, 'baseUrl' | 'switches'>;

const DEFAULT_ADDRESS: CustomerAddress = { country: 'US' };

export function companyProfile(context: LinkContext, customer: Customer): Record<string, unknown> {
	const { id, domain, companyName, address = DEFAULT_ADDRESS } = customer;
	const { country, state, city, addressLine1, addressLine2, postalCode, phoneNumber } = address;
	return {
		tenantId: id,
		domain,
		companyName,
		address: {
			country,
			region: address.region ?? state,
			city,
			addressLine1,
			addressLine2,
			postalCode,
			phoneNumber,
		},
		email: emailOf(customer),
		...profileLinks(context, customer, 'company'),
		attributes: { objectType: 'CustomerCompanyProfile' },
	};
}

export function billingProfile(context: LinkContext, customer: Customer): Record<string, unknown> {
	const { id, companyName, address = DEFAULT_ADDRESS } = customer;
	const { firstName, lastName } = address;
	return {
		id: stableGuid(`billing ${id}`),
		firstName,
		lastName,
		email: emailOf(customer),
		culture: customer.culture ?? 'en-US',
		language: customer.language ?? 'en',
		companyName,
		defaultAddress: shownAddress(address),
		...profileLinks(context, customer, 'billing'),
		attributes: { etag: stableGuid(companyName), objectType: 'CustomerBillingProfile' },
	};
}

/** In the order of Microsoft's examples; what is not there is left out. */
export function shownAddress(address: CustomerAddress): Record<string, unknown> {
	const { country, region, city, state, addressLine1, addressLine2, postalCode } = address;
	const { firstName, lastName, phoneNumber } = address;
	return {
		country,
		region,
		city,
		state,
		addressLine1,
		addressLine2,
		postalCode,
		firstName,
		lastName,
		phoneNumber,
	};
}

export function profileLinks(
	context: LinkContext,
	{ id }: Pick<Customer, 'id'>,
	name: 'company' | 'billing',
): Record<string, unknown> {
	return { links: { self: linkTo(context, `/customers/${id}/profiles/${name}`) } };
}

function emailOf({ email, domain }: Customer): string {
	return email ?? `info@${domain}`;
}
