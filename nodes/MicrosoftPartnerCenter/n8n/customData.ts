/**
 * What n8n's list of executions shows of a run, and can be searched by: the customers it was about, and
 * how many items came to what. n8n's code says `customData`, its screens say "highlighted data".
 * Besides, the ids of the call on the node's trace. No name, no mail address, no link.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { RequestIds } from '../client/errors';
import { parseGuid } from '../fields/guid';
import { runIndexOf } from './context';

/** What one item leaves behind; items that were never started leave nothing. */
export type ItemTrace = Partial<RequestIds> & { outcome?: string; customerId?: string };

/** n8n keeps ten keys an execution and drops the rest: each outcome takes one only where it happened. */
const KEY_OF_OUTCOME = new Map([
	['confirmed', 'partnerCenterConfirmed'],
	['alreadyExists', 'partnerCenterAlreadyExists'],
	['wouldConfirm', 'partnerCenterWouldConfirm'],
	['wouldAlreadyExist', 'partnerCenterWouldAlreadyExist'],
	['failed', 'partnerCenterFailed'],
]);
const CUSTOMER_KEY = 'partnerCenterCustomerId';
/** n8n logs an error above 255 characters, which seven IDs would take. */
const MAX_CUSTOMERS = 6;
const TOO_MANY = `more than ${MAX_CUSTOMERS}`;
/** Where the values before the first try are kept, for "Retry On Fail". */
const KEY_OF_BEFORE = 'customDataBefore';

interface CustomData {
	get(key: string): unknown;
	set(key: string, value: string): void;
}

/** Reads what of an item's json concerns its execution; everything else may be personal data. */
export function traceOf({ outcome, customerId, requestId, correlationId }: IDataObject): ItemTrace {
	const guid = typeof customerId === 'string' ? parseGuid(customerId) : undefined;
	return {
		...(typeof outcome === 'string' ? { outcome } : {}),
		...(guid === undefined ? {} : { customerId: guid }),
		...(typeof requestId === 'string' ? { requestId } : {}),
		...(typeof correlationId === 'string' ? { correlationId } : {}),
	};
}

/**
 * Adds the run to what the execution shows. Runs in a loop and several nodes of one execution add up;
 * a repeat by "Retry On Fail" takes the place of the try before. Never throws: a label is not worth an item.
 */
export function recordRun(context: IExecuteFunctions, traces: ItemTrace[]): void {
	try {
		recordCustomData(context, traces);
		recordTracing(context, traces);
	} catch {
		// An n8n that is older or stranger than those we know: it does without.
	}
}

function recordCustomData(context: IExecuteFunctions, traces: ItemTrace[]): void {
	const customData = customDataOf(context);
	if (customData === undefined) return;
	const before = valuesBefore(context, customData);
	for (const [outcome, key] of KEY_OF_OUTCOME) {
		const count = traces.filter((trace) => trace.outcome === outcome).length;
		const sum = Number(before[key] ?? 0) + count;
		// A try before this one may have set what did not happen again.
		if (sum > 0 || customData.get(key) !== undefined) customData.set(key, String(sum));
	}
	recordCustomers(customData, before[CUSTOMER_KEY], traces);
}

/** Too many are none: an incomplete list would say of a customer that nothing was done for it. */
function recordCustomers(
	customData: CustomData,
	before: string | undefined,
	traces: ItemTrace[],
): void {
	const ids = new Set(before === undefined ? [] : before.split(', '));
	for (const { customerId } of traces) {
		if (customerId !== undefined) ids.add(customerId);
	}
	if (ids.size === 0) return;
	const isTooMany = ids.size > MAX_CUSTOMERS || before === TOO_MANY;
	customData.set(CUSTOMER_KEY, isTooMany ? TOO_MANY : [...ids].join(', '));
}

/** n8n 2.x hands it over; in 1.x it is where expressions find it. */
function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	const { customData } = context as Partial<IExecuteFunctions>;
	if (customData !== undefined) return customData;
	return context.getWorkflowDataProxy(0).$execution?.customData as CustomData | undefined;
}

/** The values as they were before the first try of this run of the node. */
function valuesBefore(
	context: IExecuteFunctions,
	customData: CustomData,
): Record<string, string | undefined> {
	const keys = [...KEY_OF_OUTCOME.values(), CUSTOMER_KEY];
	const now = Object.fromEntries(
		keys.flatMap((key) => {
			const value = customData.get(key);
			return value === undefined ? [] : [[key, String(value)]];
		}),
	);
	if (context.getNode().retryOnFail !== true) return now;
	const kept = context.getContext('node');
	const runIndex = runIndexOf(context);
	const stored = kept[KEY_OF_BEFORE] as { runIndex: number; values: typeof now } | undefined;
	if (stored?.runIndex === runIndex) return stored.values;
	kept[KEY_OF_BEFORE] = { runIndex, values: now };
	return now;
}

/** An n8n that gives no `customData` has no tracing either, and would keep the ids for nobody. */
function recordTracing(context: IExecuteFunctions, traces: ItemTrace[]): void {
	if (!('customData' in context)) return;
	const requests = new Set(traces.flatMap(({ requestId }) => requestId ?? []));
	const correlations = new Set(traces.flatMap(({ correlationId }) => correlationId ?? []));
	const only = ([first, second]: Iterable<string>) => (second === undefined ? first : undefined);
	const requestId = only(requests);
	const correlationId = only(correlations);
	if (requestId === undefined && correlationId === undefined) return;
	context.setMetadata({
		tracing: {
			...(requestId === undefined ? {} : { 'MS-RequestId': requestId }),
			...(correlationId === undefined ? {} : { 'MS-CorrelationId': correlationId }),
		},
	});
}
