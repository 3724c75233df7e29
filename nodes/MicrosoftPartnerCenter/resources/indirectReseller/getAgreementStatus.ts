/**
 * Indirect Reseller → Get Agreement Status: whether a reseller has signed the Microsoft Partner
 * Agreement, without which its customers can't order.
 */
import { readOptionFields } from '../../fields/callOptions';
import { formOf } from '../../fields/form';
import { indirectResellerField } from '../../fields/indirectReseller';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({ reseller: indirectResellerField, ...readOptionFields });

export const getAgreementStatus: OperationDescription = {
	option: {
		name: 'Get Agreement Status',
		value: 'getAgreementStatus',
		action: 'Get indirect reseller agreement status',
		description: 'Get whether an indirect reseller has signed the Microsoft Partner Agreement',
	},
	fields: form.properties,
	outputs: ['Status'],
	signIn: 'appAndUser',
};
