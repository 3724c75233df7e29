/**
 * `POST /v1/customers`: a new customer, with a tenant of its own.
 * Source: create-a-customer on Microsoft Learn; its answer shows no links, and `relationshipToPartner`
 * is `none` in it although the customer is the partner's from then on. INVENTED: what a domain that is
 * taken is answered with, and the password's form.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { customerAdded } from '../audit/recordedActs';
import { customerAddressSchema } from '../customerAddress';
import type { EmulatorContext } from '../EmulatorContext';
import type { Customer } from '../state';
import { apiErrors } from './apiErrors';
import { shownAddress } from './customerProfiles';
import { customerResource } from './customerResource';
import { isTaken } from './domains';
import { onceByRequestId, type WriteAnswer, type WriteCall } from './replay';
import { readBody } from './requestBody';
import { stableGuid } from './stableGuid';

/** Where a company has to give its registration number; create-a-customer lists these countries. */
const REGISTRATION_COUNTRIES = 'AM AZ BY HU KZ KG MD RU TJ UZ UA'.split(' ');

const filled = z.string().refine((text) => text.trim() !== '');
const requestSchema = z.object({
	companyProfile: z.object({
		domain: filled,
		organizationRegistrationNumber: z.string().optional(),
	}),
	billingProfile: z.object({
		email: filled,
		culture: filled,
		language: filled,
		companyName: filled,
		defaultAddress: customerAddressSchema.extend({
			country: z.string().regex(/^[A-Za-z]{2}$/),
			city: filled,
			addressLine1: filled,
			firstName: filled,
			lastName: filled,
		}),
	}),
});

/** The same MS-RequestId and body create one customer. */
export function createCustomer(context: EmulatorContext, call: WriteCall): WriteAnswer {
	return onceByRequestId(context, call, () => write(context, call.body));
}

function write(context: EmulatorContext, body: string): WriteAnswer {
	const { companyProfile, billingProfile: billing } = readBody(body, requestSchema);
	const { domain, organizationRegistrationNumber = '' } = companyProfile;
	const { defaultAddress: address } = billing;
	const country = address.country.toUpperCase();
	if (REGISTRATION_COUNTRIES.includes(country) && organizationRegistrationNumber === '') {
		throw apiErrors.registrationNumberMissing();
	}
	if (isTaken(context, domain)) throw apiErrors.invalidProperty(['companyProfile.domain']);
	const customer = context.store.addCustomer({
		id: randomUUID(),
		companyName: billing.companyName,
		domain,
		address: { phoneNumber: '', ...address, country },
		email: billing.email,
		culture: cultureName(billing.culture),
		language: billing.language.toLowerCase(),
	});
	context.audit.add(customerAdded(customer, customerResource(context, customer)));
	return {
		status: 201,
		body: {
			id: customer.id,
			commerceId: stableGuid(`commerce ${customer.id}`),
			companyProfile: {
				tenantId: customer.id,
				domain,
				attributes: { objectType: 'CustomerCompanyProfile' },
			},
			billingProfile: newBillingProfile(customer),
			relationshipToPartner: 'none',
			userCredentials: { userName: 'admin', password: randomBytes(9).toString('base64') },
			attributes: { objectType: 'Customer' },
		},
	};
}

/** Without names and links, which a customer by its id has. */
function newBillingProfile(customer: Customer): Record<string, unknown> {
	const { id, email, culture, language, companyName, address } = customer;
	return {
		id: stableGuid(`billing ${id}`),
		email,
		culture,
		language,
		companyName,
		defaultAddress: address && shownAddress(address),
		attributes: { etag: stableGuid(companyName), objectType: 'CustomerBillingProfile' },
	};
}

/** `EN-US` is answered as `en-US`. */
function cultureName(text: string): string {
	const [language = '', ...rest] = text.split('-');
	return [language.toLowerCase(), ...rest.map((part) => part.toUpperCase())].join('-');
}
