/** Customer Agreement → Get Status: who has a current agreement, and who needs one. */

import { open } from '../../place';
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
