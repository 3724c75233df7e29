/** Options that every operation has: how long to wait, how often to try, and what to quote to support. */
import type { INodeProperties } from 'n8n-workflow';

import { correlationIdField, wholeNumberField } from '../fields/schemas';
import type { CallOptions } from '../client/Requester';
import { newId } from '../n8n/client';

export const DEFAULT_TIMEOUT_MS = 60_000;
const LEAST_TIMEOUT_MS = 1_000;
const MOST_TIMEOUT_MS = 300_000;

const DEFAULT_MAX_RETRIES = 5;
const MOST_RETRIES = 20;

export const correlationIdOption: INodeProperties = {
	displayName: 'Correlation ID',
	name: 'correlationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. ab993325-1605-4cf4-bac4-fb584142a31b',
	description:
		'GUID that Microsoft support can follow through its logs. Left empty, each execution makes its own.',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: LEAST_TIMEOUT_MS, maxValue: MOST_TIMEOUT_MS },
	default: DEFAULT_TIMEOUT_MS,
	description: 'How long to wait for each answer, in milliseconds',
};

export const maxRetriesOption: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: MOST_RETRIES },
	default: DEFAULT_MAX_RETRIES,
	description:
		'How often to try again after no answer or a server that is out of order. 0 means never. A rate limit is waited for and does not count.',
};

/** The same options for `readFields`. */
export const callOptionFields = {
	maxRetries: {
		name: 'options.maxRetries',
		label: 'Max Retries',
		schema: wholeNumberField(0, MOST_RETRIES),
		fallback: DEFAULT_MAX_RETRIES,
	},
	timeout: {
		name: 'options.timeout',
		label: 'Timeout',
		schema: wholeNumberField(LEAST_TIMEOUT_MS, MOST_TIMEOUT_MS),
		fallback: DEFAULT_TIMEOUT_MS,
	},
	correlationId: {
		name: 'options.correlationId',
		label: 'Correlation ID',
		schema: correlationIdField,
	},
};

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
