/** Agreement Template → Get MCA Metadata: the templates that a customer can agree to. */
import { agreementTypeField } from '../../fields/agreementType';
import { callOptionFields } from '../../fields/callOptions';
import { formOf } from '../../fields/form';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({ agreementType: agreementTypeField, ...callOptionFields });

export const getMetadata: OperationDescription = {
	option: {
		name: 'Get MCA Metadata',
		value: 'getMetadata',
		action: 'Get MCA metadata',
		description: 'Get the ID, link and version of the agreement that customers accept',
	},
	fields: form.properties,
	outputs: ['Templates'],
	signIn: 'appAndUser',
};
