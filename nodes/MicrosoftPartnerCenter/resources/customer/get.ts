/** Customer → Get: one customer, by ID, domain or from the list. */
import { readOptionFields } from '../../fields/callOptions';
import { customerField } from '../../fields/customer';
import { formOf } from '../../fields/form';
import { simplifyField } from '../../fields/returnAll';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({
	customer: customerField,
	simplify: simplifyField,
	...readOptionFields,
});

export const get: OperationDescription = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get customer',
		description: "Get a customer's company name, domain and relationship",
	},
	fields: form.properties,
	outputs: ['Customer'],
	signIn: 'either',
};
