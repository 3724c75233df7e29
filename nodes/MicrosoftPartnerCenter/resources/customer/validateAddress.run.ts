/** What Customer → Validate Address does with an item. */
import type { IDataObject } from 'n8n-workflow';
import type { AddressToValidate, AddressValidation } from '../../client/Addresses';
import type { FieldValues } from '../../n8n/parameters';
import { runOf } from '../runs';
import { form } from './validateAddress';

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

export const start = runOf(form, async (values, call, { client }) => {
	const address = addressOf(values);
	const validation = await client.addresses.validate(address, call);
	return [{ json: validationJson(validation, address) }];
});
