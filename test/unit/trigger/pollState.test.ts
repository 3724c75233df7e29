import fc from 'fast-check';

import { CLOCK_SKEW_MS } from '../../../nodes/MicrosoftPartnerCenter/client/clock';
import type { AuditRecord } from '../../../nodes/MicrosoftPartnerCenter/client/AuditRecords';
import {
	findEvent,
	isEvent,
	type PartnerEvent,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/events';
import {
	OVERLAP_MS,
	afterGonePage,
	afterLastWindow,
	afterWindow,
	countUndated,
	dayLostBefore,
	dayOf,
	initialState,
	isLastWindow,
	latest,
	nextWindow,
	nextState as stateAfter,
	readState,
	stoppedAt,
	withPage,
	type PollState,
	type PollResult,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/pollState';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-20T10:00:00Z');

const eventOf = (value: string) => findEvent(value) as PartnerEvent;
const CONFIRMED = eventOf('agreementConfirmed');
const ADDED = eventOf('customerAdded');

const record = (at: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
	id: `partner_customer_createagreement_${at}`,
	operationType: 'create_agreement',
	operationStatus: 'succeeded',
	operationDate: new Date(at).toISOString().replace('Z', '0000Z'),
	resourceType: 'agreement',
	...more,
});

interface TestReading {
	records: AuditRecord[];
	/** By n8n's clock. */
	startedAt: number;
	complete: boolean;
	/** By Partner Center's. */
	answeredAt: number;
}
const readAt = (
	records: AuditRecord[],
	startedAt: number,
	complete = true,
	answeredAt = startedAt,
): TestReading => ({ records, startedAt, complete, answeredAt });

const PAGE = { path: '/v1/auditrecords?seekOperation=Next', headers: {} };

/** A poll that read these records: to their end, or up to a page. */
function reach(before: PollState | undefined, event: PartnerEvent, seen: TestReading): PollState {
	const { startedAt, complete, answeredAt } = seen;
	let state = before ?? initialState(event, startedAt);
	for (;;) {
		const window = nextWindow(state, startedAt);
		const read = withPage(window, { answeredAt }, startedAt);
		if (!complete) return stoppedAt(state, read, PAGE);
		const { from } = state;
		state = afterWindow(state, read);
		if (isLastWindow(window, startedAt) || state.from === from) break;
	}
	return afterLastWindow(state, startedAt);
}
const nextState = (
	before: PollState | undefined,
	event: PartnerEvent,
	seen: TestReading,
): PollResult =>
	stateAfter(before, event, {
		before,
		records: seen.records,
		reached: reach(before, event, seen),
	});
/** The day that a poll reads from, if it kept no page. */
const startDay = (state: PollState | undefined, now: number) => {
	const { from } = nextWindow(
		{ ...(state ?? initialState(CONFIRMED, now)), reading: undefined },
		now,
	);
	return 'first' in from ? from.first : '';
};

const activated = (records: AuditRecord[] = [], at = NOW): PollState =>
	nextState(undefined, CONFIRMED, readAt(records, at)).state;
const ids = (records: readonly AuditRecord[]) => records.map(({ id }) => id);
/** As n8n stores it and reads it back after a restart. */
const stored = (state: PollState): unknown => JSON.parse(JSON.stringify(state));

describe('which records are an event', () => {
	it.each([
		['a confirmed agreement', CONFIRMED, {}, true],
		[
			'as Microsoft’s SDK spells it',
			CONFIRMED,
			{ operationType: 'CreateAgreement', operationStatus: 'Succeeded' },
			true,
		],
		['one under way', CONFIRMED, { operationStatus: 'progress' }, false],
		['one that failed', CONFIRMED, { operationStatus: 'failed' }, false],
		['one without a status', CONFIRMED, { operationStatus: null }, false],
		['another act', CONFIRMED, { operationType: 'update_agreement' }, false],
		['a new customer', ADDED, { operationType: 'add_customer' }, true],
		['an agreement, where customers are waited for', ADDED, {}, false],
	])('%s', (_what, event, more, expected) => {
		expect(isEvent(event, record(NOW, more))).toBe(expected);
	});
});

