/** Customer Agreement → Get Many: the agreements that partners confirmed. */

import { open } from '../../place';
import { runOperation } from '../../runOperation';
import { customer, customerId, json, pairs, record } from '../../workplace';

const contact = {
	firstName: 'Győző',
	lastName: 'Szőke',
	email: 'gyozo@contoso.example',
	phoneNumber: '1',
};
const agreedOn = (dateAgreed: string, more: object = {}) => ({
	primaryContact: contact,
	dateAgreed,
	...more,
});

describe('Customer Agreement → Get Many', () => {
	const state = {
		customers: [
			customer(1, {
				agreements: [
					agreedOn('2022-01-01T00:00:00Z'),
					agreedOn('2024-01-01T00:00:00Z', {
						templateId: '998b88de-aa99-4388-a42c-1b3517d49490',
					}),
					agreedOn('2024-06-01T00:00:00Z', {
						primaryContact: { ...contact, firstName: 'Åsa' },
					}),
				],
			}),
			customer(2),
		],
	};

	it('gives an item for each Customer Agreement, simplified', async () => {
		await open({ state });
		const { outputs } = await runOperation([record(1)], 'customerAgreement', 'getAll');
		expect(json(outputs[0])).toEqual(
			['Győző', 'Åsa'].map((firstName, index) => ({
				customerId: customerId(1),
				type: 'MicrosoftCustomerAgreement',
				dateAgreed: ['2022-01-01T00:00:00', '2024-06-01T00:00:00'][index],
				templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
				...contact,
				firstName,
			})),
		);
	});

	it.each([
		['all types', { agreementType: '*' }, 3],
		['the Cloud Agreement', { agreementType: 'MicrosoftCloudAgreement' }, 1],
		['a limit', { limit: 1 }, 1],
		['all', { returnAll: true }, 2],
	])('%s', async (_what, parameters, count) => {
		await open({ state });
		const { outputs } = await runOperation([record(1)], 'customerAgreement', 'getAll', parameters);
		expect(outputs[0]).toHaveLength(count);
		expect(new Set(pairs(outputs[0]))).toEqual(new Set([0]));
	});

	it('as raw data, with what Partner Center sends', async () => {
		await open({ state });
		const raw = await runOperation([record(1)], 'customerAgreement', 'getAll', { simplify: false });
		expect(json(raw.outputs[0])[0]).toMatchObject({
			customerId: customerId(1),
			primaryContact: contact,
			agreementLink: expect.stringContaining('https://'),
		});
	});

	it.each(['emptyList' as const, '600009' as const])(
		'no agreements is no item, said as %s',
		async (noAgreements) => {
			await open({ state, switches: { noAgreements } });
			const { outputs } = await runOperation([record(2), record(1)], 'customerAgreement', 'getAll');
			expect(pairs(outputs[0])).toEqual([1, 1]);
			expect(outputs[1]).toEqual([]);
		},
	);

	it('a customer that does not exist is an error of that item', async () => {
		await open({ state });
		const { outputs } = await runOperation([record(9), record(1)], 'customerAgreement', 'getAll');
		expect(pairs(outputs[0])).toEqual([1, 1]);
		expect(json(outputs[1])).toMatchObject([
			{ email: record(9).email, error: 'Partner Center does not know this customer [Item 0]' },
		]);
	});
});
