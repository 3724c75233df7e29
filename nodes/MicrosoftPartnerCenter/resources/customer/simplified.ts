/** A customer in the few fields that a flow usually needs. */
import type { IDataObject } from 'n8n-workflow';

import { companyNameOf, domainOf, type Customer } from '../../client/Customers';

export function customerJson(customer: Customer, simplify: boolean): IDataObject {
	if (!simplify) return customer as IDataObject;
	return {
		customerId: customer.id,
		companyName: companyNameOf(customer) ?? null,
		domain: domainOf(customer) || null,
		relationshipToPartner: customer.relationshipToPartner ?? null,
	};
}
