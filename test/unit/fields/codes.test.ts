/** Languages and countries are codes that Partner Center compares with their case. */
import { countryField, languageField } from '../../../nodes/MicrosoftPartnerCenter/fields/codes';
import {
	SUGGESTED_COUNTRIES,
	SUGGESTED_LANGUAGES,
} from '../../../nodes/MicrosoftPartnerCenter/fields/documentLanguages';
import { fault, readWith } from '../../support/readWith';

const locator = (value: unknown) => ({ __rl: true, mode: 'list', value });

it.each(SUGGESTED_LANGUAGES)('the language %s is taken, by itself and from the list', (code) => {
	expect(readWith(languageField, code)).toBe(code);
	expect(readWith(languageField, locator(code))).toBe(code);
});

it.each(SUGGESTED_COUNTRIES)('the country %s is taken, by itself and from the list', (code) => {
	expect(readWith(countryField, code)).toBe(code);
	expect(readWith(countryField, locator(code))).toBe(code);
});

it.each([
	['nl', 'is not such a code'],
	['Netherlands', 'is not such a code'],
	['', 'is empty'],
	[31, 'is a number, not text'],
])('%j is no country: %s', (value, words) => {
	expect(readWith(countryField, value)).toEqual(fault(words));
	expect(readWith(countryField, locator(value))).toEqual(fault(words));
});

it.each(['NL', 'nl_NL', 'Dutch'])('%j is no language', (value) => {
	expect(readWith(languageField, value)).toEqual(fault('is not such a code'));
});
