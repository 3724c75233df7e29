/** Options that every operation has: how long to wait, how often to try, and what to quote to support. */
import type { Field } from './field';
import { inCollection, OPTIONS, shownOnly } from './form';
import { optionalGuid } from './guid';
import { maxConcurrencyField } from './maxConcurrency';
import { wholeNumber } from './scalars';

const MIN_TIMEOUT_MS = 1_000;
const MAX_TIMEOUT_MS = 300_000;
const MAX_RETRIES = 20;

const maxRetriesField: Field<number> = {
	property: {
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAX_RETRIES },
		default: 5,
		description:
			'How often to try again after no answer or a server that is out of order. 0 means never. A rate limit is waited for and does not count.',
	},
	schema: wholeNumber(0, MAX_RETRIES),
};

const timeoutField: Field<number> = {
	property: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: MIN_TIMEOUT_MS, maxValue: MAX_TIMEOUT_MS },
		default: 60_000,
		description: 'How long to wait for each answer, in milliseconds',
	},
	schema: wholeNumber(MIN_TIMEOUT_MS, MAX_TIMEOUT_MS),
};

const correlationIdField: Field<string | undefined> = {
	property: {
		displayName: 'Correlation ID',
		name: 'correlationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ab993325-1605-4cf4-bac4-fb584142a31b',
		description:
			'GUID that Microsoft support can follow through its logs. Left empty, each execution makes its own.',
	},
	schema: optionalGuid(
		'Leave it empty to have one made, or use a GUID such as ab993325-1605-4cf4-bac4-fb584142a31b.',
	),
};

export const callOptionFields = inCollection(OPTIONS, {
	maxRetries: maxRetriesField,
	timeout: timeoutField,
	correlationId: correlationIdField,
});

/**
 * The same with Max Concurrency. It is not read for each item, since it holds for the whole execution:
 * `concurrencyOf` reads it from the first item.
 */
export const readOptionFields = {
	...callOptionFields,
	...inCollection(OPTIONS, { maxConcurrency: shownOnly(maxConcurrencyField) }),
};
