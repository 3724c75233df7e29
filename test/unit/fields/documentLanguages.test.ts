/** What the form suggests is sorted, and every suggestion is there once. */
import {
	SUGGESTED_COUNTRIES,
	SUGGESTED_LANGUAGES,
} from '../../../nodes/MicrosoftPartnerCenter/fields/documentLanguages';

it.each([
	['languages', SUGGESTED_LANGUAGES, ['en-US', 'nl-NL', 'sr-Latn-RS']],
	['countries', SUGGESTED_COUNTRIES, ['US', 'GB', 'NL']],
])('the %s', (_, suggested, some) => {
	expect([...suggested]).toEqual([...new Set(suggested)].sort());
	expect(suggested).toEqual(expect.arrayContaining(some));
});
