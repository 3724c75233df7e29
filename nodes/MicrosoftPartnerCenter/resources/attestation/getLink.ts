/**
 * Attestation → Get Link (preview): the link by which a customer accepts, from the id that Create gave.
 * Nothing is sent: the link is built.
 */
import { readOptionFields } from '../../fields/callOptions';
import type { Field } from '../../fields/field';
import { formOf } from '../../fields/form';
import { readGuid } from '../../fields/guid';
import { schemaOfReader } from '../../fields/reading';
import type { OperationDescription } from '../../n8n/operation';

const ID_FIX = "Map 'attestationId' from the item that created the attestation: a GUID.";

const attestationIdField: Field<string> = {
	property: {
		displayName: 'Attestation ID',
		name: 'attestationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 0b4c2f6e-3a5d-4c1e-9f7a-2d8e6b1c5a90',
		description: 'GUID of the attestation, from the item that created it',
	},
	schema: schemaOfReader((raw) => readGuid(raw, { fault: 'is not a GUID', fix: ID_FIX })),
};

export const form = formOf({ attestationId: attestationIdField, ...readOptionFields });

export const getLink: OperationDescription = {
	option: {
		name: 'Get Link',
		value: 'getLink',
		action: 'Get attestation link',
		description:
			'Preview: build the link by which the customer accepts. Whoever has it can accept.',
	},
	fields: form.properties,
	outputs: ['Link'],
	signIn: 'appOnly',
};
