/** Customer → Get Many: all pages, filters, and lists that repeat or do not end. */
import type { IDataObject } from 'n8n-workflow';

import { open, place } from '../../place';
import { errorOutput, reads, runOperation } from '../../runOperation';
import { customer, customerId, customers, json } from '../../workplace';

describe('Customer → Get Many', () => {
	it.each(['none' as const, 'v1' as const, 'absolute' as const])(
		'gives every page, whichever way its link is written (%s)',
		async (linkPrefix) => {
			await open({ state: { customers: customers(1_203) }, switches: { linkPrefix } });
			const all = await runOperation([{}], 'customer', 'getAll', { returnAll: true });
			expect(json(all.outputs[0]).map((one) => one.customerId)).toEqual(
				Array.from({ length: 1_203 }, (_, n) => customerId(n + 1)),
			);
			expect(reads('/v1/customers')).toHaveLength(3);
		},
	);

	it('stops reading when there are enough', async () => {
		await open({ state: { customers: customers(1_203) } });
		const some = await runOperation([{}], 'customer', 'getAll', { limit: 7 });
		expect(some.outputs[0]).toHaveLength(7);
		expect(reads('/v1/customers')).toHaveLength(1);
	});

	it('a list that leads back to itself is an error, not an endless run', async () => {
		await open({ state: { customers: customers(1_203) }, switches: { pageLoop: true } });
		const { outputs } = await runOperation([{}], 'customer', 'getAll', { returnAll: true });
		expect(outputs[0]).toEqual([]);
		expect(json(outputs[1])[0]?.error).toMatch(/leads back to a page/);
		expect(reads('/v1/customers').length).toBeLessThan(4);
	});

	it('filters by the beginning of the company name or the domain', async () => {
		const state = {
			customers: [
				customer(1, { companyName: 'Şirket & "Söhne"', domain: 'alpha.example' }),
				customer(2, { companyName: 'Fabrikam', domain: 'beta.example' }),
			],
		};
		await open({ state });
		const find = async (filters: IDataObject) =>
			json((await runOperation([{}], 'customer', 'getAll', { filters })).outputs[0]).map(
				({ domain }) => domain,
			);
		expect(await find({ companyName: 'Şirket & "S' })).toEqual(['alpha.example']);
		expect(await find({ domain: 'BETA' })).toEqual(['beta.example']);
		expect(await find({ companyName: 'nobody' })).toEqual([]);
		const both = await runOperation([{}], 'customer', 'getAll', {
			filters: { companyName: 'a', domain: 'b' },
		});
		expect(json(both.outputs[1])[0]?.error).toMatch(/'Filters' has both/);
	});
});

describe('Customer → Get Many, of a list', () => {
	it('that holds every customer twice lists each once, and Limit counts customers', async () => {
		await open({ state: { customers: customers(700) } });
		place.emulator.switches.listCustomersTwice = true;
		const idsOf = async (parameters: IDataObject) =>
			json((await runOperation([{}], 'customer', 'getAll', parameters)).outputs[0]).map(
				(one) => one.customerId,
			);
		const ids = customers(700).map(({ id }) => id);
		expect(await idsOf({ returnAll: true })).toEqual(ids);
		expect(await idsOf({ limit: 7 })).toEqual(ids.slice(0, 7));
	});

	it.each(['empty', 'repeated'] as const)(
		'that has no end ends in words: %s',
		async (how) => {
			await open({ state: { customers: customers(3) } });
			place.emulator.switches.endlessList = how;
			const { outputs } = await runOperation(
				[{}],
				'customer',
				'getAll',
				{ returnAll: true },
				errorOutput,
			);
			expect(json(outputs[1])).toMatchObject([
				{ error: 'The list does not end: its last 200 pages held nothing new [Item 0]' },
			]);
			expect(reads('/v1/customers?').length).toBeLessThanOrEqual(201);
		},
		30_000,
	);
});
