/** The fields Language and Country: from the list of suggestions, or by code. */
import type { INodeProperties } from 'n8n-workflow';

import { codeField } from '../fields/schemas';

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

export const languageProperty: INodeProperties = suggesting(
	'Language',
	'language',
	'searchLanguages',
	'e.g. nl-NL',
);
export const countryProperty: INodeProperties = {
	...suggesting('Country', 'country', 'searchCountries', 'e.g. NL'),
	description: 'Country of the customer, as its code of two letters',
};

/** The same fields for `readFields`. */
export const languageField = {
	name: 'language',
	label: 'Language',
	schema: codeField(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language such as nl-NL.'),
};
export const countryField = {
	name: 'country',
	label: 'Country',
	schema: codeField(/^[A-Z]{2}$/, 'Use a country code of two capitals, such as NL.'),
};
