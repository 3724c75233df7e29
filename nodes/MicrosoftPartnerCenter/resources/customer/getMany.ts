/** Customer → Get Many: the partner's customers, all of them or by company name or domain. */
import type { CustomerFilter } from '../../client/Customers';
import { readOptionFields } from '../../fields/callOptions';
import type { Field } from '../../fields/field';
import { FILTERS, formOf, inCollection } from '../../fields/form';
import { optionalText } from '../../fields/readText';
import { returnAllFields, simplifyField } from '../../fields/returnAll';
import type { Operation } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { collect } from '../collect';
import { oneOutputRun } from '../oneOutput';
import { customerJson } from './simplified';

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

const form = formOf({
	...returnAllFields,
	...inCollection(FILTERS, { companyName: companyNameFilter, domain: domainFilter }),
	simplify: simplifyField,
	...readOptionFields,
});

/** Partner Center takes one filter at a time. */
function filterOf(companyName: string, domain: string): CustomerFilter | undefined {
	if (companyName !== '' && domain !== '') {
		throw new FieldFaults([
			{
				label: 'Filters',
				fault: "has both 'Company Name' and 'Domain', but Partner Center searches by one of them",
				fix: 'Keep one of the two.',
			},
		]);
	}
	if (companyName !== '') return { field: 'CompanyName', value: companyName };
	return domain === '' ? undefined : { field: 'Domain', value: domain };
}

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many customers',
		description: 'Get customers, also by the beginning of their company name or domain',
	},
	fields: form.properties,
	outputs: ['Customers'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const values = readFields(context, item, form.fields);
				const filter = filterOf(values.companyName, values.domain);
				const call = callOptions(values);
				return async () => {
					const customers = await collect(client.customers.list(filter, call), values);
					return customers.map((one) => ({ json: customerJson(one, values.simplify) }));
				};
			};
		}),
};
