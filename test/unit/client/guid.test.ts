/** What counts as a GUID: it goes into addresses and headers as it is. */
import fc from 'fast-check';

import { isGuid } from '../../../nodes/MicrosoftPartnerCenter/client/guid';

it('every GUID, in any case', () => {
	fc.assert(
		fc.property(fc.uuid({ version: [1, 4, 7] }), (id) => {
			expect([isGuid(id), isGuid(id.toUpperCase())]).toEqual([true, true]);
		}),
	);
});

it.each([
	['', 'nothing'],
	['{0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90}', 'in braces'],
	['0b4c2f6e3a5d4c1e9f7a2d8e6b1c5a90', 'without hyphens'],
	['0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a9', 'a digit short'],
	['0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90/x', 'with a path behind it'],
	['0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90\nX: y', 'with a line behind it'],
	['0b4c2f6g-3a5d-4c1e-9f7a-2d8e6b1c5a90', 'with another letter'],
])('not %j: %s', (text) => {
	expect(isGuid(text)).toBe(false);
});
