/**
 * What the trigger remembers from poll to poll, and what follows from the records that a poll reads.
 * Pure: no clock, no n8n; `poll.ts` keeps the state in the workflow's static data.
 *
 * Partner Center lists records by day, and may list one up to two days later than it is dated. So each
 * poll reads the last days again, and tells new records by their ids. A record is settled when it was
 * emitted, or is from before the activation; the state's `from` is the instant before which all are.
 *
 * A poll reads the days since `from` in windows, the oldest first, page by page. When its time is up, it
 * keeps the address of the next page. When a window was read to its end, `from` moves to the window's end,
 * but never closer than two days to the moment at which its reading began (by Partner Center's clock).
 *
 * n8n stores a poll's state with the next event only (2.x at once, where an administrator has made poll
 * cursors durable). So after a restart the state may be an older one. That loses nothing: the poll
 * reads the days since then again.
 */
import { z } from 'zod';

import { isPageOfRecords, type AuditRecord, type DateRange } from '../client/AuditRecords';
import { CLOCK_SKEW_MS, DAY_MS, parseUtc } from '../client/clock';
import type { Page, PageAddress } from '../client/paging';
import { isEvent, type PartnerEvent } from './events';
import { SeenEvents } from './SeenEvents';

/** How much later than its date a record may be listed without being missed. */
export const OVERLAP_MS = 2 * DAY_MS;
/** Microsoft does not say whose midnight a day of the audit records ends at. */
const TIME_ZONES_MS = DAY_MS;
/** A start more than 90 days back is refused; one day less, for the time zones. */
const OLDEST_START_MS = 89 * DAY_MS;
/** Partner Center answers a request with 30 days at most; one less, should it count both ends. */
const MAX_WINDOW_DAYS = 29;
/** A shorter window would move on by nothing: each begins two days before the last one ended, for the time zones. */
const MIN_WINDOW_DAYS = 4;

const pageSchema = z
	.object({ path: z.string(), headers: z.record(z.string(), z.string()) })
	.refine(isPageOfRecords);

/** Where a poll stopped within a window. */
const readingSchema = z.object({
	page: pageSchema,
	/** The last day of the window, `yyyy-mm-dd`. */
	last: z.string().refine((day) => !Number.isNaN(Date.parse(day))),
	/** When the reading of the window began, by Partner Center's clock. */
	asOf: z.number(),
	/** How many pages were read. */
	pages: z.number(),
});

/** Instants are in milliseconds since 1970. */
const stateSchema = z.object({
	event: z.string(),
	/** Records dated before are settled: emitted, or from before the activation. */
	from: z.number(),
	/** When the records were last read to their end, by n8n's clock. */
	checked: z.number(),
	/** Records dated `from` or later that are settled too. What can't be read is emitted twice rather than lost. */
	seen: z.record(z.string(), z.string()).catch({}),
	/** Absent between windows. */
	reading: readingSchema.optional().catch(undefined),
	/** How many days a window has, where a page was gone before a longer one was read. */
	days: z.number().int().min(MIN_WINDOW_DAYS).max(MAX_WINDOW_DAYS).optional().catch(undefined),
});
export type PollState = z.infer<typeof stateSchema>;

/** @returns undefined when there is none for this event: then the trigger starts anew */
export function readState(stored: unknown, { key }: PartnerEvent): PollState | undefined {
	const parsed = stateSchema.safeParse(stored);
	return parsed.success && parsed.data.event === key ? parsed.data : undefined;
}

/** The state before the first poll. That poll emits nothing: earlier records are history. */
export function initialState({ key }: PartnerEvent, now: number): PollState {
	return { event: key, from: now - CLOCK_SKEW_MS, checked: now, seen: {} };
}

/** Days that are read together, from their first page or from the one that was kept. */
export interface DateWindow {
	from: DateRange | PageAddress;
	last: string;
	/** Undefined until its first page was answered. */
	asOf: number | undefined;
	pages: number;
}

/** The window to read next. @param now by n8n's clock */
export function nextWindow(state: PollState, now: number): DateWindow {
	const { reading, days = MAX_WINDOW_DAYS } = state;
	if (reading !== undefined) {
		const { page, last, asOf, pages } = reading;
		return { from: page, last, asOf, pages };
	}
	const first = dayOf(Math.max(state.from - TIME_ZONES_MS, now - OLDEST_START_MS));
	const end = Math.min(Date.parse(first) + (days - 1) * DAY_MS, now);
	const last = dayOf(Math.max(end, Date.parse(first)));
	return { from: { first, last }, last, asOf: undefined, pages: 0 };
}

/** Whether the window reaches until today. */
export function isLastWindow({ last }: DateWindow, now: number): boolean {
	return last >= dayOf(now);
}

