/** What Attestation → Get Link does with an item. */
import { acceptanceUrlOf } from '../../client/Attestations';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { oneOutputRun } from '../runs';
import { form } from './getLink';

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, () => (item) => {
		const { attestationId } = readFields(context, item, form.fields);
		return async () => {
			const acceptanceUrl = acceptanceUrlOf(attestationId, await access.baseUrl());
			return [{ json: { attestationId, acceptanceUrl } }];
		};
	});
