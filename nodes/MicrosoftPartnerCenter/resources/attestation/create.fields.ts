/** The form of Attestation → Create. */
import { bodyFieldsField } from '../../fields/bodyFields';
import { readOptionFields } from '../../fields/callOptions';
import { countryField, languageField } from '../../fields/codes';
import { companyNameField } from '../../fields/companyName';
import { firstNameField, lastNameField } from '../../fields/contact';
import type { Field, FormElement } from '../../fields/field';
import { formOf, inCollection, OPTIONS, shownAs } from '../../fields/form';
import { schemaOfReader } from '../../fields/reading';
import { CODE, readRequiredText } from '../../fields/readText';

const previewNotice: FormElement = {
	property: {
		displayName:
			'Preview: built from the part of Microsoft\'s documentation that could be read. Compare it with Microsoft\'s page "Confirm customer acceptance and create agreement for MCA using APIs" before you rely on it.',
		name: 'previewNotice',
		type: 'notice',
		default: '',
	},
};

const VERSION_FIX = 'Use what stands behind the v in the path, such as 1.';

/** What stands behind the `v` of a path; begins with a digit, so that it is never a path by itself. */
const apiVersionField: Field<string> = {
	property: {
		displayName: 'API Version',
		name: 'apiVersion',
		type: 'string',
		default: '1',
		placeholder: 'e.g. 1',
		description: 'What stands behind the v in the path of the call',
	},
	schema: schemaOfReader((raw) => {
		const given = typeof raw === 'number' ? String(raw) : raw;
		const reading = readRequiredText(given, VERSION_FIX, CODE);
		if ('fault' in reading || /^\d[\w.-]{0,19}$/.test(reading.value)) return reading;
		return { fault: 'is not a version', fix: VERSION_FIX };
	}),
};

const RESERVED_PROPERTIES = [
	'country',
	'language',
	'companyName',
	'signatoryFirstName',
	'signatoryLastName',
];

export const form = formOf({
	previewNotice,
	country: shownAs(countryField, { required: true }),
	language: shownAs(languageField, {
		required: true,
		description: 'Which the customer prefers to read the agreement in',
	}),
	companyName: companyNameField,
	signatoryFirstName: shownAs(firstNameField, {
		displayName: 'Signatory First Name',
		name: 'signatoryFirstName',
		description: 'First name of the person who accepts the agreement for the customer',
	}),
	signatoryLastName: shownAs(lastNameField, {
		displayName: 'Signatory Last Name',
		name: 'signatoryLastName',
		description: 'Last name of the person who accepts the agreement for the customer',
	}),
	extraBody: bodyFieldsField({
		description:
			"JSON object with further properties of the request, by the names on Microsoft's page. It describes an e-mail address and a phone number among them; their names are not known here.",
		reserved: RESERVED_PROPERTIES,
	}),
	...inCollection(OPTIONS, { apiVersion: apiVersionField }),
	...readOptionFields,
});
