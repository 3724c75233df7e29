/** Relationship → Get Link: the same link for every customer, with a reseller's id where one is named. */
import { open, place } from '../../place';
import { reads, runOperation } from '../../runOperation';
import { json, pairs } from '../../workplace';

const RESELLER = 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28';
const link = expect.stringMatching(
	/^https:\/\/admin\.microsoft\.com\/Adminportal\/Home\?invType=ResellerRelationship&/,
);

describe('Relationship → Get Link', () => {
	it('gives the link for each item', async () => {
		await open();
		const { outputs } = await runOperation([{}, {}], 'relationship', 'getLink');
		expect(json(outputs[0])).toEqual([{ relationshipUrl: link }, { relationshipUrl: link }]);
		expect(pairs(outputs[0])).toEqual([0, 1]);
	});

	it('names the indirect reseller to Partner Center, in any spelling of its ID', async () => {
		await open();
		const { outputs } = await runOperation([{}], 'relationship', 'getLink', {
			additionalFields: { indirectResellerTenantId: ` {${RESELLER.toUpperCase()}}` },
		});
		expect(json(outputs[0])[0]?.relationshipUrl).toContain(RESELLER);
		expect(reads(`indirectResellerId=${RESELLER}`)).toHaveLength(1);
	});

	it('refuses an ID that is none before anything is sent', async () => {
		await open();
		const { outputs } = await runOperation([{}], 'relationship', 'getLink', {
			additionalFields: { indirectResellerTenantId: '4847433' },
		});
		expect(json(outputs[1])).toMatchObject([
			{
				error: `'Indirect Reseller Tenant ID' is not a GUID: "4847433" [Item 0]`,
				message: expect.stringContaining('Use a tenant ID'),
			},
		]);
		expect(place.emulator.requests).toEqual([]);
	});
});
