/** Label, path and default come from what the form shows. Every field of the node takes any value. */
import fc from 'fast-check';

import {
	defaultOf,
	labelOf,
	pathOf,
	type Field,
} from '../../../nodes/MicrosoftPartnerCenter/fields/field';
import { inCollection, OPTIONS } from '../../../nodes/MicrosoftPartnerCenter/fields/form';
import { callOptionFields } from '../../../nodes/MicrosoftPartnerCenter/fields/callOptions';
import { companyNameField } from '../../../nodes/MicrosoftPartnerCenter/fields/companyName';
import { countryField } from '../../../nodes/MicrosoftPartnerCenter/fields/codes';
import {
	emailField,
	firstNameField,
	phoneNumberField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import { customerField } from '../../../nodes/MicrosoftPartnerCenter/fields/customer';
import { dateAgreedField } from '../../../nodes/MicrosoftPartnerCenter/fields/dateAgreed';
import {
	returnAllFields,
	simplifyField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/returnAll';
import { templateIdField } from '../../../nodes/MicrosoftPartnerCenter/fields/template';
import { readWith } from '../../support/readWith';

it('is known by its label, at its path', () => {
	expect([labelOf(firstNameField), pathOf(firstNameField)]).toEqual(['First Name', 'firstName']);
	const { phone } = inCollection(OPTIONS, { phone: phoneNumberField });
	expect([labelOf(phone), pathOf(phone)]).toEqual(['Phone Number', 'options.phoneNumber']);
});

it('that the user did not add has its default; a list’s is what n8n would hand over', () => {
	expect(defaultOf(simplifyField)).toBe(true);
	expect(defaultOf(customerField)).toEqual({ __rl: true, mode: 'list', value: '' });
});

it('answers any value without an exception', () => {
	const fields: Field[] = [
		...[firstNameField, emailField, phoneNumberField, companyNameField, dateAgreedField],
		...[customerField, countryField, templateIdField, simplifyField],
		...Object.values({ ...callOptionFields, ...returnAllFields }),
	];
	fc.assert(
		fc.property(fc.anything(), (value) => {
			for (const field of fields) readWith(field, value);
		}),
	);
});
