/** A poll that failed, in n8n's terms. */
import type { IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { buildNodeError, describeFailure } from '../n8n/nodeErrors';

/** What a failed poll means for the events; n8n polls again by itself. */
const NOTHING_LOST = 'No event is lost: the next poll starts where the last one ended.';

/** @param resumes whether the next poll has something to start from */
export function asPollError(
	context: IPollFunctions,
	error: unknown,
	resumes: boolean,
): NodeApiError | NodeOperationError {
	const { what: message, advice, status } = describeFailure(error, 'poll');
	const description = resumes ? `${NOTHING_LOST} ${advice}`.trim() : advice;
	return buildNodeError(context.getNode(), { message, description, status });
}
