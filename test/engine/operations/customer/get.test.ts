/** Customer → Get. */

import { open } from '../../place';
import { runOperation } from '../../runOperation';
import { customerId, customers, json, record } from '../../workplace';

describe('Customer → Get', () => {
	it('gives one customer, simplified or raw', async () => {
		await open({ state: { customers: customers(2) } });
		const { outputs } = await runOperation([record(1)], 'customer', 'get');
		expect(json(outputs[0])).toEqual([
			{
				customerId: customerId(1),
				companyName: 'Contoso 1',
				domain: 'contoso1.onmicrosoft.com',
				relationshipToPartner: 'reseller',
			},
		]);
		const raw = await runOperation([record(1)], 'customer', 'get', { simplify: false });
		expect(json(raw.outputs[0])).toMatchObject([
			{ id: customerId(1), companyProfile: { tenantId: customerId(1) } },
		]);
	});

	it('a customer that does not exist stops the node, and the error says so', async () => {
		await open({ state: { customers: customers(1) } });
		const { result } = await runOperation([record(9)], 'customer', 'get', {}, {});
		expect(result.error?.message).toBe('Partner Center does not know this customer [Item 0]');
	});
});
