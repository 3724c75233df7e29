/** Relationship → Get Link: the link by which a customer makes the partner its reseller. */
import { readOptionFields } from '../../fields/callOptions';
import { ADDITIONAL_FIELDS, formOf, inCollection } from '../../fields/form';
import { providerTenantField, resellerTenantField } from '../../fields/indirectReseller';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({
	...inCollection(ADDITIONAL_FIELDS, {
		provider: providerTenantField,
		reseller: resellerTenantField,
	}),
	...readOptionFields,
});

export const getLink: OperationDescription = {
	option: {
		name: 'Get Link',
		value: 'getLink',
		action: 'Get relationship link',
		description: 'Get the link by which a customer accepts you as its reseller',
	},
	fields: form.properties,
	outputs: ['Link'],
	signIn: 'appAndUser',
};
