/** One poll: reads the audit records, and hands on what is new. */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { AuditRecord } from '../MicrosoftPartnerCenter/client/AuditRecords';
import type { CallOptions } from '../MicrosoftPartnerCenter/client/Requester';
import { createClient, newId } from '../MicrosoftPartnerCenter/n8n/client';
import { chooseSignIn } from '../MicrosoftPartnerCenter/n8n/credentials';
import { FieldFaults } from '../MicrosoftPartnerCenter/n8n/parameters';
import { findEvent, type PartnerEvent } from './events';
import { asItem } from './items';
import { asPollError } from './pollErrors';
import {
	countUndated,
	dayLostBefore,
	dayOf,
	latest,
	nextState,
	readState,
	startDay,
	type Look,
} from './pollState';

/** Where the state is kept in what n8n stores for the node. */
const STATE_KEY = 'poll';

const DAY_MS = 24 * 60 * 60_000;
/** How far a test looks back for events: not further than it has to. */
const TEST_DAYS = [7, 89];
const TEST_ITEMS = 10;

const LONGEST_TIMEOUT_MS = 60_000;
const MAX_RETRIES = 2;
/** The share of the time for a poll after which no further page is asked for. */
const READING_SHARE = 0.6;
/** Records on a page of Partner Center's. */
const PAGE = 500;

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
				: await takeNew(context, event, toItem);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw asPollError(context, error, resumes);
	}
}

function chosenEvent(context: IPollFunctions): PartnerEvent {
	const value = context.getNodeParameter('event', '');
	const event = findEvent(value);
	if (event !== undefined) return event;
	const fix = "Select an event in the node's form.";
	throw new FieldFaults([{ label: 'Event', fault: 'is not one of the choices', fix }]);
}

function storedState(context: IPollFunctions, event: PartnerEvent) {
	return readState(context.getWorkflowStaticData('node')[STATE_KEY], event);
}

/** Makes the items before it remembers their records: what throws on the way leaves no trace. */
async function takeNew(
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
	const look = await read(context, event, startDay(known, startedAt), startedAt);

	// Polls of n8n 1.x may overlap: from here to the write nothing else runs, so each event is one poll's.
	const stored: IDataObject = context.getWorkflowStaticData('node');
	const { emit, state, overfull } = nextState(readState(stored[STATE_KEY], event), event, look);
	const items = emit.map(toItem);
	tell(context, event, look, overfull);
	stored[STATE_KEY] = state;
	return items;
}

/** What the log of n8n gets to know; an item about it would start the workflow for nothing. */
function tell(context: IPollFunctions, event: PartnerEvent, look: Look, overfull: boolean): void {
	const node = context.getNode().name;
	if (!look.complete) {
		context.logger.info(
			`"${node}" stopped reading audit records after ${look.records.length}, because the time for a poll was up: the next poll reads on`,
		);
	}
	const undated = countUndated(look.records, event);
	if (undated > 0) {
		context.logger.warn(
			`"${node}" left out ${undated} audit records whose operationDate is not a date`,
		);
	}
	if (overfull) {
		context.logger.warn(
			`"${node}" saw more events within two days than it remembers: one that Partner Center lists late may be left out`,
		);
	}
}

async function readLatest(context: IPollFunctions, event: PartnerEvent): Promise<AuditRecord[]> {
	const now = Date.now();
	let found: AuditRecord[] = [];
	for (const days of TEST_DAYS) {
		const { records } = await read(context, event, dayOf(now - days * DAY_MS), now);
		found = latest(records, event, TEST_ITEMS);
		if (found.length === TEST_ITEMS) break;
	}
	return found;
}

async function read(
	context: IPollFunctions,
	{ resourceType }: PartnerEvent,
	day: string,
	startedAt: number,
): Promise<Look> {
	// Absent in n8n 1.x, which lets a poll take its time.
	const budget = context.getPollBudgetMs?.() ?? Number.POSITIVE_INFINITY;
	const call: CallOptions = {
		correlationId: newId(),
		timeout: Math.max(1, Math.floor(Math.min(LONGEST_TIMEOUT_MS, budget / 4))),
		maxRetries: MAX_RETRIES,
		// n8n polls again by itself.
		maxRateLimitWait: Math.min(LONGEST_TIMEOUT_MS, budget / 4),
	};
	const { client } = createClient(context, chooseSignIn(context, 'either', 'The trigger'));
	const list = client.auditRecords.list(day, resourceType, call);
	const records: AuditRecord[] = [];
	for (;;) {
		const isPageRead = records.length > 0 && records.length % PAGE === 0;
		if (isPageRead && Date.now() - startedAt > budget * READING_SHARE) {
			return { records, complete: false, startedAt };
		}
		const { value, done } = await list.next();
		if (done === true) return { records, complete: true, startedAt };
		records.push(value);
	}
}
