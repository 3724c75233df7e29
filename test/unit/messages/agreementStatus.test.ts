import { agreementStatusOf } from '../../../nodes/MicrosoftPartnerCenter/client/agreementStatus';
import { explainStatusReason } from '../../../nodes/MicrosoftPartnerCenter/messages/agreementStatus';

const old = { templateId: 't', dateAgreed: '2020-01-01T00:00:00Z' };
const said = (...given: Parameters<typeof agreementStatusOf>) => {
	const { reason } = agreementStatusOf(...given);
	return reason === null ? null : explainStatusReason(reason);
};

it('names the day from which on acceptances count', () => {
	expect(said([old], false)).toBe(
		'The last acceptance is from before 2023-04-01 and counts as expired.',
	);
});

it('says what could not be read beside it', () => {
	expect(said([], null)).toMatch(
		/^The agreement was never confirmed\. There is no active reseller relationship/,
	);
	expect(said(null, false)).toMatch(/the customer's agreements can't be read\.$/);
});

it('has nothing to say of a customer with a current agreement', () => {
	expect(said([], true)).toBeNull();
});
