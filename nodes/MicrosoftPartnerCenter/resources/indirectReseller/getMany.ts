/** Indirect Reseller → Get Many: the resellers that an indirect provider works with. */
import { readOptionFields } from '../../fields/callOptions';
import { formOf } from '../../fields/form';
import { returnAllFields, simplifyField } from '../../fields/returnAll';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({ ...returnAllFields, simplify: simplifyField, ...readOptionFields });

export const getMany: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many indirect resellers',
		description: 'Get the indirect resellers of an indirect provider',
	},
	fields: form.properties,
	outputs: ['Indirect Resellers'],
	signIn: 'appAndUser',
};
