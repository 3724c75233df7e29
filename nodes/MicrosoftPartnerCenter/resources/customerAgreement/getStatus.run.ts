/**
 * Customer Agreement → Get Status: whether a customer's acceptance is current, from what the partner
 * confirmed and what the customer signed, and whether the customer may order, read together.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	agreementStatusOf,
	isWithoutRelationship,
	orderStatusOf,
} from '../../client/agreementStatus';
import type { PartnerCenterClient } from '../../client/PartnerCenterClient';
import type { CallOptions } from '../../client/Requester';
import { CUSTOMER_AGREEMENT } from '../../client/schemas';
import { explainOrderStatus, explainStatusReason } from '../../messages/agreementStatus';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution, oneOutputRun } from '../runs';
import { form } from './getStatus';

/** The input often knows the name already, such as an item of Customer → Get Many. */
function nameInInput(context: IExecuteFunctions, item: number): string | null {
	const json = context.getInputData()[item]?.json;
	const profile = json?.companyProfile as { companyName?: unknown } | undefined;
	const name = json?.companyName ?? profile?.companyName;
	return typeof name === 'string' && name !== '' ? name : null;
}

/** What a call that needs a reseller relationship came to. */
type Reading<T> = { value: T } | 'noRelationship';

/** Any refusal but that of a missing relationship makes the item fail. */
async function unlessWithoutRelationship<T>(reading: Promise<T>): Promise<Reading<T>> {
	return await reading.then(
		(value) => ({ value }),
		(error: unknown) => {
			if (isWithoutRelationship(error)) return 'noRelationship';
			throw error;
		},
	);
}

const valueOf = <T>(reading: Reading<T>): T | null =>
	reading === 'noRelationship' ? null : reading.value;

async function readStatus(
	client: PartnerCenterClient,
	customerId: string,
	includeVerification: boolean,
	call: CallOptions,
): Promise<IDataObject> {
	const { agreements, customers } = client;
	const [listed, signed, verified] = await Promise.all([
		unlessWithoutRelationship(agreements.list(customerId, CUSTOMER_AGREEMENT, call)),
		unlessWithoutRelationship(customers.hasSignedDirectly(customerId, call)),
		includeVerification
			? unlessWithoutRelationship(customers.getAccountVerification(customerId, call))
			: undefined,
	]);
	const status = agreementStatusOf(valueOf(listed)?.agreements ?? null, valueOf(signed));
	const { reason } = status;
	const hasRelationship = [listed, signed, verified].every((one) => one !== 'noRelationship');
	const verification = verified === undefined ? undefined : valueOf(verified);
	const order = orderStatusOf(status, verification, hasRelationship);
	return {
		...status,
		reason: reason === null ? null : explainStatusReason(reason),
		...(verification === undefined ? {} : { accountVerification: verification }),
		...order,
		mayOrderReason: explainOrderStatus(order, reason, verification),
	};
}

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, ({ client, resolver }) => {
		const callOptions = callOptionsOfOneExecution();
		return (item) => {
			const { customer, includeVerification, ...options } = readFields(context, item, form.fields);
			const call = callOptions(options);
			return async () => {
				const { customerId, companyName } = await resolver.resolve(customer, call);
				const status = await readStatus(client, customerId, includeVerification, call);
				const name = companyName ?? nameInInput(context, item);
				return [{ json: { customerId, companyName: name, ...status } }];
			};
		};
	});
