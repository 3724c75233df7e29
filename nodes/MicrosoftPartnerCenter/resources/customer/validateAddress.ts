/** Customer → Validate Address: what Microsoft makes of a postal address, before a customer is made. */
import {
	addressLine1Field,
	addressLine2Field,
	cityField,
	postalCodeField,
	stateField,
} from '../../fields/address';
import { readOptionFields } from '../../fields/callOptions';
import { countryField } from '../../fields/codes';
import { ADDITIONAL_FIELDS, formOf, inCollection, shownAs } from '../../fields/form';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({
	addressLine1: addressLine1Field,
	city: cityField,
	state: stateField,
	postalCode: postalCodeField,
	country: shownAs(countryField, {
		required: true,
		description: 'Country of the address, as its code of two letters',
	}),
	...inCollection(ADDITIONAL_FIELDS, { addressLine2: addressLine2Field }),
	...readOptionFields,
});

export const validateAddress: OperationDescription = {
	option: {
		name: 'Validate Address',
		value: 'validateAddress',
		action: 'Validate address',
		description: 'Check a postal address, and get the addresses that it may have meant',
	},
	fields: form.properties,
	outputs: ['Address'],
	signIn: 'either',
};
