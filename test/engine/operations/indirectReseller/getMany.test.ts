/** Indirect Reseller → Get Many: all pages, simplified or as Partner Center sends them. */
import { open } from '../../place';
import { reads, runOperation } from '../../runOperation';
import { json } from '../../workplace';

const resellers = (count: number) =>
	Array.from({ length: count }, (_, n) => ({
		id: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
		name: `Reseller ${n}`,
		mpnId: String(4_000_000 + n),
		location: 'NL',
	}));

describe('Indirect Reseller → Get Many', () => {
	it('lists every page, simplified', async () => {
		await open({ state: { customers: [], indirectResellers: resellers(1_203) } });
		const { outputs } = await runOperation([{}], 'indirectReseller', 'getAll', { returnAll: true });
		expect(json(outputs[0])).toEqual(resellers(1_203).map((one) => ({ ...one, state: 'Active' })));
		expect(reads('/v1/relationships?')).toHaveLength(3);
	});

	it('stops at the limit, and hands on the raw data', async () => {
		await open({ state: { customers: [], indirectResellers: resellers(700) } });
		const { outputs } = await runOperation([{}], 'indirectReseller', 'getAll', {
			limit: 2,
			simplify: false,
		});
		expect(json(outputs[0])).toMatchObject([
			{ relationshipType: 'is_indirect_cloud_solution_provider_of', mpnId: '4000000' },
			{ attributes: { objectType: 'PartnerRelationship' } },
		]);
		expect(reads('/v1/relationships?')).toHaveLength(1);
	});

	it('a partner without resellers gives no item', async () => {
		await open();
		const { outputs } = await runOperation([{}], 'indirectReseller', 'getAll', { returnAll: true });
		expect(outputs).toEqual([[], []]);
	});
});
