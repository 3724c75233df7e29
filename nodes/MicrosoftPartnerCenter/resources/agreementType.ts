/** The field Agreement Type; the Customer Agreement is the default, which Partner Center's own hides. */
import type { INodeProperties } from 'n8n-workflow';

import { ALL_AGREEMENT_TYPES, CLOUD_AGREEMENT, CUSTOMER_AGREEMENT } from '../client/schemas';

export const agreementTypeProperty: INodeProperties = {
	displayName: 'Agreement Type',
	name: 'agreementType',
	type: 'options',
	default: CUSTOMER_AGREEMENT,
	options: [
		{
			name: 'All',
			value: ALL_AGREEMENT_TYPES,
			description: 'Every type, including ones that Microsoft adds later',
		},
		{ name: 'Microsoft Cloud Agreement', value: CLOUD_AGREEMENT },
		{ name: 'Microsoft Customer Agreement', value: CUSTOMER_AGREEMENT },
	],
	description: 'Which kind of agreement to look up',
};
