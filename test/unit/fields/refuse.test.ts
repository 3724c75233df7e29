/** What is said of a value that is no text, and when a value is nothing. */
import { z } from 'zod';

import { kindOf, refuse } from '../../../nodes/MicrosoftPartnerCenter/fields/refuse';
import { isBlank } from '../../../nodes/MicrosoftPartnerCenter/fields/text';

it.each([
	[['a'], 'a list'],
	[true, 'a yes/no value'],
	[7, 'a number'],
	[{}, 'an object'],
])('%j is %s', (value, words) => {
	expect(kindOf(value)).toBe(words);
});

it.each([undefined, null, '', ' \n', '\u200b'])('%j is nothing', (value) => {
	expect(isBlank(value)).toBe(true);
});

it.each([0, false, 'a', {}])('%j is something', (value) => {
	expect(isBlank(value)).toBe(false);
});

it('a refusal carries what is wrong and what to do next', () => {
	const schema = z.unknown().transform((_, issues) => refuse(issues, 'is odd', 'Make it even.'));
	expect(schema.safeParse(1).error?.issues).toMatchObject([
		{ message: 'is odd', params: { fix: 'Make it even.' } },
	]);
});
