/** Customer → Check Domain: whether a new customer's domain is still free in the Microsoft cloud. */
import { readOptionFields } from '../../fields/callOptions';
import { domainField } from '../../fields/domain';
import { formOf } from '../../fields/form';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({ domain: domainField, ...readOptionFields });

export const checkDomain: OperationDescription = {
	option: {
		name: 'Check Domain',
		value: 'checkDomain',
		action: 'Check domain',
		description: 'Check whether a domain is free for a new customer',
	},
	fields: form.properties,
	outputs: ['Domain'],
	signIn: 'either',
};
