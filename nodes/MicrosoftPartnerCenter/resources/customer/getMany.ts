/** Customer → Get Many: the partner's customers, all of them or by company name or domain. */
import { readOptionFields } from '../../fields/callOptions';
import type { Field } from '../../fields/field';
import { FILTERS, formOf, inCollection } from '../../fields/form';
import { optionalText } from '../../fields/readText';
import { returnAllFields, simplifyField } from '../../fields/returnAll';
import type { OperationDescription } from '../../n8n/operation';

const beginning = optionalText('Enter how it begins, or leave it empty.');

const companyNameFilter: Field<string> = {
	property: {
		displayName: 'Company Name',
		name: 'companyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Contoso',
		description: 'How the company name begins; upper and lower case are the same',
	},
	schema: beginning,
};

const domainFilter: Field<string> = {
	property: {
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		default: '',
		placeholder: 'e.g. contoso.onmicrosoft.com',
		description: "How the customer's default domain begins; upper and lower case are the same",
	},
	schema: beginning,
};

export const form = formOf({
	...returnAllFields,
	...inCollection(FILTERS, { companyName: companyNameFilter, domain: domainFilter }),
	simplify: simplifyField,
	...readOptionFields,
});

export const getMany: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many customers',
		description: 'Get customers, also by the beginning of their company name or domain',
	},
	fields: form.properties,
	outputs: ['Customers'],
	signIn: 'either',
};
