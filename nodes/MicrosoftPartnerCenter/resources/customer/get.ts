/** Customer → Get: one customer, by ID, domain or from the list. */
import { readOptionFields } from '../../fields/callOptions';
import { customerField } from '../../fields/customer';
import { formOf } from '../../fields/form';
import { simplifyField } from '../../fields/returnAll';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
import { customerJson } from './simplified';

const form = formOf({ customer: customerField, simplify: simplifyField, ...readOptionFields });

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get customer',
		description: "Get a customer's company name, domain and relationship",
	},
	fields: form.properties,
	outputs: ['Customer'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client, resolver }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const { customer, simplify, ...options } = readFields(context, item, form.fields);
				const call = callOptions(options);
				return async () => {
					const { customerId } = await resolver.resolve(customer, call);
					const found = await client.customers.get(customerId, call);
					return [{ json: customerJson(found, simplify) }];
				};
			};
		}),
};
