/**
 * Indirect Reseller → Get Agreement Status: whether a reseller has signed the Microsoft Partner
 * Agreement, without which its customers can't order.
 */
import { readOptionFields } from '../../fields/callOptions';
import { formOf } from '../../fields/form';
import { indirectResellerField } from '../../fields/indirectReseller';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';

const form = formOf({ reseller: indirectResellerField, ...readOptionFields });

export const getAgreementStatus: Operation = {
	option: {
		name: 'Get Agreement Status',
		value: 'getAgreementStatus',
		action: 'Get indirect reseller agreement status',
		description: 'Get whether an indirect reseller has signed the Microsoft Partner Agreement',
	},
	fields: form.properties,
	outputs: ['Status'],
	signIn: 'appAndUser',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const { reseller, ...options } = readFields(context, item, form.fields);
				const call = callOptions(options);
				return async () => {
					const isAgreementSigned = await client.relationships.hasSignedPartnerAgreement(
						reseller,
						call,
					);
					return [{ json: { ...reseller, isAgreementSigned } }];
				};
			};
		}),
};
