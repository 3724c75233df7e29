/** The fields of the person who accepted the agreement. Partner Center mails that person. */
import { faultOfName, faultOfPhoneNumber } from './cleanText';
import type { Field } from './field';
import { schemaOfReader } from './reading';
import { CODE, readRequiredText, readText, requiredText, type TextRules } from './readText';

const NAME: TextRules = { faultOf: faultOfName };

export const firstNameField: Field<string> = {
	property: {
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Tania',
		description: 'First name of the person who accepted the agreement for the customer',
	},
	schema: requiredText(
		"Map it from the CRM's contact: the first name of the person who accepted the agreement.",
		NAME,
	),
};

export const lastNameField: Field<string> = {
	property: {
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Carr',
		description: 'Last name of the person who accepted the agreement for the customer',
	},
	schema: requiredText(
		"Map it from the CRM's contact: the last name of the person who accepted the agreement.",
		NAME,
	),
};

const EMAIL_FIX = "Map it from the CRM's contact: one address, such as someone@example.com.";
const MAX_EMAIL = 320;
/** A loose check: one @, no white space, a domain with a dot. Partner Center validates further. */
const EMAIL = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\].]+(\.[^\s@<>(),;:"\\[\].]+)+$/u;
/** https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const NEVER_THERE = /[@.]invalid$/i;

export const emailField: Field<string> = {
	property: {
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. someone@example.com',
		description:
			'Address of the person who accepted the agreement. Partner Center sends a notice of the confirmation to it.',
	},
	schema: schemaOfReader((raw) => {
		const reading = readRequiredText(raw, EMAIL_FIX, { invisible: 'refuse' });
		if ('fault' in reading) return reading;
		const { value } = reading;
		if (NEVER_THERE.test(value)) {
			return { fault: 'has a domain that no mail can reach', fix: EMAIL_FIX };
		}
		const isPlausible = EMAIL.test(value) && value.length <= MAX_EMAIL;
		return isPlausible ? reading : { fault: 'is not an e-mail address', fix: EMAIL_FIX };
	}),
};

const PHONE_FIX = "Map it from the CRM's contact, or leave it empty: it is optional.";

export const phoneNumberField: Field<string | undefined> = {
	property: {
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1234567890',
		description: 'Phone number of the person who accepted the agreement',
	},
	/** CRMs deliver phone numbers as numbers too. Absent when empty. */
	schema: schemaOfReader((raw) => {
		const isWholeNumber = typeof raw === 'number' && Number.isSafeInteger(raw);
		const text = isWholeNumber ? String(raw) : raw;
		return readText(text, PHONE_FIX, { ...CODE, faultOf: faultOfPhoneNumber });
	}),
};
