/** Customer Agreement → Get Many: what the partner confirmed for a customer; none is no item. */
import { agreementTypeField } from '../../fields/agreementType';
import { readOptionFields } from '../../fields/callOptions';
import { customerField } from '../../fields/customer';
import { formOf } from '../../fields/form';
import { returnAllFields, simplifyField } from '../../fields/returnAll';
import type { OperationDescription } from '../../n8n/operation';

export const form = formOf({
	customer: customerField,
	agreementType: agreementTypeField,
	...returnAllFields,
	simplify: simplifyField,
	...readOptionFields,
});

export const getMany: OperationDescription = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many customer agreements',
		description: 'Get the agreements that were confirmed for a customer',
	},
	fields: form.properties,
	outputs: ['Agreements'],
	signIn: 'appAndUser',
};
