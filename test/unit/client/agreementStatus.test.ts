import {
	agreementStatusOf,
	orderStatusOf,
} from '../../../nodes/MicrosoftPartnerCenter/client/agreementStatus';
import { explainStatusReason } from '../../../nodes/MicrosoftPartnerCenter/messages/agreementStatus';

const agreed = (dateAgreed: string, firstName = 'İpek') => ({
	templateId: 't',
	dateAgreed,
	primaryContact: { firstName, lastName: 'Şahin', email: 'ipek@contoso.example' },
});

describe('whether an acceptance is good for an order', () => {
	it.each([
		['the first moment of the new terms', '2023-04-01T00:00:00', true],
		['the last moment before', '2023-03-31T23:59:59', false],
		['the same moment with an offset', '2023-04-01T01:59:59+02:00', false],
	])('%s', (_what, date, current) => {
		expect(agreementStatusOf([agreed(date)], false)).toMatchObject({
			current,
			needsAction: !current,
		});
	});

	it('goes by the newest, whatever the order', () => {
		const all = [agreed('2024-01-01T00:00:00', 'Åsa'), agreed('2020-01-01T00:00:00Z')];
		for (const list of [all, [...all].reverse()]) {
			expect(agreementStatusOf(list, false).latest).toEqual({
				dateAgreed: '2024-01-01T00:00:00.000Z',
				firstName: 'Åsa',
				lastName: 'Şahin',
				email: 'ipek@contoso.example',
			});
		}
	});

	it('signed directly is current, whatever the partner confirmed', () => {
		expect(agreementStatusOf([], true)).toMatchObject({
			current: true,
			reason: null,
			latest: null,
		});
		expect(agreementStatusOf(null, true)).toMatchObject({ current: true, partnerConfirmed: null });
	});

	it('says what to know when direct signing can’t be read', () => {
		const { reason } = agreementStatusOf([agreed('2020-01-01T00:00:00')], null);
		expect(reason === null ? '' : explainStatusReason(reason)).toMatch(
			/before 2023-04-01.*no active reseller relationship.*can't be read/,
		);
		expect(agreementStatusOf([agreed('2024-01-01T00:00:00')], null)).toMatchObject({
			current: true,
			needsAction: false,
			reason: null,
		});
	});

	it('an agreement without a readable date counts as old', () => {
		expect(agreementStatusOf([agreed('unknown')], false)).toMatchObject({
			partnerConfirmed: true,
			current: false,
			latest: { dateAgreed: null },
		});
	});
});

describe('whether the customer may order', () => {
	const current = agreementStatusOf([agreed('2024-01-01T00:00:00')], false);
	const expired = agreementStatusOf([agreed('2020-01-01T00:00:00')], false);

	it.each([
		['Allowed', true, null],
		['allowed', true, null],
		[null, true, null],
		[undefined, null, null],
		['UNDERREVIEW', false, 'verification'],
		['NotReady', null, null],
		['SomethingNew', null, null],
	])('of a current agreement and the account status %s: %s', (status, mayOrder, blockedBy) => {
		expect(orderStatusOf(current, status, true)).toEqual({ mayOrder, blockedBy });
	});

	it('the relationship comes first, then the agreement', () => {
		expect(orderStatusOf(expired, 'Unknown', false).blockedBy).toBe('relationship');
		expect(orderStatusOf(expired, 'Unknown', true).blockedBy).toBe('agreement');
		expect(orderStatusOf(expired, undefined, true).mayOrder).toBe(false);
	});
});
