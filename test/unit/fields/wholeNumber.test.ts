/** A whole number is read as number or text, within its limits. */
import { wholeNumber } from '../../../nodes/MicrosoftPartnerCenter/fields/scalars';
import { fault, readWith } from '../../support/readWith';

const schema = wholeNumber(1, 100);

it.each([
	[1, 1],
	[100, 100],
	['10', 10],
	[' 10 ', 10],
])('%j is read as %j', (value, expected) => {
	expect(readWith(schema, value)).toBe(expected);
});

it.each([0, 101, 1.5, '', ' ', 'ten', null, undefined, true, Number.NaN, Infinity])(
	'%p is refused',
	(value) => {
		expect(readWith(schema, value)).toEqual(fault('is not a whole number in range'));
	},
);
