/** Customer → Check Domain: whether a new customer's domain is still free in the Microsoft cloud. */
import { readOptionFields } from '../../fields/callOptions';
import { domainField } from '../../fields/domain';
import { formOf } from '../../fields/form';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';

const form = formOf({ domain: domainField, ...readOptionFields });

export const checkDomain: Operation = {
	option: {
		name: 'Check Domain',
		value: 'checkDomain',
		action: 'Check domain',
		description: 'Check whether a domain is free for a new customer',
	},
	fields: form.properties,
	outputs: ['Domain'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const { domain, ...options } = readFields(context, item, form.fields);
				const call = callOptions(options);
				return async () => {
					const isTaken = await client.domains.isTaken(domain, call);
					return [{ json: { domain, isAvailable: !isTaken } }];
				};
			};
		}),
};