describe('the first poll', () => {
	it('emits nothing, and takes what is there for history', () => {
		const there = [record(NOW - MINUTE), record(NOW - DAY)];
		const { emit, state } = nextState(undefined, CONFIRMED, readAt(there, NOW));
		expect(emit).toEqual([]);
		expect(nextState(state, CONFIRMED, readAt(there, NOW + MINUTE)).emit).toEqual([]);
	});

	it('leaves what is dated before it to history, also when it is listed later', () => {
		const late = record(NOW - 6 * MINUTE);
		expect(nextState(activated(), CONFIRMED, readAt([late], NOW + MINUTE)).emit).toEqual([]);
	});

	it('starts anew for another event', () => {
		expect(readState(stored(activated()), CONFIRMED)).toEqual(activated());
		expect(readState(stored(activated()), ADDED)).toBeUndefined();
	});

	it.each([undefined, null, 'x', {}, { event: 'agreementConfirmed', from: 'x' }])(
		'starts anew from what is no state: %j',
		(value) => {
			expect(readState(value, CONFIRMED)).toBeUndefined();
		},
	);
});

describe('a further poll', () => {
	it('emits in the order of the dates, down to the seventh digit', () => {
		const digit = (last: number): AuditRecord => ({
			...record(NOW + MINUTE),
			id: `r${last}`,
			operationDate: `2026-11-20T10:01:00.000000${last}Z`,
		});
		const listed = [record(NOW + HOUR), digit(2), digit(1), record(NOW + 2)];
		const { emit } = nextState(activated(), CONFIRMED, readAt(listed, NOW + DAY));
		expect(ids(emit)).toEqual([listed[3]?.id, 'r1', 'r2', listed[0]?.id]);
	});

	it('emits a record once that is on two pages', () => {
		const twice = record(NOW + MINUTE);
		const { emit } = nextState(activated(), CONFIRMED, readAt([twice, { ...twice }], NOW + HOUR));
		expect(emit).toHaveLength(1);
	});

	it('waits for an act that is under way', () => {
		const underWay = record(NOW + MINUTE, { operationStatus: 'progress' });
		const { emit, state } = nextState(activated(), CONFIRMED, readAt([underWay], NOW + HOUR));
		expect(emit).toEqual([]);
		const done = readAt([record(NOW + MINUTE)], NOW + 2 * HOUR);
		expect(nextState(state, CONFIRMED, done).emit).toHaveLength(1);
	});

	it('reads a date without a zone as UTC', () => {
		const bare = record(NOW, { operationDate: '2026-11-20T10:00:30.1234567' });
		const { emit, state } = nextState(activated(), CONFIRMED, readAt([bare], NOW + HOUR));
		expect(emit).toEqual([bare]);
		expect(Object.keys(state.seen)).toEqual([String(Math.floor((NOW + 30_123) / HOUR))]);
	});

	it('leaves out what is not dated, and counts it', () => {
		const undated = record(NOW, { operationDate: 'soon' });
		expect(nextState(activated(), CONFIRMED, readAt([undated], NOW + HOUR)).emit).toEqual([]);
		expect(countUndated([undated, record(NOW)], CONFIRMED)).toBe(1);
	});

	it('is not led astray by a record dated in the future', () => {
		const state = activated();
		const far = record(NOW + 400 * DAY);
		const after = nextState(state, CONFIRMED, readAt([far], NOW + HOUR));
		expect(ids(after.emit)).toEqual([far.id]);
		expect(after.state.from).toBe(state.from);
		const next = readAt([far, record(NOW + 2 * HOUR)], NOW + 3 * HOUR);
		expect(nextState(after.state, CONFIRMED, next).emit).toHaveLength(1);
	});

	it('goes by Microsoft’s clock: one of n8n’s that is a year ahead settles nothing', () => {
		const ahead = readAt([record(NOW + HOUR)], NOW + 365 * DAY, true, NOW + 2 * HOUR);
		const early = nextState(activated(), CONFIRMED, ahead);
		const next = readAt([record(NOW + 2 * HOUR)], NOW + 3 * HOUR);
		expect(nextState(early.state, CONFIRMED, next).emit).toHaveLength(1);
	});

	it('settles nothing by date when it could not read to the end', () => {
		const newer = record(NOW + 9 * DAY);
		const older = record(NOW + DAY);
		const part = nextState(activated(), CONFIRMED, readAt([newer], NOW + 10 * DAY, false));
		expect(ids(part.emit)).toEqual([newer.id]);
		expect(part.state.from).toBe(activated().from);
		const rest = nextState(part.state, CONFIRMED, readAt([newer, older], NOW + 11 * DAY));
		expect(ids(rest.emit)).toEqual([older.id]);
	});
});

