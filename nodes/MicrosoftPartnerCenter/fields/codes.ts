/** The fields Language and Country: from the list of suggestions, or by code. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field, Schema } from './field';
import { schemaOfReader } from './reading';
import { CODE, readRequiredText } from './readText';

function suggesting(
	displayName: string,
	name: string,
	searchListMethod: string,
	placeholder: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder },
		],
	};
}

/** A code that is sent as it is: Partner Center compares it with its case. */
function code(pattern: RegExp, fix: string): Schema<string> {
	return schemaOfReader((raw) => {
		const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
		const reading = readRequiredText(isLocator ? raw.value : raw, fix, CODE);
		if ('fault' in reading || pattern.test(reading.value)) return reading;
		return { fault: 'is not such a code', fix };
	});
}

export const languageField: Field<string> = {
	property: suggesting('Language', 'language', 'searchLanguages', 'e.g. nl-NL'),
	schema: code(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language such as nl-NL.'),
};

export const countryField: Field<string> = {
	property: {
		...suggesting('Country', 'country', 'searchCountries', 'e.g. NL'),
		description: 'Country of the customer, as its code of two letters',
	},
	schema: code(/^[A-Z]{2}$/, 'Use a country code of two capitals, such as NL.'),
};
