/** What Customer → Check Domain does with an item. */
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
import { form } from './checkDomain';

export const start: StartOperation = (context, access) =>
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
	});
