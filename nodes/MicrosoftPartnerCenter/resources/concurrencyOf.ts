/** How many items of an execution may be under way: the option Max Concurrency. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ThrottleClient } from '../client/throttle';
import { inCollection, OPTIONS } from '../fields/form';
import { maxConcurrencyField } from '../fields/maxConcurrency';
import { readFields } from '../n8n/parameters';

const fields = inCollection(OPTIONS, { maxConcurrency: maxConcurrencyField });

/** Max Concurrency of the first item, also when another field of it is not valid; 1 when it can't be read. */
export function concurrencyOf(context: IExecuteFunctions, throttle: ThrottleClient): () => number {
	let known: number | undefined;
	const read = () => {
		try {
			return readFields(context, 0, fields).maxConcurrency;
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