/** The window after one more of its pages. @param askedAt by n8n's clock */
export function withPage(
	window: DateWindow,
	{ answeredAt }: Pick<Page<AuditRecord>, 'answeredAt'>,
	askedAt: number,
): DateWindow & { asOf: number } {
	// The earlier of the two clocks: with one that is ahead, records would be skipped.
	const asOf = window.asOf ?? Math.min(answeredAt ?? askedAt, askedAt);
	return { ...window, asOf, pages: window.pages + 1 };
}

/** Stopped within a window, before this page. */
export function stoppedAt(
	state: PollState,
	{ last, asOf, pages }: DateWindow & { asOf: number },
	page: PageAddress,
): PollState {
	return { ...state, reading: { page, last, asOf, pages } };
}

/** The window was read to its end. */
export function afterWindow(
	state: PollState,
	{ last, asOf }: DateWindow & { asOf: number },
): PollState {
	const rest = { ...state, reading: undefined };
	const settled = Math.min(Date.parse(last) - TIME_ZONES_MS, asOf - OVERLAP_MS);
	// A window in Partner Center's future means that n8n's clock is ahead: `from` stays where it is.
	const isPast = settled > Date.parse(last) - (MAX_WINDOW_DAYS + 2) * DAY_MS;
	return isPast ? { ...rest, from: Math.max(rest.from, settled) } : rest;
}

/** Reading reached today. @param now when it began, by n8n's clock */
export function afterLastWindow(state: PollState, now: number): PollState {
	return { ...state, days: undefined, checked: Math.max(state.checked, now) };
}

/**
 * The kept page is gone: its window is read anew, with fewer days, so that one poll may read it to its
 * end.
 */
export function afterGonePage(state: PollState): PollState {
	const days = Math.max(MIN_WINDOW_DAYS, Math.floor((state.days ?? MAX_WINDOW_DAYS) / 2));
	return { ...state, reading: undefined, days };
}

/** @returns the first day that can still be read, when the last poll is longer ago than that */
export function dayLostBefore(state: PollState | undefined, now: number): string | undefined {
	const oldest = now - OLDEST_START_MS;
	return state !== undefined && state.checked < oldest ? dayOf(oldest) : undefined;
}

export function dayOf(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}

/** What one poll read. */
export interface PollReading {
	/** The state that it went on from; undefined on the first poll. */
	before: PollState | undefined;
	records: readonly AuditRecord[];
	/** That state, moved on by what was read; what is seen is left to `nextState`. */
	reached: PollState;
}

/** What one poll hands on, and what is remembered for the next. */
export interface PollResult {
	/** In the order of their dates. */
	emit: AuditRecord[];
	state: PollState;
}

/**
 * @param stored what is remembered by now: an overlapping poll may have saved, and its position counts then
 */
export function nextState(
	stored: PollState | undefined,
	event: PartnerEvent,
	reading: PollReading,
): PollResult {
	const found = eventsAmong(reading.records, event);
	const { before, reached } = reading;
	const current = stored ?? before;
	const seen = new SeenEvents(current?.seen ?? {});
	const { from } = current ?? reached;
	const fresh = found.filter(({ record, at }) => at >= from && !seen.has(record.id));
	for (const { record, at } of fresh) seen.add(record.id, at);
	const position = current === undefined || hasSameProgress(current, before) ? reached : current;
	const state = { ...position, seen: seen.pack(position.from) };
	return { emit: current === undefined ? [] : fresh.map(({ record }) => record), state };
}

function hasSameProgress(one: PollState, other: PollState | undefined): boolean {
	const progressOf = (state: PollState | undefined) =>
		JSON.stringify([state?.from, state?.checked, state?.reading, state?.days]);
	return progressOf(one) === progressOf(other);
}

/** The latest events of a list, in the order of their dates. */
export function latest(
	records: readonly AuditRecord[],
	event: PartnerEvent,
	count: number,
): AuditRecord[] {
	return eventsAmong(records, event)
		.slice(-count)
		.map(({ record }) => record);
}

/** How many events can't be told apart from history, because their date can't be read. */
export function countUndated(records: readonly AuditRecord[], event: PartnerEvent): number {
	return records.filter((record) => isEvent(event, record) && Number.isNaN(instantOf(record)))
		.length;
}

interface DatedEvent {
	record: AuditRecord;
	at: number;
}

/** Each event once, whatever pages it was on, in the order of their dates. */
function eventsAmong(records: readonly AuditRecord[], event: PartnerEvent): DatedEvent[] {
	const byId = new Map<string, DatedEvent>();
	for (const record of records) {
		const at = instantOf(record);
		if (!isEvent(event, record) || Number.isNaN(at)) continue;
		byId.set(record.id, { record, at });
	}
	return [...byId.values()].sort(
		(a, b) =>
			a.at - b.at ||
			compare(a.record.operationDate, b.record.operationDate) ||
			compare(a.record.id, b.record.id),
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function instantOf({ operationDate }: AuditRecord): number {
	return parseUtc(operationDate);
}
