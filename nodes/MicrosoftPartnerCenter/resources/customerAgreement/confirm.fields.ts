/** The form of Customer Agreement → Confirm. */
import { bodyFieldsField } from '../../fields/bodyFields';
import { callOptionFields } from '../../fields/callOptions';
import { emailField, firstNameField, lastNameField, phoneNumberField } from '../../fields/contact';
import { customerField } from '../../fields/customer';
import { dateAgreedField } from '../../fields/dateAgreed';
import type { Field, FormElement } from '../../fields/field';
import { ADDITIONAL_FIELDS, formOf, inCollection, OPTIONS, shownAs } from '../../fields/form';
import { maxConcurrencyField } from '../../fields/maxConcurrency';
import { onOrOff } from '../../fields/scalars';
import { templateIdField } from '../../fields/template';

const WHICH_WAY =
	'https://github.com/n8n-nodes-microsoft-partner-center/n8n-nodes-microsoft-partner-center/blob/main/docs/which-way-to-confirm.md';

/**
 * What Additional Body Fields can't set: what the form fills in, by which duplicates and lost answers
 * are judged; the type, also as the metadata calls it; and the customer, by any name that
 * Microsoft uses.
 */
const RESERVED_PROPERTIES = [
	'primaryContact',
	'dateAgreed',
	'templateId',
	'type',
	'agreementType',
	'customer',
	'customerId',
	'customerTenantId',
	'customerTenant',
	'tenantId',
	'tenant',
];

/** n8n shows `displayName` as HTML. Before the first field, it would stand above the credential. */
const retirementCallout: FormElement = {
	property: {
		displayName: `Microsoft announced the end of this call for 5 January 2026. Whether it still takes a confirmation from you is not documented: <a href="${WHICH_WAY}" target="_blank">Which way to confirm?</a>`,
		name: 'retirementCallout',
		type: 'callout',
		default: '',
	},
};

const checkFirstField: Field<boolean> = {
	property: {
		displayName: 'Check First',
		name: 'checkFirst',
		type: 'boolean',
		default: false,
		description:
			"Whether to read the customer's agreements before the write. Where an identical one is found, the item goes to 'Already Exists' and nothing is written.",
	},
	schema: onOrOff,
};

const dryRunField: Field<boolean> = {
	property: {
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to check and read only, without writing. Items take the branch that they would take, with the outcome wouldConfirm or wouldAlreadyExist.',
	},
	schema: onOrOff,
};

const includeExistingField: Field<boolean> = {
	property: {
		displayName: 'Include Existing Agreement',
		name: 'includeExisting',
		type: 'boolean',
		default: true,
		description:
			"Whether items on 'Already Exists' carry the agreement that stands in the way, which takes one more request each",
	},
	schema: onOrOff,
};

export const form = formOf({
	customer: customerField,
	firstName: firstNameField,
	lastName: lastNameField,
	email: emailField,
	dateAgreed: dateAgreedField,
	retirementCallout,
	...inCollection(ADDITIONAL_FIELDS, {
		phoneNumber: phoneNumberField,
		templateId: shownAs(templateIdField, {
			description:
				'Which version of the Microsoft Customer Agreement was accepted. Left empty, the current one is looked up.',
		}),
		extraBody: bodyFieldsField({
			description:
				"An escape hatch: JSON object with properties that Microsoft's documentation asks for and this form lacks. They are added to the request, and can't replace what the form fills in.",
			reserved: RESERVED_PROPERTIES,
		}),
	}),
	...inCollection(OPTIONS, {
		checkFirst: checkFirstField,
		dryRun: dryRunField,
		includeExisting: includeExistingField,
		maxConcurrency: maxConcurrencyField,
	}),
	...callOptionFields,
});
