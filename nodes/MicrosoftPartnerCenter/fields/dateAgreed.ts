/**
 * The date of acceptance, from whatever a CRM calls a date to the UTC instant that Partner Center
 * expects. What is ambiguous or can't be true is refused, with the rule.
 */
import { CLOCK_SKEW_MS, DAY_MS } from '../client/clock';
import { cleanText, faultOfCode, isBlank } from './cleanText';
import type { Field, Schema } from './field';
import { schemaOfReader, type Reading, type ValueFault } from './reading';

export interface DateContext {
	/** IANA name of the time zone for date-times that carry no offset, e.g. `Europe/Amsterdam`. */
	timeZone: string;
	/** The present, in milliseconds since 1970. */
	now: number;
}

/** As milliseconds, numbers below this lie before 1973-03-03: they are seconds, or no date at all. */
const MIN_EPOCH_MS = 100_000_000_000;
/** Empty dates of databases (0001-01-01, 1900-01-01, 1970-01-01) lie before, agreements after. */
const MIN_DATE_MS = Date.UTC(2000, 0, 1);

/** Spreadsheets count the days since then; these numbers are the days of 2000 to 2099. */
const SPREADSHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
const FIRST_DAY_NUMBER = 36_526;
const LAST_DAY_NUMBER = 73_051;

const FORMATS =
	'Use an ISO date such as 2018-06-14, a date-time such as 2018-06-14T09:30:00Z, or milliseconds since 1970 such as 1528934400000.';

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Reads a date of acceptance:
 * - with an offset: that instant; without: in the given time zone;
 * - a bare date: that calendar date at 00:00 UTC, or the present when that is today in the time
 *   zone and 00:00 UTC still lies ahead;
 * - a number or a numeric text: milliseconds since 1970.
 *
 * @param value text, a number, a Date, or an object with `toMillis()` (n8n's own dates)
 * @returns UTC with milliseconds, e.g. `2018-06-14T00:00:00.000Z`, or what is wrong with the value
 */
export function readDateAgreed(value: unknown, context: DateContext): Reading<string> {
	const instant = readInstant(value, context);
	if (typeof instant !== 'number') return instant;
	// A date by a clock that is a little ahead of ours is not in the future.
	if (instant > context.now + CLOCK_SKEW_MS) {
		const zoneless = timeWithoutZone(value);
		return zoneless === undefined
			? {
					fault: 'lies in the future',
					fix: 'An agreement can be confirmed once it was accepted: use the date of acceptance.',
				}
			: {
					fault: `lies in the future, read as ${zoneless} in ${context.timeZone}`,
					fix: 'Add Z to it if it is UTC, or set the time zone in the settings of the workflow. An agreement can be confirmed once it was accepted.',
				};
	}
	if (instant < MIN_DATE_MS) {
		return {
			fault: 'lies before the year 2000, like the empty date of a database',
			fix: 'Use the date on which the customer accepted the agreement.',
		};
	}
	return { value: new Date(instant).toISOString() };
}

function readInstant(value: unknown, context: DateContext): number | ValueFault {
	if (typeof value === 'number') return fromEpoch(value);
	if (value instanceof Date) return fromMillis(value.getTime());
	if (isDateObject(value)) return fromMillis(value.toMillis());
	if (typeof value !== 'string') return { fault: 'is not a date', fix: FORMATS };
	const text = cleaned(value);
	if (/^[+-]?\d+(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
	const match = ISO.exec(text);
	if (match === null) {
		const found = faultOfCode(value);
		return found === undefined
			? { fault: 'is not a date that can be read unambiguously', fix: FORMATS }
			: { fault: found.fault, fix: FORMATS };
	}
	return fromParts(match, context);
}

/** A date-time that does not say of which zone it is, as it was read; undefined for any other value. */
function timeWithoutZone(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const match = ISO.exec(cleaned(value));
	return match?.[4] !== undefined && match[8] === undefined ? match[0] : undefined;
}

function cleaned(text: string): string {
	const reading = cleanText(text, 'remove');
	return 'text' in reading ? reading.text : text;
}

function isDateObject(value: unknown): value is { toMillis(): number } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'toMillis' in value &&
		typeof value.toMillis === 'function'
	);
}

function fromMillis(ms: number): number | ValueFault {
	return Number.isFinite(ms) ? ms : { fault: 'is not a valid date', fix: FORMATS };
}

function fromEpoch(value: number): number | ValueFault {
	if (Number.isFinite(value) && value >= MIN_EPOCH_MS && value <= 8.64e15) return Math.trunc(value);
	if (value >= FIRST_DAY_NUMBER && value < LAST_DAY_NUMBER) {
		const day = new Date(SPREADSHEET_EPOCH_MS + Math.trunc(value) * DAY_MS);
		return {
			fault: `is a spreadsheet's day number: it stands for ${day.toISOString().slice(0, 10)}`,
			fix: `Have the spreadsheet write a date. ${FORMATS}`,
		};
	}
	return {
		fault: 'is a number, but not of milliseconds since 1970',
		fix: `Seconds have to be multiplied by 1000. ${FORMATS}`,
	};
}

function fromParts(match: RegExpExecArray, context: DateContext): number | ValueFault {
	const part = (index: number) => Number(match[index] ?? 0);
	const [year, month, day] = [part(1), part(2), part(3)];
	const [hour, minute, second] = [part(4), part(5), part(6)];
	const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));

	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	const isCalendarDate =
		date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	if (!isCalendarDate || hour > 23 || minute > 59 || second > 59) {
		return { fault: 'is not a date or time that exists', fix: FORMATS };
	}
	const wall = date.setUTCHours(hour, minute, second, millisecond);

	if (match[4] === undefined) {
		// In a time zone east of UTC, today's date begins before it does in UTC: then it means now.
		if (wall <= context.now) return wall;
		return inZone(context, (zone) =>
			calendarDate(context.now, zone) === match[0] ? context.now : wall,
		);
	}
	const zone = match[8];
	if (zone === undefined) return inZone(context, (name) => inTimeZone(wall, name));
	const offset = readOffset(zone);
	if (offset === undefined)
		return { fault: 'has a time-zone offset that does not exist', fix: FORMATS };
	return wall - offset;
}

