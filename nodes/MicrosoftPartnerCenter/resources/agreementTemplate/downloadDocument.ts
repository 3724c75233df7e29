/** Agreement Template → Download Document: the agreement's text as a file, to read or to send. */
import { readOptionFields } from '../../fields/callOptions';
import { countryField, languageField } from '../../fields/codes';
import type { Field } from '../../fields/field';
import { formOf, shownAs } from '../../fields/form';
import { requiredText } from '../../fields/readText';
import { templateIdField } from '../../fields/template';
import type { OperationDescription } from '../../n8n/operation';

const outputField: Field<string> = {
	property: {
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
	},
	schema: requiredText('Use a name such as data.'),
};

export const form = formOf({
	language: shownAs(languageField, {
		default: { mode: 'list', value: 'en-US' },
		description: 'Where Microsoft does not offer it for the country, the document is in en-US',
	}),
	country: shownAs(countryField, { default: { mode: 'list', value: 'US' } }),
	templateId: templateIdField,
	output: outputField,
	...readOptionFields,
});

export const downloadDocument: OperationDescription = {
	option: {
		name: 'Download Document',
		value: 'downloadDocument',
		action: 'Download agreement document',
		description: "Download the Microsoft Customer Agreement's text in a language, as a Word file",
	},
	fields: form.properties,
	outputs: ['Document'],
	signIn: 'appAndUser',
};
