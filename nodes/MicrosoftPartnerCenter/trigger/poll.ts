/** One poll: reads the audit records, and hands on what is new. */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { AuditRecord } from '../client/AuditRecords';
import { DAY_MS } from '../client/clock';
import type { CallOptions } from '../client/Requester';
import { createClient, newId } from '../n8n/client';
import { chooseSignIn } from '../n8n/credentials';
import { FieldFaults } from '../n8n/parameters';
import { ANY_AUDIT_EVENT, findEvent, type PartnerEvent } from './events';
import { readAuditFilters } from './filters';
import { asItem } from './items';
import { asPollError } from './pollErrors';
import {
	countUndated,
	dayLostBefore,
	dayOf,
	initialState,
	latest,
	nextState,
	readState,
	type DateWindow,
} from './pollState';
import { readOn, type ReadOnResult, type ReadOnOptions } from './readOn';

/** Where the state is kept in what n8n stores for the node. */
const STATE_KEY = 'poll';

/** How many days back a test run reads for events, the latest first; it stops when it has enough. */
const TEST_DATE_RANGES = [
	{ oldest: 7, newest: 0 },
	{ oldest: 35, newest: 7 },
	{ oldest: 62, newest: 34 },
	{ oldest: 89, newest: 61 },
];
const TEST_ITEMS = 10;

const MAX_CALL_TIMEOUT_MS = 60_000;
const RETRIES_PER_CALL = 2;
/** The share of the time for a poll after which no further page is asked for. */
const READING_SHARE = 0.6;
/** For n8n 1.x, which sets no time for a poll: what n8n 2.x gives to one. */
const DEFAULT_BUDGET_MS = 5 * 60_000;

/**
 * @returns null when nothing happened
 * @throws {NodeApiError | NodeOperationError} what is remembered stays as it was
 */
export async function pollOnce(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let resumes = false;
	try {
		const event = chosenEvent(context);
		const simplify = context.getNodeParameter('simplify', true) !== false;
		const toItem = (record: AuditRecord) => asItem(record, event, simplify);
		resumes = storedState(context, event) !== undefined;
		const items =
			context.getMode() === 'manual'
				? (await readLatest(context, event)).map(toItem)
				: await readNewEvents(context, event, toItem);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw asPollError(context, error, resumes);
	}
}

function chosenEvent(context: IPollFunctions): PartnerEvent {
	const value = context.getNodeParameter('event', '');
	const filters = value === ANY_AUDIT_EVENT ? readAuditFilters(context) : undefined;
	const event = findEvent(value, filters);
	if (event !== undefined) return event;
	const fix = "Select an event in the node's form.";
	throw new FieldFaults([{ label: 'Event', fault: 'is not one of the choices', fix }]);
}

function storedState(context: IPollFunctions, event: PartnerEvent) {
	return readState(context.getWorkflowStaticData('node')[STATE_KEY], event);
}

/** Makes the items before it stores the state: if that throws, the next poll starts from the old state. */
async function readNewEvents(
	context: IPollFunctions,
	event: PartnerEvent,
	toItem: (record: AuditRecord) => INodeExecutionData,
): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const known = storedState(context, event);
	const lostBefore = dayLostBefore(known, startedAt);
	if (known !== undefined && lostBefore !== undefined) {
		context.logger.warn(
			`Partner Center keeps audit records for 90 days, and the last poll of "${context.getNode().name}" was on ${dayOf(known.checked)}: events before ${lostBefore} can't be read any more`,
		);
	}
	const reader = readerOf(context, event, startedAt);
	const progress = await readOn(known ?? initialState(event, startedAt), reader);

	// Polls of n8n 1.x may overlap. There is no await from here to the write, or both would emit an event.
	const stored: IDataObject = context.getWorkflowStaticData('node');
	const now = readState(stored[STATE_KEY], event);
	const { records, reached, stoppedBy } = progress;
	const { emit, state } = nextState(now, event, { before: known, records, reached });
	const items = emit.map(toItem);
	const isHeldUp = stoppedBy !== undefined && items.length === 0;
	if (isHeldUp && known === undefined) throw stoppedBy;
	stored[STATE_KEY] = state;
	if (isHeldUp) throw stoppedBy;
	report(context, event, progress);
	return items;
}

/** Writes to n8n's log what the user should know; an item would start the workflow. */
function report(
	context: IPollFunctions,
	event: PartnerEvent,
	{ records, complete, stoppedBy }: ReadOnResult,
): void {
	const node = context.getNode().name;
	if (stoppedBy !== undefined) {
		context.logger.warn(
			`"${node}" could read ${records.length} audit records and no further: the next poll reads on. ${asPollError(context, stoppedBy, true).message}`,
		);
	} else if (!complete) {
		context.logger.info(
			`"${node}" stopped reading audit records after ${records.length}, because the time for a poll was up: the next poll reads on`,
		);
	}
	const undated = countUndated(records, event);
	if (undated > 0) {
		context.logger.warn(
			`"${node}" left out ${undated} audit records whose operationDate is not a date`,
		);
	}
}

async function readLatest(context: IPollFunctions, event: PartnerEvent): Promise<AuditRecord[]> {
	const now = Date.now();
	const { pagesOf, isTimeUp } = readerOf(context, event, now);
	const records: AuditRecord[] = [];
	for (const { oldest, newest } of TEST_DATE_RANGES) {
		const last = dayOf(now - newest * DAY_MS);
		const from = { first: dayOf(now - oldest * DAY_MS), last };
		for await (const page of pagesOf({ from, last, asOf: undefined, pages: 0 })) {
			for (const record of page.items) records.push(record);
			if (isTimeUp()) break;
		}
		if (isTimeUp() || latest(records, event, TEST_ITEMS).length === TEST_ITEMS) break;
	}
	return latest(records, event, TEST_ITEMS);
}

function readerOf(
	context: IPollFunctions,
	{ resourceType }: PartnerEvent,
	startedAt: number,
): ReadOnOptions {
	// Absent in n8n 1.x.
	const budget = context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
	const call: CallOptions = {
		correlationId: newId(),
		timeout: Math.max(1, Math.floor(Math.min(MAX_CALL_TIMEOUT_MS, budget / 4))),
		maxRetries: RETRIES_PER_CALL,
		// n8n polls again by itself.
		maxRateLimitWait: Math.min(MAX_CALL_TIMEOUT_MS, budget / 4),
	};
	const { client } = createClient(context, chooseSignIn(context, 'either', 'The trigger'));
	return {
		pagesOf: ({ from, pages }: DateWindow) =>
			client.auditRecords.pages(from, resourceType, call, pages),
		now: () => Date.now(),
		isTimeUp: () => Date.now() - startedAt > budget * READING_SHARE,
	};
}
