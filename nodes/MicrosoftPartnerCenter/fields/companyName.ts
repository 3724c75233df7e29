/** The field Company Name: text about the customer that is sent as it is. */
import { faultOfCompanyName } from './cleanText';
import type { Field } from './field';
import { requiredText } from './readText';

export const companyNameField: Field<string> = {
	property: {
		displayName: 'Company Name',
		name: 'companyName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Contoso',
		description: 'Company that accepts the agreement',
	},
	schema: requiredText(
		"Map it from the CRM's company: the name of the company that accepts the agreement.",
		{ faultOf: faultOfCompanyName },
	),
};
