/**
 * Attestation → Get Link (preview): the link by which a customer accepts, from the id that Create gave.
 * Nothing is sent: the link is built.
 */
import { acceptanceUrlOf } from '../../client/Attestations';
import { readOptionFields } from '../../fields/callOptions';
import type { Field } from '../../fields/field';
import { formOf } from '../../fields/form';
import { readGuid } from '../../fields/guid';
import { schemaOfReader } from '../../fields/reading';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { oneOutputRun } from '../oneOutput';

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

const form = formOf({ attestationId: attestationIdField, ...readOptionFields });

export const getLink: Operation = {
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
	start: (context, access) =>
		oneOutputRun(context, access, () => (item) => {
			const { attestationId } = readFields(context, item, form.fields);
			return async () => {
				const acceptanceUrl = acceptanceUrlOf(attestationId, await access.baseUrl());
				return [{ json: { attestationId, acceptanceUrl } }];
			};
		}),
};
