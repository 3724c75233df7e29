/** What Customer → Get Many does with an item. */
import type { CustomerFilter } from '../../client/Customers';
import type { StartOperation } from '../../n8n/operation';
import { FieldFaults, readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution, collect, oneOutputRun } from '../runs';
import { form } from './getMany';
import { customerJson } from './simplified';

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

export const start: StartOperation = (context, access) =>
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
	});
