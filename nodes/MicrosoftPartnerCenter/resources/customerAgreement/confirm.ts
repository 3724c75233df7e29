/** Customer Agreement → Confirm: what the user sees of it. */
import { givenCustomer } from '../../n8n/givenCustomer';
import type { OperationDescription } from '../../n8n/operation';
import { form } from './confirm.fields';

export const confirm: OperationDescription = {
	option: {
		name: 'Confirm',
		value: 'confirm',
		action: 'Confirm customer agreement',
		description:
			'Confirm that a customer accepted the Microsoft Customer Agreement. Partner Center mails the contact.',
	},
	fields: form.properties,
	outputs: ['Confirmed', 'Already Exists'],
	nothingDone: 'nothingConfirmed',
	failedItem: (context, item) => ({
		outcome: 'failed',
		customerId: givenCustomer(context, item),
	}),
	signIn: 'appAndUser',
};