describe('what is remembered stays small', () => {
	it('ids are forgotten two days after the newest record', () => {
		let state = activated();
		for (let day = 1; day <= 60; day++) {
			const now = NOW + day * DAY;
			const listed = Array.from({ length: 10 }, (_, hour) => record(now - hour * HOUR));
			state = nextState(state, CONFIRMED, readAt(listed, now)).state;
			expect(Object.keys(state.seen).length).toBeLessThanOrEqual(30);
			expect(JSON.stringify(state).length).toBeLessThan(1_000);
		}
	});

	it('however many events there are, it repeats none, though a list was not read to its end', () => {
		const many = Array.from({ length: 50_000 }, (_, index) => record(NOW + index));
		const older = Array.from({ length: 500 }, (_, index) => record(NOW - MINUTE + index));
		const first = nextState(activated(), CONFIRMED, readAt(many, NOW + HOUR, false));
		expect(first.emit).toHaveLength(many.length);
		const restarted = readState(stored(first.state), CONFIRMED);
		const rest = nextState(restarted, CONFIRMED, readAt(older, NOW + 2 * HOUR));
		expect(rest.emit).toHaveLength(500);
		const again = nextState(rest.state, CONFIRMED, readAt([...older, ...many], NOW + 3 * HOUR));
		expect(again.emit).toEqual([]);
	});

	it.each([
		['over two days', 2 * DAY],
		['in one hour', HOUR],
		['in one second', 1_000],
	])('10,000 events %s take less than 64 kB', (_, span) => {
		const start = NOW + 3 * DAY;
		const many = Array.from({ length: 10_000 }, (_, index) =>
			record(start + Math.floor((index * span) / 10_000), { id: `customer_${index}` }),
		);
		const { emit, state } = nextState(activated(), CONFIRMED, readAt(many, start + span));
		expect(emit).toHaveLength(10_000);
		expect(JSON.stringify(state).length).toBeLessThan(64 * 1024);
		const again = readAt([...many, record(start + 1)], start + span + MINUTE);
		const next = nextState(readState(stored(state), CONFIRMED), CONFIRMED, again);
		expect(next.emit).toEqual([record(start + 1)]);
	});
});

describe('what earlier versions stored', () => {
	it('loses no event where what was seen had another form', () => {
		const listed = [record(NOW - MINUTE), record(NOW + MINUTE)];
		const { from, checked } = activated([record(NOW - MINUTE)]);
		const old = { event: 'agreementConfirmed', from, checked, seen: { 'a-digest': NOW - MINUTE } };
		const { emit } = nextState(readState(old, CONFIRMED), CONFIRMED, readAt(listed, NOW + HOUR));
		expect(ids(emit)).toEqual(ids(listed));
	});

	it('is read on from', () => {
		const { from, checked, seen } = activated([record(NOW - MINUTE)]);
		const old = { event: 'agreementConfirmed', from, checked, seen };
		expect(readState(stored(old as PollState), CONFIRMED)).toEqual(old);
		const listed = [record(NOW - MINUTE), record(NOW + MINUTE)];
		const { emit } = nextState(readState(old, CONFIRMED), CONFIRMED, readAt(listed, NOW + HOUR));
		expect(ids(emit)).toEqual([listed[1]?.id]);
	});
});

