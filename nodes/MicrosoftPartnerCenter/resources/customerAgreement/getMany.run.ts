/** What Customer Agreement → Get Many does with an item. */
import type { IDataObject } from 'n8n-workflow';
import type { Agreement } from '../../client/schemas';
import { collect, runOf } from '../runs';
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

export const start = runOf(form, async (values, call, { client, resolver }) => {
	const { customerId } = await resolver.resolve(values.customer, call);
	const list = await client.agreements.list(customerId, values.agreementType, call);
	const agreements = await collect(list.agreements, values);
	return agreements.map((one) => ({ json: agreementJson(customerId, one, values.simplify) }));
});
