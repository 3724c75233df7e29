/** The field Template ID: a version of the Customer Agreement; left empty, the current one. */
import type { Field } from './field';
import { optionalGuid } from './guid';

export const templateIdField: Field<string | undefined> = {
	property: {
		displayName: 'Template ID',
		name: 'templateId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 117a77b0-9360-443b-8795-c6dedc750cf9',
		description:
			'Which version of the Microsoft Customer Agreement. Left empty, the current one is looked up.',
	},
	schema: optionalGuid(
		'Leave it empty to use the current template, or take one from Get MCA Metadata.',
	),
};
