/** Customer → Get: one customer, by ID, domain or from the list. */
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { customerField, customerProperty } from '../customerLocator';
import { oneOutputRun } from '../oneOutput';
import { readOptionsProperty } from '../readOptions';
import { simplifyField, simplifyProperty } from '../returnAll';
import { customerJson } from './simplified';

const fields = { customer: customerField, simplify: simplifyField, ...callOptionFields };

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get customer',
		description: "Get a customer's company name, domain and relationship",
	},
	fields: [customerProperty, simplifyProperty, readOptionsProperty],
	outputs: ['Customer'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client, resolver }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const { customer, simplify, ...options } = readFields(context, item, fields);
				const call = callOptions(options);
				return async () => {
					const { customerId } = await resolver.resolve(customer, call);
					const found = await client.customers.get(customerId, call);
					return [{ json: customerJson(found, simplify) }];
				};
			};
		}),
};
