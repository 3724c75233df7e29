/** The run of an operation that reads: every item by itself, everything on one output. */
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { PartnerCenterClient } from '../client/PartnerCenterClient';
import { duration } from '../messages/words';
import type { ExecutionClient } from '../n8n/client';
import type { OperationRun } from '../n8n/operation';
import { concurrencyOf } from './concurrencyOf';
import { CustomerResolver } from './CustomerResolver';

/** What reading operations share during one execution. */
export interface OperationContext {
	client: PartnerCenterClient;
	resolver: CustomerResolver;
}

export interface OutputItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** Reads and checks an item's fields at once, and returns the function that makes its requests. */
type Prepare = (item: number) => () => Promise<OutputItem[]>;

/** @returns how long the run waited for the rate limit, as a sentence; empty if it did not */
export function waitedFor({ paused }: Pick<ExecutionClient['throttle'], 'paused'>): string {
	return paused > 0 ? `Waited ${duration(paused)} for Partner Center's rate limit.` : '';
}

/** @param prepare made once an execution; it throws FieldFaults for an item's fields */
export function oneOutputRun(
	context: IExecuteFunctions,
	{ client, clock, throttle }: ExecutionClient,
	prepare: (access: OperationContext) => Prepare,
): OperationRun {
	const perItem = prepare({ client, resolver: new CustomerResolver(client.customers, clock) });
	return {
		concurrency: concurrencyOf(context, throttle),
		prepare(item) {
			const read = perItem(item);
			return { run: async () => (await read()).map((one) => ({ output: 0, ...one })) };
		},
		failedItem: () => ({}),
		progress: () => '',
		finish: () => undefined,
		summary: () => waitedFor(throttle),
	};
}
