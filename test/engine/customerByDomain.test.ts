/** The Customer field, By Domain and By ID. */

import { open, place } from './place';
import { errorOutput, reads, runOperation } from './runOperation';
import { customer, customerId, customers, json, pairs, record, writes } from './workplace';

describe('Customer by domain', () => {
	const byDomain = { customerId: { __rl: true, mode: 'domain', value: '={{ $json.domain }}' } };
	const state = {
		customers: [
			customer(1, { domain: 'contoso.example' }),
			customer(2, { domain: 'contoso.example.com' }),
			customer(3, { domain: 'twin.example' }),
			customer(4, { domain: 'twin.example' }),
		],
	};

	it('confirms the one customer with exactly that domain, looked up once', async () => {
		await open({ state });
		const domains = ['contoso.example', 'Contoso.Example', 'contoso.example.com'];
		const { confirmed, alreadyExists } = await place.run(
			domains.map((domain) => record(1, { domain })),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(confirmed).map((one) => one.customerId)).toEqual([customerId(1), customerId(2)]);
		expect(pairs(alreadyExists)).toEqual([1]);
		expect(reads('/v1/customers?')).toHaveLength(2);
	});

	it('names the candidates when there is none, or more than one', async () => {
		await open({ state });
		const { errors } = await place.run(
			['contoso', 'contoso.exam', 'twin.example', 'nobody.example'].map((domain) =>
				record(1, { domain }),
			),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(errors).map(({ error }) => error)).toEqual([
			`'Customer' is not a domain: "contoso" [Item 0]`,
			'No customer has the domain "contoso.exam" [Item 1]',
			'Several customers have the domain "twin.example" [Item 2]',
			'No customer has the domain "nobody.example" [Item 3]',
		]);
		expect(json(errors)[1]?.message).toContain(`contoso.example (Contoso 1, ${customerId(1)})`);
		expect(json(errors)[2]?.message).toContain(customerId(4));
		expect(writes(place.emulator)).toEqual([]);
	});

	it('finds the one whose custom domains hold it, and takes no other for it', async () => {
		const customDomains = ['contoso.onmicrosoft.com', 'Contoso.Example.NET'];
		const other = customer(5, { domain: 'fabrikam.example' });
		await open({
			state: { customers: [customer(1, { domain: 'contoso.example', customDomains }), other] },
		});
		const { confirmed, errors } = await place.run(
			['contoso.onmicrosoft.com', 'contoso.example.net', 'fabrikam.onmicrosoft.com'].map(
				(domain, index) => record(index + 1, { domain }),
			),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(confirmed).map((one) => one.customerId)).toEqual([customerId(1), customerId(1)]);
		expect(json(errors)).toMatchObject([
			{
				error: 'No customer has the domain "fabrikam.onmicrosoft.com" [Item 2]',
				message: expect.stringMatching(/default domain.*fabrikam\.example \(/),
			},
		]);
	});

	it('of a customer who is listed twice is one customer’s', async () => {
		await open({ state: { customers: customers(3) } });
		place.emulator.switches.listCustomersTwice = true;
		const { confirmed, errors } = await place.run(
			[record(1, { domain: 'contoso1.onmicrosoft.com' })],
			{ ...errorOutput, parameters: byDomain },
		);
		expect(errors).toEqual([]);
		expect(json(confirmed)).toMatchObject([{ customerId: customerId(1) }]);
	});

	it('an ID is enough, as text and in every mode', async () => {
		await open({ state });
		for (const value of [
			'={{ $json.customerId }}',
			{ __rl: true, mode: 'domain', value: '={{ $json.customerId }}' },
			{ __rl: true, mode: 'list', value: customerId(1), cachedResultName: 'Contoso 1 (x)' },
		]) {
			const { outputs } = await runOperation([record(1)], 'customer', 'get', { customerId: value });
			expect(json(outputs[0])).toMatchObject([{ customerId: customerId(1) }]);
		}
	});
});
