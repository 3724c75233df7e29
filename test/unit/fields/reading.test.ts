/** How a value is read: with one fault at most, which says what is wrong and what to do next. */
import { countryField } from '../../../nodes/MicrosoftPartnerCenter/fields/codes';
import { emailField } from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import { schemaOf, type Field } from '../../../nodes/MicrosoftPartnerCenter/fields/field';
import {
	kindOf,
	lazyPattern,
	schemaOfReader,
} from '../../../nodes/MicrosoftPartnerCenter/fields/reading';

it.each([
	[['a'], 'a list'],
	[true, 'a yes/no value'],
	[7, 'a number'],
	[{}, 'an object'],
])('%j is %s', (value, words) => {
	expect(kindOf(value)).toBe(words);
});

it('a value is what it was read as', () => {
	const doubled = schemaOfReader((raw) => ({ value: Number(raw) * 2 }));
	expect(doubled.parse(4)).toBe(8);
});

it('a value that is undefined is no fault', () => {
	expect(schemaOfReader(() => ({ value: undefined })).safeParse(1).success).toBe(true);
});

it('a fault carries what is wrong and what to do next', () => {
	const schema = schemaOfReader(() => ({ fault: 'is odd', fix: 'Make it even.' }));
	expect(schema.safeParse(1).error?.issues).toMatchObject([
		{ message: 'is odd', params: { fix: 'Make it even.' } },
	]);
});

it.each<[string, Field, unknown]>([
	['an address that is a list', emailField, ['a@example.com']],
	['a country that is empty', countryField, ''],
])('%s has one fault, and is not judged further', (_what, field, value) => {
	const { error } = schemaOf(field, { getTimezone: () => 'UTC' }).safeParse(value);
	expect(error?.issues).toHaveLength(1);
});

describe('a pattern that is built with its first use', () => {
	it('finds what the pattern finds, and is built once', () => {
		const letters = lazyPattern(String.raw`\p{Lu}+`, 'u');
		expect(letters().exec('aÄÖb')?.[0]).toBe('ÄÖ');
		expect(letters()).toBe(letters());
	});

	it('builds nothing before its first use', () => {
		const broken = lazyPattern('(', 'u');
		expect(() => broken()).toThrow(SyntaxError);
	});
});
