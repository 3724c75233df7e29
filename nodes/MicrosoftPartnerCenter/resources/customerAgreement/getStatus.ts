/**
 * Customer Agreement → Get Status: whether a customer's acceptance is good for an order, from what
 * the partner confirmed and what the customer signed, read together.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isWithoutRelationship, agreementStatusOf } from '../../client/agreementStatus';
import type { PartnerCenterClient } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT } from '../../client/schemas';
import { readOptionFields } from '../../fields/callOptions';
import { customerField } from '../../fields/customer';
import { formOf } from '../../fields/form';
import { explainStatus } from '../../messages/agreementStatus';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';

const form = formOf({ customer: customerField, ...readOptionFields });

/** The input often knows the name already, such as an item of Customer → Get Many. */
function nameInInput(context: IExecuteFunctions, item: number): string | null {
	const json = context.getInputData()[item]?.json;
	const profile = json?.companyProfile as { companyName?: unknown } | undefined;
	const name = json?.companyName ?? profile?.companyName;
	return typeof name === 'string' && name !== '' ? name : null;
}

/** Null where there is no relationship to read it through; every other refusal is the item's. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
	return await reading.catch((error: unknown) => {
		if (isWithoutRelationship(error)) return null;
		throw error;
	});
}

async function readStatus(
	client: PartnerCenterClient,
	customerId: string,
	call: CallOptions,
): Promise<IDataObject> {
	const [list, directSigned] = await Promise.all([
		orNull(client.agreements.list(customerId, CUSTOMER_AGREEMENT, call)),
		orNull(client.customers.hasSignedDirectly(customerId, call)),
	]);
	const status = agreementStatusOf(list?.agreements ?? null, directSigned);
	const { reason } = status;
	return { ...status, reason: reason === null ? null : explainStatus(reason) };
}

export const getStatus: Operation = {
	option: {
		name: 'Get Status',
		value: 'getStatus',
		action: 'Get customer agreement status',
		description:
			'Get whether a customer has accepted the agreement, through the partner or directly, and whether that is current',
	},
	fields: form.properties,
	outputs: ['Status'],
	signIn: 'appAndUser',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client, resolver }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const { customer, ...options } = readFields(context, item, form.fields);
				const call = callOptions(options);
				return async () => {
					const { customerId, companyName } = await resolver.resolve(customer, call);
					const status = await readStatus(client, customerId, call);
					const name = companyName ?? nameInInput(context, item);
					return [{ json: { customerId, companyName: name, ...status } }];
				};
			};
		}),
};
