/** The fields of a postal address. */
import type { Field } from './field';
import { optionalText, requiredText } from './readText';

export const addressLine1Field: Field<string> = {
	property: {
		displayName: 'Address Line 1',
		name: 'addressLine1',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1 Microsoft Way',
		description: 'Street and number',
	},
	schema: requiredText("Map it from the CRM's company: street and number."),
};

export const addressLine2Field: Field<string> = {
	property: {
		displayName: 'Address Line 2',
		name: 'addressLine2',
		type: 'string',
		default: '',
		placeholder: 'e.g. Building 7',
		description: 'What the first line has no room for',
	},
	schema: optionalText("Map it from the CRM's company, or leave it empty."),
};

export const cityField: Field<string> = {
	property: {
		displayName: 'City',
		name: 'city',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Redmond',
		description: 'City or town of the address',
	},
	schema: requiredText("Map it from the CRM's company: the city."),
};

export const stateField: Field<string> = {
	property: {
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. WA',
		description: 'State or province, where the country has them in its addresses',
	},
	schema: optionalText("Map it from the CRM's company, or leave it empty."),
};

export const postalCodeField: Field<string> = {
	property: {
		displayName: 'Postal Code',
		name: 'postalCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 98052',
		description: 'Postal code, where the country has them',
	},
	schema: optionalText("Map it from the CRM's company as text, or leave it empty.", {
		numbers: 'asText',
	}),
};
