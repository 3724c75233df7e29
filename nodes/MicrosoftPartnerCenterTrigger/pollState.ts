/**
 * What the trigger remembers from poll to poll, and what follows from a new look at the records.
 * Pure: no clock, no n8n.
 *
 * Partner Center lists records by day and may list one later than it is dated, so each poll reads a
 * stretch again and tells new records by their ids. Everything dated before `from` is settled.
 * `from` follows the newest record, not n8n's clock: two days before it, since a record may be
 * listed that late. A state is complete in itself: going back to an older one, as n8n 1.x does after
 * a restart without an event in between, only means reading more.
 */
import { createHash } from 'crypto';
import { z } from 'zod';

import type { AuditRecord } from '../MicrosoftPartnerCenter/client/AuditRecords';
import { isEvent, type PartnerEvent } from './events';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How much later than its date a record may be listed without being missed. */
export const OVERLAP_MS = 2 * DAY_MS;
/** How far n8n's clock and Microsoft's may be apart when the workflow is activated. */
export const CLOCK_SKEW_MS = 5 * MINUTE_MS;
/** Microsoft does not say whose midnight a day of the audit records ends at. */
const TIME_ZONES_MS = DAY_MS;
/** A start more than 90 days back is refused; one day less, for the time zones. */
const OLDEST_START_MS = 89 * DAY_MS;
/** n8n stores the state with the workflow: this many ids are less than a megabyte. */
export const MOST_SEEN = 20_000;

/** Instants are in milliseconds since 1970. */
const stateSchema = z.object({
	event: z.string(),
	/** Records dated before are settled: emitted, or from before the activation. */
	from: z.number(),
	/** When the records were last read to their end, by n8n's clock. */
	checked: z.number(),
	/** Records dated `from` or later that are settled too: digests of their ids, and their dates. */
	seen: z.record(z.string(), z.number()),
});
export type PollState = z.infer<typeof stateSchema>;

/** @returns undefined when there is none for this event: then the trigger starts anew */
export function readState(stored: unknown, { value }: PartnerEvent): PollState | undefined {
	const parsed = stateSchema.safeParse(stored);
	return parsed.success && parsed.data.event === value ? parsed.data : undefined;
}

/** The day to read from, `yyyy-mm-dd`. */
export function startDay(state: PollState | undefined, now: number): string {
	const from = state?.from ?? now - CLOCK_SKEW_MS;
	return dayOf(Math.max(from - TIME_ZONES_MS, now - OLDEST_START_MS));
}

/** @returns the first day that can still be read, when the last poll is longer ago than that */
export function dayLostBefore(state: PollState | undefined, now: number): string | undefined {
	const oldest = now - OLDEST_START_MS;
	return state !== undefined && state.checked < oldest ? dayOf(oldest) : undefined;
}

export function dayOf(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}

/** What was read; not `complete` when the time for a poll was up before the end of the list. */
export interface Look {
	records: readonly AuditRecord[];
	complete: boolean;
	/** When reading began, by n8n's clock. */
	startedAt: number;
}

export interface Step {
	/** In the order of their dates. */
	emit: AuditRecord[];
	state: PollState;
	/** Ids had to be forgotten early: records dated before `from` are not emitted any more. */
	overfull: boolean;
}

/**
 * @param before undefined on the first poll, which emits nothing: what is there already is history
 */
export function nextState(before: PollState | undefined, event: PartnerEvent, look: Look): Step {
	const { complete, startedAt } = look;
	const found = eventsAmong(look.records, event);
	if (before === undefined) {
		const from = startedAt - CLOCK_SKEW_MS;
		const seen = seenOf(found.filter(({ at }) => at >= from));
		const state = { event: event.value, from, checked: startedAt, seen };
		return { emit: [], state, overfull: false };
	}

	const fresh = found.filter(
		({ at, key }) => at >= before.from && !Object.hasOwn(before.seen, key),
	);
	if (!complete) {
		// What was not read may be older than what was: nothing is settled by its date yet.
		const room = Math.max(0, MOST_SEEN - Object.keys(before.seen).length);
		const taken = fresh.slice(0, room);
		const state = { ...before, seen: { ...before.seen, ...seenOf(taken) } };
		return { emit: taken.map(({ record }) => record), state, overfull: false };
	}

	const newest = newestOf(look.records, startedAt);
	const following = Math.max(before.from, newest - OVERLAP_MS);
	const all = Object.entries({ ...before.seen, ...seenOf(fresh) });
	const { from, seen } = withinLimit(all, following);
	return {
		emit: fresh.map(({ record }) => record),
		state: { event: event.value, from, checked: Math.max(before.checked, startedAt), seen },
		overfull: from > following,
	};
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

interface Found {
	record: AuditRecord;
	at: number;
	/** A digest of the id, which is about 150 characters long. */
	key: string;
}

/** Each event once, whatever pages it was on, in the order of their dates. */
function eventsAmong(records: readonly AuditRecord[], event: PartnerEvent): Found[] {
	const byKey = new Map<string, Found>();
	for (const record of records) {
		const at = instantOf(record);
		if (!isEvent(event, record) || Number.isNaN(at)) continue;
		const key = createHash('sha256').update(record.id).digest('base64url').slice(0, 22);
		byKey.set(key, { record, at, key });
	}
	return [...byKey.values()].sort(
		(a, b) =>
			a.at - b.at ||
			compare(a.record.operationDate, b.record.operationDate) ||
			compare(a.record.id, b.record.id),
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Microsoft's dates are in UTC, with or without saying so. NaN for what is no date. */
function instantOf({ operationDate }: AuditRecord): number {
	const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(operationDate);
	return Date.parse(hasZone ? operationDate : `${operationDate}Z`);
}

/** Of all records, also of other acts; one dated in the future does not count for more than now. */
function newestOf(records: readonly AuditRecord[], now: number): number {
	return records.reduce((newest, record) => {
		const at = Math.min(instantOf(record), now);
		return at > newest ? at : newest;
	}, Number.NEGATIVE_INFINITY);
}

function seenOf(found: readonly Found[]): PollState['seen'] {
	return Object.fromEntries(found.map(({ key, at }) => [key, at]));
}

/** Forgets what is dated before `from`; where too much is left, `from` moves on to make it fit. */
function withinLimit(
	all: ReadonlyArray<[string, number]>,
	from: number,
): Pick<PollState, 'from' | 'seen'> {
	const kept = all.filter(([, at]) => at >= from);
	if (kept.length <= MOST_SEEN) return { from, seen: Object.fromEntries(kept) };
	const dates = kept.map(([, at]) => at).sort((a, b) => b - a);
	const later = (dates[MOST_SEEN] ?? from) + 1;
	return { from: later, seen: Object.fromEntries(kept.filter(([, at]) => at >= later)) };
}
