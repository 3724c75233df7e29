/** Customer → Get Many: the partner's customers, all of them or by company name or domain. */
import type { INodeProperties } from 'n8n-workflow';

import type { CustomerFilter } from '../../client/Customers';
import { searchTextField } from '../../fields/schemas';
import type { Operation } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
import { readOptionsProperty } from '../readOptions';
import {
	returnAllFields,
	returnAllProperties,
	simplifyField,
	simplifyProperty,
	take,
} from '../returnAll';
import { customerJson } from './simplified';

const fields = {
	...returnAllFields,
	simplify: simplifyField,
	companyName: {
		name: 'filters.companyName',
		label: 'Company Name',
		schema: searchTextField,
	},
	domain: { name: 'filters.domain', label: 'Domain', schema: searchTextField },
	...callOptionFields,
};

const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Company Name',
			name: 'companyName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Contoso',
			description: 'How the company name begins; upper and lower case are the same',
		},
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'e.g. contoso.onmicrosoft.com',
			description: "How the customer's default domain begins; upper and lower case are the same",
		},
	],
};

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
	fields: [...returnAllProperties, filtersProperty, simplifyProperty, readOptionsProperty],
	outputs: ['Customers'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const values = readFields(context, item, fields);
				const filter = filterOf(values.companyName, values.domain);
				const call = callOptions(values);
				return async () => {
					const customers = await take(client.customers.list(filter, call), values);
					return customers.map((one) => ({ json: customerJson(one, values.simplify) }));
				};
			};
		}),
};
