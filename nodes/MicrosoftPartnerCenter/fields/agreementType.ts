/**
 * The field Agreement Type. It is always sent: asked for no type, Partner Center lists Cloud Agreements
 * only. The form's default is the Customer Agreement.
 */
import {
	ALL_AGREEMENT_TYPES,
	CLOUD_AGREEMENT,
	CUSTOMER_AGREEMENT,
	type AgreementTypeFilter,
} from '../client/schemas';
import type { Field } from './field';
import { oneOf } from './scalars';

export const agreementTypeField: Field<AgreementTypeFilter> = {
	property: {
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
	},
	schema: oneOf([CUSTOMER_AGREEMENT, CLOUD_AGREEMENT, ALL_AGREEMENT_TYPES]),
};
