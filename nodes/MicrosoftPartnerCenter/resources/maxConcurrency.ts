/** The option Max Concurrency, of every operation that sends a request for each item. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { wholeNumberField } from '../fields/schemas';
import type { ThrottleClient } from '../client/throttle';
import { DEFAULT_MAX_CONCURRENCY } from '../n8n/client';
import { readFields } from '../n8n/parameters';

const MOST_CONCURRENCY = 100;

export const maxConcurrencyOption: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_CONCURRENCY },
	default: DEFAULT_MAX_CONCURRENCY,
	description:
		'How many customers to process at the same time at most; fewer while Partner Center limits the rate. 1 means one after another. The value of the first item counts.',
};

/** The same option for `readFields`. */
export const maxConcurrencyField = {
	name: 'options.maxConcurrency',
	label: 'Max Concurrency',
	schema: wholeNumberField(1, MOST_CONCURRENCY),
	fallback: DEFAULT_MAX_CONCURRENCY,
};

/** The first item's, also when that item is not valid otherwise; one by one when it can't be read. */
export function concurrencyOf(context: IExecuteFunctions, throttle: ThrottleClient): () => number {
	let known: number | undefined;
	const read = () => {
		try {
			return readFields(context, 0, { maxConcurrencyField }).maxConcurrencyField;
		} catch {
			return 1;
		}
	};
	return () => {
		if (known === undefined) {
			known = read();
			throttle.setMaxConcurrency(known);
		}
		return known;
	};
}
