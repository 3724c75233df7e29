/** A switch is on or off, and nothing is neither. */
import { onOrOff } from '../../../nodes/MicrosoftPartnerCenter/fields/scalars';
import { fault, readWith } from '../../support/readWith';

it.each([
	[true, true],
	[false, false],
	[' True ', true],
	['FALSE', false],
])('%j is %j', (value, expected) => {
	expect(readWith(onOrOff, value)).toBe(expected);
});

it.each([
	[1, 'is neither on nor off'],
	['yes', 'is neither on nor off'],
	['', 'is empty'],
	[undefined, 'is empty'],
])('%j is refused: %s', (value, words) => {
	expect(readWith(onOrOff, value)).toEqual(fault(words));
});
