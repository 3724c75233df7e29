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
export interface ItemTrace extends Partial<RequestIds> {
	/** From 0. */
	item: number;
	outcome?: string;
	/** Asked for only while it can matter: of a failed item, n8n has to evaluate it. */
	customerId(): unknown;
}

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
const MEMORY = 'microsoftPartnerCenterCustomData';

/** What is kept in the execution's own data. */
interface Memory {
	/** n8n's "Retry" of an execution hands its data on to another one. */
	executionId: string;
	runIndex: number;
	/** The counts before the first try of this run. */
	before: Record<string, number>;
	/** What each item came to in the tries so far, for "Retry On Fail". */
	outcomes: Record<number, string>;
}

interface CustomData {
	get(key: string): unknown;
	set(key: string, value: string): void;
}

/** Reads what of an item's json concerns its execution; everything else may be personal data. */
export function traceOf(item: number, json: IDataObject): ItemTrace {
	const { outcome, customerId, requestId, correlationId } = json;
	return {
		item,
		...(typeof outcome === 'string' ? { outcome } : {}),
		customerId: () => customerId,
		...(typeof requestId === 'string' ? { requestId } : {}),
		...(typeof correlationId === 'string' ? { correlationId } : {}),
	};
}

/**
 * Adds the run to what the execution shows. Runs in a loop and several nodes of one execution add up; an
 * item that "Retry On Fail" repeats counts once, and one that was confirmed stays so whatever a later
 * try comes to. Never throws: a label is not worth an item.
 */
export function recordRun(context: IExecuteFunctions, tracesOf: () => ItemTrace[]): void {
	try {
		const traces = tracesOf();
		if (traces.length === 0) return;
		recordCustomData(context, traces);
		recordTracing(context, traces);
	} catch {
		// An n8n that is older or stranger than those we know: it does without.
	}
}

function recordCustomData(context: IExecuteFunctions, traces: ItemTrace[]): void {
	const customData = customDataOf(context);
	if (customData === undefined) return;
	const { before, outcomes, isFresh } = remember(context, customData, traces);
	const all = Object.values(outcomes);
	for (const [outcome, key] of KEY_OF_OUTCOME) {
		const sum = (before[key] ?? 0) + all.filter((one) => one === outcome).length;
		// What an earlier try, or the execution that this one repeats, has set can't be taken away.
		if (sum > 0 || customData.get(key) !== undefined) customData.set(key, String(sum));
	}
	recordCustomers(customData, traces, isFresh);
}

/** Too many are none: an incomplete list would say of a customer that nothing was done for it. */
function recordCustomers(customData: CustomData, traces: ItemTrace[], isFresh: boolean): void {
	const shown = isFresh ? undefined : customData.get(CUSTOMER_KEY);
	if (shown === TOO_MANY) return;
	const ids = new Set(typeof shown === 'string' ? shown.split(', ') : []);
	for (const { customerId } of traces) {
		const id = customerId();
		const guid = typeof id === 'string' ? parseGuid(id) : undefined;
		if (guid !== undefined) ids.add(guid);
		if (ids.size > MAX_CUSTOMERS) break;
	}
	if (ids.size === 0) return;
	customData.set(CUSTOMER_KEY, ids.size > MAX_CUSTOMERS ? TOO_MANY : [...ids].join(', '));
}

/** n8n 2.x hands it over; in 1.x it is where expressions find it. */
function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	const { customData } = context as Partial<IExecuteFunctions>;
	if (customData !== undefined) return customData;
	return context.getWorkflowDataProxy(0).$execution?.customData as CustomData | undefined;
}

/**
 * The counts before this run of the node, and what its items came to in all of its tries.
 *
 * @returns also whether nothing of what is shown is this execution's
 */
function remember(
	context: IExecuteFunctions,
	customData: CustomData,
	traces: ItemTrace[],
): Pick<Memory, 'before' | 'outcomes'> & { isFresh: boolean } {
	const executionId = String(context.getExecutionId());
	const flow = context.getContext('flow');
	const isFresh = flow[MEMORY] !== executionId;
	flow[MEMORY] = executionId;
	// Without retries nobody would read it, and the execution's data would only grow.
	const isRetried = context.getNode().retryOnFail === true;
	const node = isRetried ? context.getContext('node') : {};
	const runIndex = isRetried ? runIndexOf(context) : 0;
	const kept = node[MEMORY] as Memory | undefined;
	const isRepeated = kept?.executionId === executionId && kept.runIndex === runIndex;
	const before = isRepeated ? kept.before : countsIn(isFresh ? undefined : customData);
	const outcomes = isRepeated ? kept.outcomes : {};
	for (const { item, outcome } of traces) {
		const wasDone = outcomes[item] !== undefined && outcomes[item] !== 'failed';
		if (outcome !== undefined && !(outcome === 'failed' && wasDone)) outcomes[item] = outcome;
	}
	node[MEMORY] = { executionId, runIndex, before, outcomes } satisfies Memory;
	return { before, outcomes, isFresh };
}

function countsIn(customData: CustomData | undefined): Record<string, number> {
	const keys = [...KEY_OF_OUTCOME.values()];
	return Object.fromEntries(keys.map((key) => [key, Number(customData?.get(key) ?? 0)]));
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