/** @returns by how many milliseconds the zone is ahead of UTC */
function readOffset(zone: string): number | undefined {
	if (zone.toUpperCase() === 'Z') return 0;
	const hours = Number(zone.slice(1, 3));
	const minutes = Number(zone.slice(3).replace(':', '') || 0);
	if (hours > 14 || minutes > 59) return undefined;
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** The time zone comes from the workflow's settings; `Intl` throws for a name that it does not know. */
function inZone(
	{ timeZone }: DateContext,
	read: (timeZone: string) => number,
): number | ValueFault {
	try {
		return read(timeZone);
	} catch {
		return {
			fault: `needs the workflow's time zone, and "${timeZone}" is none`,
			fix: "Choose a time zone in the workflow's settings, or use a date with an offset.",
		};
	}
}

/**
 * The instant at which clocks in the time zone show that time: of two, the first; in the gap that
 * spring leaves, the later of the two that it could be.
 */
function inTimeZone(wall: number, timeZone: string): number {
	const before = wall - offsetAt(wall - DAY_MS, timeZone);
	const after = wall - offsetAt(wall + DAY_MS, timeZone);
	const shown = [before, after].filter((instant) => instant + offsetAt(instant, timeZone) === wall);
	return shown.length > 0 ? Math.min(...shown) : Math.max(before, after);
}

/** @returns by how many milliseconds clocks in the time zone are ahead of UTC at that instant */
function offsetAt(instant: number, timeZone: string): number {
	const shown = partsAt(instant, timeZone);
	const wall = Date.UTC(
		shown('year'),
		shown('month') - 1,
		shown('day'),
		shown('hour'),
		shown('minute'),
		shown('second'),
	);
	return wall - Math.floor(instant / 1000) * 1000;
}

function calendarDate(instant: number, timeZone: string): string {
	const shown = partsAt(instant, timeZone);
	const twoDigits = (part: 'month' | 'day') => String(shown(part)).padStart(2, '0');
	return `${String(shown('year')).padStart(4, '0')}-${twoDigits('month')}-${twoDigits('day')}`;
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A cache: making a formatter takes longer than using it. */
const formatterCacheByZone = new Map<string, Intl.DateTimeFormat>();

/** Locale and calendar are fixed: what a machine is set to must not change a legal date. */
function formatterFor(timeZone: string): Intl.DateTimeFormat {
	const known = formatterCacheByZone.get(timeZone);
	if (known !== undefined) return known;
	const formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	formatterCacheByZone.set(timeZone, formatter);
	return formatter;
}

function partsAt(instant: number, timeZone: string): (part: Part) => number {
	const parts = formatterFor(timeZone).formatToParts(instant);
	return (name) => Number(parts.find(({ type }) => type === name)?.value ?? 0);
}

/** @returns the schema of a date of acceptance; see `readDateAgreed` for what it takes */
export function dateAgreed(timeZone: string, now: () => number): Schema<string> {
	return schemaOfReader((raw) =>
		isBlank(raw)
			? { fault: 'is empty', fix: 'Map the date on which the customer accepted the agreement.' }
			: readDateAgreed(raw, { timeZone, now: now() }),
	);
}

export const dateAgreedField: Field<string> = {
	property: {
		displayName: 'Date Agreed',
		name: 'dateAgreed',
		type: 'dateTime',
		// A picked day stays that day: with a time, it would be midnight in the workflow's time zone,
		// which east of UTC is the day before.
		typeOptions: { dateOnly: true },
		required: true,
		default: '',
		placeholder: 'e.g. 2025-06-12',
		description:
			"When the customer accepted the agreement: an ISO date or date-time, or milliseconds since 1970. Date-times without an offset are in the workflow's time zone. Not in the future.",
	},
	schema: (workflow) => dateAgreed(workflow.getTimezone(), () => Date.now()),
};
