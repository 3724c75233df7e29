/** The form of Attestation → Create. */
import type { INodeProperties } from 'n8n-workflow';

import { correlationIdOption, maxRetriesOption, timeoutOption } from '../callOptions';
import { countryProperty, languageProperty } from '../codes';
import { maxConcurrencyOption } from '../maxConcurrency';

export const createFields: INodeProperties[] = [
	{
		displayName:
			'Preview: built from the part of Microsoft\'s documentation that could be read. Compare it with Microsoft\'s page "Confirm customer acceptance and create agreement for MCA using APIs" before you rely on it.',
		name: 'previewNotice',
		type: 'notice',
		default: '',
	},
	{ ...countryProperty, required: true },
	{
		...languageProperty,
		required: true,
		description: 'Which the customer prefers to read the agreement in',
	},
	{
		displayName: 'Company Name',
		name: 'companyName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Contoso',
		description: 'Company that accepts the agreement',
	},
	{
		displayName: 'Signatory First Name',
		name: 'signatoryFirstName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Tania',
		description: 'First name of the person who accepts the agreement for the customer',
	},
	{
		displayName: 'Signatory Last Name',
		name: 'signatoryLastName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Carr',
		description: 'Last name of the person who accepts the agreement for the customer',
	},
	{
		displayName: 'Additional Body Fields',
		name: 'additionalBodyFields',
		type: 'json',
		default: '{}',
		description:
			"JSON object with further properties of the request, by the names on Microsoft's page. It describes an e-mail address and a phone number among them; their names are not known here.",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'API Version',
				name: 'apiVersion',
				type: 'string',
				default: '1',
				placeholder: 'e.g. 1',
				description: 'What stands behind the v in the path of the call',
			},
			correlationIdOption,
			maxConcurrencyOption,
			maxRetriesOption,
			timeoutOption,
		],
	},
];