describe('the page that a poll stopped at', () => {
	const stopped = nextState(
		activated(),
		CONFIRMED,
		readAt([record(NOW + 1)], NOW + HOUR, false),
	).state;

	it('is where the next one goes on', () => {
		expect(nextWindow(readState(stored(stopped), CONFIRMED) as PollState, NOW + DAY)).toEqual({
			from: PAGE,
			last: dayOf(NOW),
			asOf: NOW + HOUR,
			pages: 1,
		});
	});

	it.each([
		{ ...PAGE, path: '/v1/customers?size=500' },
		{ ...PAGE, path: 'https://attacker.example/v1/auditrecords?x' },
		{ path: PAGE.path },
		'x',
	])('is forgotten where it is none: %j', (page) => {
		const corrupt = { ...stopped, reading: { ...stopped.reading, page } };
		const read = readState(stored(corrupt as PollState), CONFIRMED);
		expect(read).toEqual({ ...stopped, reading: undefined });
	});

	it('makes for shorter windows once it is gone, down to four days', () => {
		let state = stopped;
		const lengths = Array.from({ length: 5 }, () => {
			state = afterGonePage(state);
			const { from, last } = nextWindow(state, NOW + 60 * DAY);
			return 'first' in from ? (Date.parse(last) - Date.parse(from.first)) / DAY + 1 : 0;
		});
		expect(lengths).toEqual([14, 7, 4, 4, 4]);
		expect(afterLastWindow(state, NOW).days).toBeUndefined();
	});

	it('of a poll that was overtaken does not count, but its events do', () => {
		const before = activated();
		const slow = readAt([record(NOW + 1), record(NOW + 2)], NOW + HOUR, false);
		const quick = nextState(before, CONFIRMED, readAt([record(NOW + 1)], NOW + HOUR));
		const step = stateAfter(quick.state, CONFIRMED, {
			before,
			records: slow.records,
			reached: reach(before, CONFIRMED, slow),
		});
		expect(ids(step.emit)).toEqual([record(NOW + 2).id]);
		expect(step.state.reading).toBeUndefined();
	});
});

describe('where reading starts', () => {
	it('a day before what is settled, for days that end at another midnight than UTC’s', () => {
		expect(startDay(undefined, NOW)).toBe('2026-11-19');
		expect(startDay(activated(), NOW + 30 * DAY)).toBe('2026-11-19');
	});

	it('never more than 90 days back', () => {
		const now = NOW + 200 * DAY;
		expect(startDay(activated(), now)).toBe(dayOf(now - 89 * DAY));
	});

	it('says when the last poll is too long ago to read on from', () => {
		expect(dayLostBefore(undefined, NOW)).toBeUndefined();
		expect(dayLostBefore(activated(), NOW + 88 * DAY)).toBeUndefined();
		expect(dayLostBefore(activated(), NOW + 100 * DAY)).toBe(dayOf(NOW + 11 * DAY));
	});
});

