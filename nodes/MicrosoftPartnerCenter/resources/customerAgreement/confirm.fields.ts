/** The form of Customer Agreement → Confirm. */
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_CONCURRENCY } from '../../n8n/client';
import { correlationIdOption, maxRetriesOption, timeoutOption } from '../callOptions';

export const MOST_CONCURRENCY = 100;

export const confirmFields: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'customerId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The customer who accepted the agreement',
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 14876998-c0dc-46e6-9d0c-65a57a6c32ec',
				hint: "The customer's Microsoft ID: the GUID of its tenant",
			},
		],
	},
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
		required: true,
		default: '',
		placeholder: 'e.g. 2018-06-14',
		description:
			"When the customer accepted the agreement: an ISO date or date-time, or milliseconds since 1970. Date-times without an offset are in the workflow's time zone. Not in the future.",
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
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
					"Whether to read the customer's agreements before the write. Where an identical one is found, the item goes to Already Exists and nothing is written.",
			},
			correlationIdOption,
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to check and read only, without writing. Items take the branch that they would take, and carry dryRun: true.',
			},
			{
				displayName: 'Include Existing Agreement',
				name: 'includeExisting',
				type: 'boolean',
				default: true,
				description:
					'Whether items on Already Exists carry the agreement that stands in the way, which takes one more request each',
			},
			{
				displayName: 'Max Concurrency',
				name: 'maxConcurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MOST_CONCURRENCY },
				default: DEFAULT_MAX_CONCURRENCY,
				description:
					'How many customers to confirm at the same time at most; fewer while Partner Center limits the rate. 1 means one after another. The value of the first item counts.',
			},
			maxRetriesOption,
			timeoutOption,
		],
	},
];
