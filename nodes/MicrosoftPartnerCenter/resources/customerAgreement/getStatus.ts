/** Customer Agreement → Get Status: what the user sees of it. */
import { readOptionFields } from '../../fields/callOptions';
import { customerField } from '../../fields/customer';
import type { Field } from '../../fields/field';
import { formOf, inCollection, OPTIONS } from '../../fields/form';
import { onOrOff } from '../../fields/scalars';
import type { OperationDescription } from '../../n8n/operation';

const includeVerificationField: Field<boolean> = {
	property: {
		displayName: 'Include Account Verification',
		name: 'includeAccountVerification',
		type: 'boolean',
		default: false,
		description:
			"Whether to read Microsoft's review of the customer's account too, which takes one more request each. Without it, mayOrder is never true.",
	},
	schema: onOrOff,
};

export const form = formOf({
	customer: customerField,
	...inCollection(OPTIONS, { includeVerification: includeVerificationField }),
	...readOptionFields,
});

export const getStatus: OperationDescription = {
	option: {
		name: 'Get Status',
		value: 'getStatus',
		action: 'Get customer agreement status',
		description:
			'Get whether a customer has accepted the agreement, through the partner or directly, whether that is current, and whether the customer may order',
	},
	fields: form.properties,
	outputs: ['Status'],
	signIn: 'appAndUser',
};