describe('nothing twice, nothing missed', () => {
	interface Made {
		record: AuditRecord;
		at: number;
		listedAt: number;
	}
	const acts = fc.array(
		fc.record({
			at: fc.integer({ min: -3 * DAY, max: 60 * DAY }),
			late: fc.oneof(fc.constantFrom(0, OVERLAP_MS), fc.nat(10 * MINUTE), fc.nat(OVERLAP_MS)),
			status: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'failed'),
			kind: fc.constantFrom('create_agreement', 'create_agreement', 'update_agreement'),
		}),
		{ maxLength: 40 },
	);
	const polls = fc.array(
		fc.record({
			pause: fc.oneof(fc.nat(5 * MINUTE), fc.nat(DAY), fc.nat(15 * DAY)),
			how: fc.constantFrom('well', 'well', 'well', 'fails', 'cutShort', 'overtaken'),
			restart: fc.boolean(),
			pages: fc.nat(100),
		}),
		{ minLength: 1, maxLength: 40 },
	);

	it('over late records, day boundaries, restarts, failures, overlapping polls and clocks that differ', () => {
		fc.assert(
			fc.property(
				acts,
				polls,
				fc.integer({ min: -CLOCK_SKEW_MS, max: CLOCK_SKEW_MS }),
				fc.integer({ min: -12 * HOUR, max: 14 * HOUR }),
				fc.boolean(),
				fc.boolean(),
				// Of two months, or everything within a week.
				fc.constantFrom(1, 0.1),
				(made, schedule, skew, zone, newestFirst, savesOnEmitOnly, density) => {
					const all = made.map(({ at, late, status, kind }, index): Made => {
						const more = { id: `r${index}`, operationStatus: status, operationType: kind };
						const on = NOW + Math.trunc(at * density);
						return { record: record(on, more), at: on, listedAt: on + late };
					});
					/** What Partner Center lists: whole days, of its own zone. */
					const list = (now: number, day: string) => {
						const listed = all
							.filter(({ at, listedAt }) => listedAt <= now && dayOf(at + zone) >= day)
							.sort((a, b) => (newestFirst ? b.at - a.at : a.at - b.at));
						return listed.map((one) => one.record);
					};
					const emitted: string[] = [];
					const apply = (
						state: PollState,
						records: AuditRecord[],
						now: number,
						complete = true,
					) => {
						const step = nextState(state, CONFIRMED, readAt(records, now + skew, complete, now));
						emitted.push(...ids(step.emit));
						return step;
					};

					let now = NOW;
					const first = list(now, startDay(undefined, now + skew));
					let state = nextState(undefined, CONFIRMED, readAt(first, now + skew, true, now)).state;
					let saved = stored(state);
					for (const { pause, how, restart, pages } of schedule) {
						now += Math.trunc(pause * density);
						if (restart) state = readState(saved, CONFIRMED) as PollState;
						if (how === 'fails') continue;
						let records = list(now, startDay(state, now + skew));
						if (how === 'overtaken') {
							const later = apply(
								state,
								list(now + MINUTE, startDay(state, now + skew)),
								now + MINUTE,
							);
							state = later.state;
						}
						if (how === 'cutShort') records = records.slice(0, (records.length * pages) / 100);
						const step = apply(state, records, now, how !== 'cutShort');
						state = step.state;
						// With an older n8n, what a poll without an event changed is gone after a restart.
						if (how === 'overtaken' || step.emit.length > 0 || !savesOnEmitOnly)
							saved = stored(state);
					}
					// The last poll comes before anything is out of Partner Center's reach.
					const end = Math.max(now, NOW + 63 * DAY);
					const reach = dayOf(end + skew - 89 * DAY);
					apply(state, list(end, startDay(state, end + skew)), end);

					expect(new Set(emitted).size).toBe(emitted.length);
					for (const { record: one, at, listedAt } of all) {
						const isOurs = isEvent(CONFIRMED, one);
						const count = emitted.filter((id) => id === one.id).length;
						if (!isOurs || (listedAt <= NOW && at <= NOW) || at < NOW - 2 * CLOCK_SKEW_MS) {
							expect([one.id, count]).toEqual([one.id, 0]);
						} else if (at >= NOW && dayOf(at) > reach) {
							expect([one.id, count]).toEqual([one.id, 1]);
						}
					}
				},
			),
			{ numRuns: 2_000 },
		);
	});

	it('the hours that are remembered are never before what is settled', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(30 * DAY), { maxLength: 50 }), (dates) => {
				const listed = dates.map((at) => record(NOW + at));
				const { state } = nextState(activated(), CONFIRMED, readAt(listed, NOW + 30 * DAY));
				const ends = Object.keys(state.seen).map((hour) => (Number(hour) + 1) * HOUR);
				expect(ends.every((end) => end > state.from)).toBe(true);
			}),
		);
	});
});

describe('a test in the editor', () => {
	it('takes the latest events, the newest last', () => {
		const listed = Array.from({ length: 15 }, (_, index) => record(NOW - index * HOUR));
		const shown = latest([record(NOW, { operationStatus: 'failed' }), ...listed], CONFIRMED, 10);
		expect(ids(shown)).toEqual(ids(listed.slice(0, 10)).reverse());
	});
});
