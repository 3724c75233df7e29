/** The form of Customer Agreement → Confirm. */
import type { INodeProperties } from 'n8n-workflow';

import { correlationIdOption, maxRetriesOption, timeoutOption } from '../callOptions';
import { customerProperty } from '../customerLocator';
import { maxConcurrencyOption } from '../maxConcurrency';

export const confirmFields: INodeProperties[] = [
	customerProperty,
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Tania',
		description: 'First name of the person who accepted the agreement for the customer',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Carr',
		description: 'Last name of the person who accepted the agreement for the customer',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. someone@example.com',
		description:
			'Address of the person who accepted the agreement. Partner Center sends a notice of the confirmation to it.',
	},
	{
		displayName: 'Date Agreed',
		name: 'dateAgreed',
		type: 'dateTime',
		// A picked day stays that day: with a time, it would be midnight in the workflow's time zone,
		// which east of UTC is the day before.
		typeOptions: { dateOnly: true },
		required: true,
		default: '',
		placeholder: 'e.g. 2025-06-12',
		description:
			"When the customer accepted the agreement: an ISO date or date-time, or milliseconds since 1970. Date-times without an offset are in the workflow's time zone. Not in the future.",
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			{
				displayName: 'Additional Body Fields',
				name: 'additionalBodyFields',
				type: 'json',
				default: '{}',
				description:
					"An escape hatch: JSON object with properties that Microsoft's documentation asks for and this form lacks. They are added to the request, and can't replace what the form fills in.",
			},
			{
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1234567890',
				description: 'Phone number of the person who accepted the agreement',
			},
			{
				displayName: 'Template ID',
				name: 'templateId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 117a77b0-9360-443b-8795-c6dedc750cf9',
				description:
					'Which version of the Microsoft Customer Agreement was accepted. Left empty, the current one is looked up.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Check First',
				name: 'checkFirst',
				type: 'boolean',
				default: false,
				description:
					"Whether to read the customer's agreements before the write. Where an identical one is found, the item goes to 'Already Exists' and nothing is written.",
			},
			correlationIdOption,
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to check and read only, without writing. Items take the branch that they would take, with the outcome wouldConfirm or wouldAlreadyExist.',
			},
			{
				displayName: 'Include Existing Agreement',
				name: 'includeExisting',
				type: 'boolean',
				default: true,
				description:
					"Whether items on 'Already Exists' carry the agreement that stands in the way, which takes one more request each",
			},
			maxConcurrencyOption,
			maxRetriesOption,
			timeoutOption,
		],
	},
];
