/** What Indirect Reseller → Get Agreement Status does with an item. */
import { runOf } from '../runs';
import { form } from './getAgreementStatus';

export const start = runOf(form, async ({ reseller }, call, { client }) => {
	const isAgreementSigned = await client.relationships.hasSignedPartnerAgreement(reseller, call);
	return [{ json: { ...reseller, isAgreementSigned } }];
});
