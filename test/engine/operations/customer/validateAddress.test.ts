/** Customer → Validate Address: the status and the suggestions that Microsoft documents. */
import { open, place } from '../../place';
import { runOperation } from '../../runOperation';
import { json, pairs } from '../../workplace';

const fields = {
	addressLine1: '={{ $json.street }}',
	city: '={{ $json.city }}',
	state: '={{ $json.state }}',
	postalCode: '={{ $json.zip }}',
	country: { __rl: true, mode: 'code', value: '={{ $json.country }}' },
	options: { maxRetries: 0 },
};
const redmond = { city: 'Redmond', state: 'WA', zip: '98052', country: 'US' };
const validate = async (...records: object[]) =>
	await runOperation(records as never, 'customer', 'validateAddress', fields);

describe('Customer → Validate Address', () => {
	it('gives the status and what the address may have meant', async () => {
		await open();
		const { outputs } = await validate(
			{ ...redmond, street: '1 Microsoft Way' },
			{ ...redmond, street: 'Microsoft Way', zip: 98_052 },
		);
		expect(json(outputs[0])).toMatchObject([
			{ status: 'VerifiedShippable', validationMessage: null },
			{
				status: 'StreetPartial',
				validationMessage: expect.stringContaining('Address field invalid'),
				suggestedAddresses: [{ addressLine1: '1 Microsoft Way', postalCode: '98052-6399' }],
				originalAddress: { addressLine1: 'Microsoft Way', postalCode: '98052' },
			},
		]);
	});

	it('sends no field that is empty, and nothing for an address without its parts', async () => {
		await open();
		const { outputs } = await validate(
			{ street: 'Dam 1', city: 'Amsterdam', country: 'NL', state: '', zip: null },
			{ ...redmond, street: '  ', country: 'us' },
		);
		expect(pairs(outputs[0])).toEqual([0]);
		expect(place.emulator.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
			{ addressLine1: 'Dam 1', city: 'Amsterdam', country: 'NL' },
		]);
		expect(json(outputs[1])[0]?.error).toBe(
			`'Address Line 1' is empty; 'Country' is not such a code: "us" [Item 1]`,
		);
	});

	it('a try without an answer is repeated, and leaves nothing in doubt', async () => {
		await open();
		place.emulator.faults.script([{ what: 'reset-after-write' }]);
		const { outputs } = await validate({ ...redmond, street: '1 Microsoft Way' });
		expect(json(outputs[1])).toMatchObject([
			{ message: expect.stringMatching(/^Nothing was changed/) },
		]);
	});
});
