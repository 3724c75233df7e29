/** A form shows its fields in their order, and reads those that can be read. */
import {
	firstNameField,
	phoneNumberField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import {
	formOf,
	inCollection,
	OPTIONS,
	shownAs,
	shownOnly,
} from '../../../nodes/MicrosoftPartnerCenter/fields/form';
import {
	callOptionFields,
	readOptionFields,
} from '../../../nodes/MicrosoftPartnerCenter/fields/callOptions';
import { simplifyField } from '../../../nodes/MicrosoftPartnerCenter/fields/returnAll';

it('shows a collection where its first field stands, with its fields by their labels', () => {
	const { properties } = formOf({
		...inCollection(OPTIONS, { phone: phoneNumberField }),
		firstName: firstNameField,
		...callOptionFields,
	});
	expect(properties.map(({ name }) => name)).toEqual(['options', 'firstName']);
	expect(properties[0]?.options?.map(({ name }) => name)).toEqual([
		'correlationId',
		'maxRetries',
		'phoneNumber',
		'timeout',
	]);
});

it('reads its fields in the order in which they are given', () => {
	const { fields } = formOf({ simplify: simplifyField, ...callOptionFields });
	expect(Object.keys(fields)).toEqual(['simplify', 'maxRetries', 'timeout', 'correlationId']);
});

it('shows what is shown only, and does not read it', () => {
	const { properties, fields } = formOf({ name: shownOnly(firstNameField), ...readOptionFields });
	expect(properties.map(({ name }) => name)).toEqual(['firstName', 'options']);
	expect(fields).not.toHaveProperty('name');
	expect(fields).not.toHaveProperty('maxConcurrency');
});

it('shows a field otherwise, and reads it the same', () => {
	const renamed = shownAs(firstNameField, { displayName: 'Signatory', name: 'signatory' });
	expect(renamed.property).toMatchObject({ displayName: 'Signatory', placeholder: 'e.g. Tania' });
	expect(renamed.schema).toBe(firstNameField.schema);
	expect(firstNameField.property.displayName).toBe('First Name');
});
