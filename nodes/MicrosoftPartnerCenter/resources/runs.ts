/** What the runs of operations share: the options of a call, Max Concurrency, one output, the items of a Get Many. */
import type { IBinaryKeyData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { PartnerCenterClient } from '../client/PartnerCenterClient';
import type { CallOptions } from '../client/Requester';
import type { ThrottleClient } from '../client/throttle';
import type { callOptionFields } from '../fields/callOptions';
import type { Field } from '../fields/field';
import { inCollection, OPTIONS } from '../fields/form';
import { maxConcurrencyField } from '../fields/maxConcurrency';
import { duration } from '../messages/words';
import { newId, type ExecutionClient } from '../n8n/client';
import type { OperationRun, StartOperation } from '../n8n/operation';
import { readFields, type FieldValues } from '../n8n/parameters';
import { CustomerResolver } from './CustomerResolver';

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

const concurrencyFields = inCollection(OPTIONS, { maxConcurrency: maxConcurrencyField });

/** Max Concurrency of the first item, also when another field of it is not valid; 1 when it can't be read. */
export function concurrencyOf(context: IExecuteFunctions, throttle: ThrottleClient): () => number {
	let known: number | undefined;
	const read = () => {
		try {
			return readFields(context, 0, concurrencyFields).maxConcurrency;
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

/** What operations with one output share during one execution. */
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
		progress: () => '',
		finish: () => undefined,
		summary: () => waitedFor(throttle),
	};
}

/**
 * The run of an operation that makes an item's requests from its fields alone.
 *
 * @param read is given the fields' values and the options of each call
 */
export function runOf<F extends Record<string, Field> & typeof callOptionFields>(
	{ fields }: { fields: F },
	read: (
		values: FieldValues<F>,
		call: CallOptions,
		operation: OperationContext,
	) => Promise<OutputItem[]>,
): StartOperation {
	return (context, access) =>
		oneOutputRun(context, access, (operation) => {
			const callOptions = callOptionsOfOneExecution();
			return (item) => {
				const values = readFields(context, item, fields);
				const call = callOptions(values as FieldValues<typeof callOptionFields>);
				return async () => await read(values, call, operation);
			};
		});
}

/** The results of a Get Many, all or up to the limit: a list that is longer is not read to its end. */
export async function collect<T>(
	list: AsyncIterable<T> | Iterable<T>,
	{ returnAll, limit }: { returnAll: boolean; limit: number },
): Promise<T[]> {
	const taken: T[] = [];
	for await (const one of list) {
		taken.push(one);
		if (!returnAll && taken.length >= limit) break;
	}
	return taken;
}
