/** A customer with Simplify on and off. */
import type { Customer } from '../../../../nodes/MicrosoftPartnerCenter/client/Customers';
import { customerJson } from '../../../../nodes/MicrosoftPartnerCenter/resources/customer/simplified';
import documented from '../../../support/fixtures/partner-center/customer.response.json';

const customer: Customer = documented;

it('is as Partner Center sent it with Simplify off', () => {
	expect(customerJson(customer, false)).toEqual(customer);
});

it('has four fields with Simplify on', () => {
	expect(Object.keys(customerJson(customer, true))).toEqual([
		'customerId',
		'companyName',
		'domain',
		'relationshipToPartner',
	]);
});

it('has null for what Partner Center left out or left empty', () => {
	const bare = { id: 'a', companyProfile: { domain: '' }, customDomains: undefined };
	expect(customerJson(bare, true)).toEqual({
		customerId: 'a',
		companyName: null,
		domain: null,
		relationshipToPartner: null,
	});
});
