/** Numbers, switches and choices, as people and expressions give them. */
import { onOrOff, oneOf, wholeNumber } from '../../../nodes/MicrosoftPartnerCenter/fields/scalars';
import { fault, readWith } from '../../support/readWith';

describe('a whole number', () => {
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
});

describe('a switch', () => {
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
});

describe('a choice', () => {
	const schema = oneOf(['One', 'Two']);

	it('is one of the list', () => {
		expect(readWith(schema, 'Two')).toBe('Two');
	});

	it.each(['two', 'Three', '', undefined, ['Two']])('%j is refused, with the list', (value) => {
		expect(readWith(schema, value)).toEqual(fault('is not one of the choices'));
		expect(JSON.stringify(schema.safeParse(value).error)).toContain('Use One, Two.');
	});
});
