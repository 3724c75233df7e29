/** What the form suggests is sorted, and every suggestion is there once. */
import {
	suggestedCountries,
	suggestedLanguages,
} from '../../../nodes/MicrosoftPartnerCenter/fields/documentLanguages';

it.each([
	['languages', suggestedLanguages, ['en-US', 'nl-NL', 'sr-Latn-RS']],
	['countries', suggestedCountries, ['US', 'GB', 'NL']],
])('the %s', (_, suggested, some) => {
	expect([...suggested]).toEqual([...new Set(suggested)].sort());
	expect(suggested).toEqual(expect.arrayContaining(some));
});
