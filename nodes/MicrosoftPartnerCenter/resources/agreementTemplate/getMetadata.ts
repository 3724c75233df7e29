/** Agreement Template → Get MCA Metadata: the templates that a customer can agree to. */
import { choiceField } from '../../fields/schemas';
import {
	ALL_AGREEMENT_TYPES,
	CLOUD_AGREEMENT,
	CUSTOMER_AGREEMENT,
	type AgreementTemplate,
	type AgreementTypeFilter,
} from '../../client/schemas';
import { SharedLookup } from '../../client/SharedLookup';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { agreementTypeProperty } from '../agreementType';
import {
	callOptionFields,
	callOptionsOfOneExecution,
	correlationIdOption,
	maxRetriesOption,
	timeoutOption,
} from '../callOptions';

const fields = {
	agreementType: {
		name: 'agreementType',
		label: 'Agreement Type',
		schema: choiceField([CUSTOMER_AGREEMENT, CLOUD_AGREEMENT, ALL_AGREEMENT_TYPES]),
		fallback: CUSTOMER_AGREEMENT,
	},
	...callOptionFields,
};

export const getMetadata: Operation = {
	option: {
		name: 'Get MCA Metadata',
		value: 'getMetadata',
		action: 'Get MCA metadata',
		description: 'Get the ID, link and version of the agreement that customers accept',
	},
	fields: [
		agreementTypeProperty,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [correlationIdOption, maxRetriesOption, timeoutOption],
		},
	],
	outputs: ['Templates'],
	signIn: 'appAndUser',
	start(context, { client, clock }) {
		const callOptions = callOptionsOfOneExecution();
		/** The answer is the same for every item: one request for each type. */
		const lookups = new Map<AgreementTypeFilter, SharedLookup<AgreementTemplate[]>>();
		return {
			concurrency: () => 1,
			prepare(item) {
				const { agreementType, ...call } = readFields(context, item, fields);
				return {
					async run() {
						const lookup =
							lookups.get(agreementType) ??
							new SharedLookup<AgreementTemplate[]>(clock, Number.POSITIVE_INFINITY);
						lookups.set(agreementType, lookup);
						const options = callOptions(call);
						const ask = async () => await client.agreements.listTemplates(agreementType, options);
						return (await lookup.get(ask, options, clock)).map((template) => ({
							output: 0,
							json: { ...template },
						}));
					},
				};
			},
			failedItem: () => ({}),
			progress: () => '',
			finish: () => undefined,
			summary: () => '',
		};
	},
};
