/** Customer Agreement → Get Status: who has a current agreement, and who needs one. */

import { open, place } from '../../place';
import { reads, runOperation } from '../../runOperation';
import { customer, customerId, customers, json, pairs, record } from '../../workplace';

const contact = {
	firstName: 'Győző',
	lastName: 'Szőke',
	email: 'gyozo@contoso.example',
	phoneNumber: '1',
};
const agreedOn = (dateAgreed: string) => ({ primaryContact: contact, dateAgreed });

describe('Customer Agreement → Get Status', () => {
	const recent = [agreedOn('2023-04-01T00:00:00Z')];
	const old = [agreedOn('2023-03-31T23:59:59Z')];
	const status = async (...args: Array<Parameters<typeof customer>[1]>) => {
		await open({ state: { customers: args.map((more, index) => customer(index + 1, more)) } });
		const { outputs, result } = await runOperation(
			args.map((_, index) => record(index + 1)),
			'customerAgreement',
			'getStatus',
		);
		expect(result.error).toBeUndefined();
		return { items: json(outputs[0]), errors: json(outputs[1]), paired: pairs(outputs[0]) };
	};

	it('confirmed since April 2023, or signed by the customer: current', async () => {
		const { items, paired } = await status(
			{ agreements: recent },
			{ directSigned: true },
			{ agreements: old, directSigned: true },
		);
		expect(items).toEqual([
			{
				customerId: customerId(1),
				companyName: null,
				partnerConfirmed: true,
				directSigned: false,
				latest: {
					dateAgreed: '2023-04-01T00:00:00.000Z',
					firstName: 'Győző',
					lastName: 'Szőke',
					email: 'gyozo@contoso.example',
				},
				current: true,
				needsAction: false,
				reason: null,
				mayOrder: null,
				blockedBy: null,
				mayOrderReason:
					"The account's verification was not read. Turn on 'Include Account Verification'.",
			},
			expect.objectContaining({
				partnerConfirmed: false,
				directSigned: true,
				latest: null,
				current: true,
			}),
			expect.objectContaining({ partnerConfirmed: true, directSigned: true, current: true }),
		]);
		expect(paired).toEqual([0, 1, 2]);
	});

	it('anything else needs action, and says why', async () => {
		const { items, errors } = await status(
			{},
			{ agreements: old },
			{ relationshipToPartner: 'none' },
			{ relationshipToPartner: 'none', agreements: recent },
		);
		expect(errors).toEqual([]);
		expect(items.map(({ needsAction, reason }) => [needsAction, reason])).toEqual([
			[true, 'The agreement was never confirmed.'],
			[true, 'The last acceptance is from before 2023-04-01 and counts as expired.'],
			...[2, 3].map(() => [
				true,
				"There is no active reseller relationship, so the customer's agreements can't be read.",
			]),
		]);
		expect(items[2]).toMatchObject({ partnerConfirmed: null, directSigned: null, current: false });
	});

	it('says who may order, and what keeps the others, with one more request each', async () => {
		const accounts = [
			{ agreements: recent, accountVerification: 'Allowed' },
			{ directSigned: true },
			{ agreements: recent, accountVerification: 'UnderReview' },
			{ agreements: recent, accountVerification: 'NotAllowed' },
			{ agreements: recent, accountVerification: 'Unknown' },
			{ agreements: recent, accountVerification: 'Not Ready' },
			{ agreements: old, accountVerification: 'UnderReview' },
			{ relationshipToPartner: 'none' as const, agreements: recent },
		];
		await open({ state: { customers: accounts.map((more, n) => customer(n + 1, more)) } });
		const { outputs } = await runOperation(
			accounts.map((_, n) => record(n + 1)),
			'customerAgreement',
			'getStatus',
			{ options: { includeAccountVerification: true } },
		);
		expect(
			json(outputs[0]).map(({ accountVerification, mayOrder, blockedBy, mayOrderReason }) => [
				accountVerification,
				mayOrder,
				blockedBy,
				mayOrderReason,
			]),
		).toEqual([
			['Allowed', true, null, null],
			[null, true, null, null],
			['UnderReview', false, 'verification', expect.stringMatching(/^Microsoft is reviewing/)],
			['NotAllowed', false, 'verification', expect.stringMatching(/did not allow new purchases/)],
			['Unknown', false, 'verification', expect.stringMatching(/status Unknown, which blocks/)],
			['Not Ready', null, null, expect.stringMatching(/"Not Ready"; whether .* is not known/)],
			['UnderReview', false, 'agreement', expect.stringMatching(/counts as expired/)],
			[null, false, 'relationship', expect.stringMatching(/no active reseller relationship/)],
		]);
		expect(reads('/validationStatus?type=account')).toHaveLength(accounts.length);
	});

	it('a verification that can’t be read is an error of that item, never a yes', async () => {
		await open({ state: { customers: customers(2) } });
		place.emulator.faults.script([{ match: { path: '/validationStatus' }, what: 'status-500' }]);
		const { outputs } = await runOperation(
			[record(1), record(2)],
			'customerAgreement',
			'getStatus',
			{ options: { includeAccountVerification: true, maxRetries: 0, maxConcurrency: 1 } },
		);
		expect(pairs(outputs[0])).toEqual([1]);
		expect(json(outputs[1])[0]?.error).toBe(
			'Partner Center could not process the request [Item 0]',
		);
	});

	it('reads both at once, and takes the company name from the input', async () => {
		await open({ state: { customers: customers(1) }, latency: 60 });
		const { outputs } = await runOperation(
			[record(1, { companyName: 'Contoso' })],
			'customerAgreement',
			'getStatus',
		);
		expect(json(outputs[0])).toMatchObject([{ companyName: 'Contoso' }]);
		const [first, second] = reads(customerId(1)).map(({ time }) => Date.parse(time));
		expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThan(50);
	});

	it('another refusal is an error of that item', async () => {
		await open({ state: { customers: customers(2) } });
		const { outputs } = await runOperation(
			[record(9), record(1)],
			'customerAgreement',
			'getStatus',
		);
		expect(pairs(outputs[0])).toEqual([1]);
		expect(json(outputs[1])[0]?.error).toMatch(/does not know this customer/);
	});

	it('300 customers come out in input order', async () => {
		await open({ state: { customers: customers(300) }, latency: [0, 10] });
		const { outputs } = await runOperation(
			Array.from({ length: 300 }, (_, n) => record(n + 1)),
			'customerAgreement',
			'getStatus',
		);
		expect(pairs(outputs[0])).toEqual(Array.from({ length: 300 }, (_, n) => n));
	});
});
