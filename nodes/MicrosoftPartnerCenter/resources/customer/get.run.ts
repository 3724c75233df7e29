/** What Customer → Get does with an item. */
import { runOf } from '../runs';
import { form } from './get';
import { customerJson } from './simplified';

export const start = runOf(form, async ({ customer, simplify }, call, { client, resolver }) => {
	const { customerId } = await resolver.resolve(customer, call);
	const found = await client.customers.get(customerId, call);
	return [{ json: customerJson(found, simplify) }];
});
