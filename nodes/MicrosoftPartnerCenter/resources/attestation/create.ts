/** Attestation → Create: what the user sees of it. */
import type { OperationDescription } from '../../n8n/operation';
import { form } from './create.fields';

export const create: OperationDescription = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create attestation',
		description:
			'Preview: begin an enhanced attestation, which the customer then accepts on a page of Microsoft',
	},
	fields: form.properties,
	outputs: ['Attestation'],
	nothingDone: 'nothingCreated',
	signIn: 'appOnly',
};
