/** Customer Agreement → Get Many: what the partner confirmed for a customer; none is no item. */
import type { IDataObject } from 'n8n-workflow';

import { choiceField } from '../../fields/schemas';
import {
	ALL_AGREEMENT_TYPES,
	CLOUD_AGREEMENT,
	CUSTOMER_AGREEMENT,
	type Agreement,
} from '../../client/schemas';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { agreementTypeProperty } from '../agreementType';
import { callOptionFields, callOptionsOfOneExecution } from '../callOptions';
import { customerField, customerProperty } from '../customerLocator';
import { oneOutputRun } from '../oneOutput';
import { readOptionsProperty } from '../readOptions';
import {
	returnAllFields,
	returnAllProperties,
	simplifyField,
	simplifyProperty,
	take,
} from '../returnAll';

const fields = {
	customer: customerField,
	agreementType: {
		name: 'agreementType',
		label: 'Agreement Type',
		schema: choiceField([CUSTOMER_AGREEMENT, CLOUD_AGREEMENT, ALL_AGREEMENT_TYPES]),
		fallback: CUSTOMER_AGREEMENT,
	},
	...returnAllFields,
	simplify: simplifyField,
	...callOptionFields,
};

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

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many customer agreements',
		description: 'Get the agreements that were confirmed for a customer',
	},
	fields: [
		customerProperty,
		agreementTypeProperty,
		...returnAllProperties,
		simplifyProperty,
		readOptionsProperty,
	],
	outputs: ['Agreements'],
	signIn: 'appAndUser',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client, resolver }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const values = readFields(context, item, fields);
				const call = callOptions(values);
				return async () => {
					const { customerId } = await resolver.resolve(values.customer, call);
					const list = await client.agreements.list(customerId, values.agreementType, call);
					const agreements = await take(list.agreements, values);
					return agreements.map((one) => ({
						json: agreementJson(customerId, one, values.simplify),
					}));
				};
			};
		}),
};
