/** Customer → Validate Address: what Microsoft makes of a postal address, before a customer is made. */
import type { IDataObject } from 'n8n-workflow';

import type { AddressToValidate, AddressValidation } from '../../client/Addresses';
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
import type { Operation } from '../../n8n/operation';
import { readFields, type FieldValues } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';

const form = formOf({
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

/** What is empty is left out. */
function addressOf(values: FieldValues<typeof form.fields>): AddressToValidate {
	const { addressLine1, addressLine2, city, state, postalCode, country } = values;
	return {
		addressLine1,
		...(addressLine2 === '' ? {} : { addressLine2 }),
		city,
		...(state === '' ? {} : { state }),
		...(postalCode === '' ? {} : { postalCode }),
		country,
	};
}

function validationJson(validation: AddressValidation, address: AddressToValidate): IDataObject {
	const { status, validationMessage, suggestedAddresses, originalAddress } = validation;
	return {
		status,
		validationMessage: validationMessage ?? null,
		suggestedAddresses: (suggestedAddresses ?? []) as IDataObject[],
		originalAddress: (originalAddress ?? address) as IDataObject,
	};
}

export const validateAddress: Operation = {
	option: {
		name: 'Validate Address',
		value: 'validateAddress',
		action: 'Validate address',
		description: 'Check a postal address, and get the addresses that it may have meant',
	},
	fields: form.properties,
	outputs: ['Address'],
	signIn: 'either',
	start: (context, access) =>
		oneOutputRun(context, access, ({ client }) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const values = readFields(context, item, form.fields);
				const address = addressOf(values);
				const call = callOptions(values);
				return async () => {
					const validation = await client.addresses.validate(address, call);
					return [{ json: validationJson(validation, address) }];
				};
			};
		}),
};
