/** From the options that every operation has to those of a call. */
import type { CallOptions } from '../client/Requester';
import { newId } from '../n8n/client';

/** @returns what turns an item's options into call options; one correlation ID an execution */
export function callOptionsOfOneExecution(): (
	values: Omit<CallOptions, 'correlationId'> & { correlationId: string | undefined },
) => CallOptions {
	const ofThisExecution = newId();
	return ({ timeout, maxRetries, correlationId }) => ({
		timeout,
		maxRetries,
		correlationId: correlationId ?? ofThisExecution,
	});
}
