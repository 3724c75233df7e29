/** An indirect reseller is named by its partner ID or its tenant ID, as a list has it. */
import { indirectResellerField } from '../../../nodes/MicrosoftPartnerCenter/fields/indirectReseller';
import { readWith } from '../../support/readWith';

const ID = 'b01b1487-b36e-4e6d-9b5e-0b58974c4b28';

it.each([
	['4847433', { mpnId: '4847433' }],
	[4_847_433, { mpnId: '4847433' }],
	[' 4847433\u200B', { mpnId: '4847433' }],
	[ID, { tenantId: ID }],
	[`{${ID.toUpperCase()}} `, { tenantId: ID }],
])('%j is %j', (value, expected) => {
	expect(readWith(indirectResellerField, value)).toEqual(expected);
});

it.each([undefined, null, '', '\u200B', 'ReleCloud', '48.474', true, {}, [4], '{{ $json.id }}'])(
	'%j is refused',
	(value) => {
		expect(readWith(indirectResellerField, value)).toHaveProperty('fault');
	},
);
