/** What Indirect Reseller → Get Agreement Status does with an item. */
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
import { form } from './getAgreementStatus';

export const start: StartOperation = (context, access) =>
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
	});
