/**
 * Attestation → Create (preview): begins the enhanced attestation, which the customer then accepts on
 * a page of Microsoft's. The answer is not documented where it could be read, so it is handed on
 * whole, with the link that is built from its id.
 */
import type { IDataObject } from 'n8n-workflow';
import {
	acceptanceUrlOf,
	attestationIdIn,
	type CreatedAttestation,
} from '../../client/Attestations';
import { PartnerCenterError } from '../../client/errors';
import type { CallOptions } from '../../client/Requester';
import { newId } from '../../n8n/client';
import { EarlierTries } from '../../n8n/earlierTries';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution, oneOutputRun } from '../runs';
import { form } from './create.fields';

const NO_ID =
	'The answer holds no attestation ID that can be recognised, so no link was built. See the answer.';

/**
 * The answer as it came; what is no JSON object stands under `answer`. Beside it the link that is built
 * from its id, unless the answer has one of its own.
 */
function createdJson(created: CreatedAttestation, baseUrl: string): IDataObject {
	const { answer, location, requestId, correlationId } = created;
	const isObject = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
	const id = attestationIdIn(answer);
	return {
		// n8n takes an item of nothing but `error` and `message` for a failed one: the ids prevent that.
		requestId,
		correlationId,
		...(location === undefined ? {} : { location }),
		...(id === undefined
			? { attestationId: null, acceptanceUrl: null, acceptanceUrlReason: NO_ID }
			: { attestationId: id, acceptanceUrl: acceptanceUrlOf(id, baseUrl) }),
		...(isObject ? (answer as IDataObject) : { answer: (answer ?? null) as IDataObject }),
	};
}

export const start: StartOperation = (context, access) => {
	const earlierTries = new EarlierTries(context);
	const run = oneOutputRun(context, access, ({ client }) => {
		const callOptions = callOptionsOfOneExecution();
		return (item) => {
			const { extraBody, apiVersion, ...values } = readFields(context, item, form.fields);
			const { country, language, companyName, signatoryFirstName, signatoryLastName } = values;
			const attestation = { country, language, companyName, signatoryFirstName, signatoryLastName };
			// Without Additional Body Fields: an expression such as `$now` has another value in the next try.
			const key = JSON.stringify([apiVersion, attestation]);
			return async () => {
				const earlier = earlierTries.find(item, key);
				if (earlier?.outcome === 'confirmed') return [{ json: earlier.json }];
				const requested = earlier?.outcome === 'requested' ? earlier : undefined;
				const requestId = requested?.requestId ?? newId();
				const body = requested?.extraBody ?? (extraBody as IDataObject);
				const isRepeated = requested !== undefined;
				const call: CallOptions = { ...callOptions(values), requestId, isRepeated };
				const created = await client.attestations
					.create(apiVersion, attestation, body, call)
					.catch((error: unknown) => {
						if (error instanceof PartnerCenterError && error.inDoubt) {
							earlierTries.remember(item, {
								outcome: 'requested',
								key,
								requestId,
								extraBody: body,
							});
						}
						throw error;
					});
				const json = createdJson(created, await access.baseUrl());
				earlierTries.remember(item, { outcome: 'confirmed', key, json });
				return [{ json }];
			};
		};
	});
	const finish = (isComplete: boolean) => {
		if (isComplete) earlierTries.forget();
	};
	return { ...run, finish };
};
