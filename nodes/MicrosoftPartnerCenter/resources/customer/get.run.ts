/** What Customer → Get does with an item. */
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
import { form } from './get';
import { customerJson } from './simplified';

export const start: StartOperation = (context, access) =>
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
	});
