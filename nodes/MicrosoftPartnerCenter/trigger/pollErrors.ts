/** A poll that failed, in n8n's terms. */
import {
	NodeApiError,
	NodeOperationError,
	type IPollFunctions,
	type JsonObject,
} from 'n8n-workflow';

import { describeFailure } from '../n8n/nodeErrors';

/** What a failed poll means for the events; n8n polls again by itself. */
const NOTHING_LOST = 'No event is lost: the next poll starts where the last one ended.';

/** @param resumes whether the next poll has something to start from */
export function asPollError(
	context: IPollFunctions,
	error: unknown,
	resumes: boolean,
): NodeApiError | NodeOperationError {
	const failure = describeFailure(error, 'poll');
	const { what: message, advice } = failure;
	const description = resumes ? `${NOTHING_LOST} ${advice}`.trim() : advice;
	const nodeError =
		failure.status === undefined
			? new NodeOperationError(context.getNode(), message, { description })
			: new NodeApiError(context.getNode(), { message } as JsonObject, {
					message,
					description,
					httpCode: String(failure.status),
				});
	// n8n replaces a message that happens to hold the letters of a socket's code.
	nodeError.message = message;
	nodeError.description = description;
	nodeError.messages = [];
	return nodeError;
}
