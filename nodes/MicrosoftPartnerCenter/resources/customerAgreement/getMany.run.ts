/** What Customer Agreement → Get Many does with an item. */
import type { IDataObject } from 'n8n-workflow';
import type { Agreement } from '../../client/schemas';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { collect } from '../collect';
import { oneOutputRun } from '../oneOutput';
import { form } from './getMany';

function agreementJson(customerId: string, agreement: Agreement, simplify: boolean): IDataObject {
	if (!simplify) return { customerId, ...(agreement as IDataObject) };
	const { templateId, type, dateAgreed, primaryContact } = agreement;
	return {
		customerId,
		type: type ?? null,
		dateAgreed: dateAgreed ?? null,
		templateId,
		firstName: primaryContact?.firstName ?? null,
		lastName: primaryContact?.lastName ?? null,
		email: primaryContact?.email ?? null,
		phoneNumber: primaryContact?.phoneNumber ?? null,
	};
}

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, ({ client, resolver }) => {
		const callOptions = callOptionsOfOneExecution();
		return (item) => {
			const values = readFields(context, item, form.fields);
			const call = callOptions(values);
			return async () => {
				const { customerId } = await resolver.resolve(values.customer, call);
				const list = await client.agreements.list(customerId, values.agreementType, call);
				const agreements = await collect(list.agreements, values);
				return agreements.map((one) => ({
					json: agreementJson(customerId, one, values.simplify),
				}));
			};
		};
	});
