/** The fields Language and Country: from the list of suggestions, or by code. */
import type { Field, Schema } from './field';
import { schemaOfReader } from './reading';
import { CODE, readRequiredText } from './readText';
import { locatedValue, suggesting } from './suggestions';

/** A code that is sent as it is: Partner Center compares it with its case. */
function code(pattern: RegExp, fix: string): Schema<string> {
	return schemaOfReader((raw) => {
		const reading = readRequiredText(locatedValue(raw), fix, CODE);
		if ('fault' in reading || pattern.test(reading.value)) return reading;
		return { fault: 'is not such a code', fix };
	});
}

export const languageField: Field<string> = {
	property: suggesting({
		displayName: 'Language',
		name: 'language',
		searchListMethod: 'searchLanguages',
		entered: { displayName: 'By Code', name: 'code', placeholder: 'e.g. nl-NL' },
	}),
	schema: code(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language such as nl-NL.'),
};

export const countryField: Field<string> = {
	property: {
		...suggesting({
			displayName: 'Country',
			name: 'country',
			searchListMethod: 'searchCountries',
			entered: { displayName: 'By Code', name: 'code', placeholder: 'e.g. NL' },
		}),
		description: 'Country of the customer, as its code of two letters',
	},
	schema: code(/^[A-Z]{2}$/, 'Use a country code of two capitals, such as NL.'),
};
