/** The option Max Concurrency, of every operation that sends a request for each item. */
import type { Field } from './field';
import { wholeNumber } from './scalars';

export const DEFAULT_MAX_CONCURRENCY = 10;
const MAX_CONCURRENCY = 100;

export const maxConcurrencyField: Field<number> = {
	property: {
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY },
		default: DEFAULT_MAX_CONCURRENCY,
		description:
			'How many customers to process at the same time at most; fewer while Partner Center limits the rate. 1 means one after another. The value of the first item counts.',
	},
	schema: wholeNumber(1, MAX_CONCURRENCY),
};
