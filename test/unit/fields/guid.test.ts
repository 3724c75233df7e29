/** A GUID is one in any case and braces, and nothing else is. */
import fc from 'fast-check';

import {
	optionalGuid,
	parseCleanGuid,
	parseGuid,
} from '../../../nodes/MicrosoftPartnerCenter/fields/guid';
import { fault, readWith } from '../../support/readWith';

const GUID = 'ab993325-1605-4cf4-bac4-fb584142a31b';

it('reads every GUID, whatever its case and braces', () => {
	fc.assert(
		fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (uuid, upper, braces) => {
			const cased = upper ? uuid.toUpperCase() : uuid;
			expect(parseGuid(braces ? `{${cased}}` : cased)).toBe(uuid);
		}),
	);
});

it('is found among characters that nobody sees', () => {
	expect(parseCleanGuid(`\u200b${GUID}\ufeff`)).toBe(GUID);
	expect(parseGuid(`\u200b${GUID}`)).toBeUndefined();
});

describe('a GUID that may be missing', () => {
	const schema = optionalGuid('Leave it empty.');

	it.each([undefined, null, '', ' \u200b'])('%j is none', (value) => {
		expect(readWith(schema, value)).toBeUndefined();
	});

	it.each([
		['12345', 'is not a GUID'],
		[7, 'is a number, not text'],
		['{{deal.id}}', 'holds a placeholder that was not filled in'],
	])('%j is refused: %s', (value, words) => {
		expect(readWith(schema, value)).toEqual(fault(words));
	});
});
