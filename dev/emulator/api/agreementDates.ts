/**
 * Dates in bodies and queries: read as .NET's invariant culture reads them, as UTC where they have no
 * zone, and listed without `Z` as Microsoft's examples show them.
 */
const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/i;
/** `11/24/2026 12:00:00 AM` in the example of the activity log, `11/21/2026 04:31:13` of the .NET SDK. */
const MONTH_FIRST =
	/^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: (AM|PM))?)?$/i;

/** Milliseconds since 1970, or undefined when the text is not a real date-time. */
export function parseAgreementDate(text: string): number | undefined {
	const match = ISO.exec(monthFirstAsIso(text.trim()) ?? text.trim());
	if (match === null) return undefined;
	const [, date = '', time = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
	const milliseconds = fraction.slice(0, 4);
	const instant = Date.parse(`${date}T${time}:${seconds}${milliseconds}${zone.toUpperCase()}`);
	// Date.parse rolls 30 February over to March; a calendar that comes back changed was not real.
	const calendar = new Date(`${date}T00:00:00Z`);
	if (Number.isNaN(instant) || Number.isNaN(calendar.getTime())) return undefined;
	return calendar.toISOString().startsWith(date) ? instant : undefined;
}

function monthFirstAsIso(text: string): string | undefined {
	const match = MONTH_FIRST.exec(text);
	if (match === null) return undefined;
	const [, month = '', day = '', year = '', hour = '0', minute = '00', second = '00', half] = match;
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return `${date}T${hourOf(hour, half).padStart(2, '0')}:${minute}:${second}`;
}

/** Twelve is the first hour of its half; other hours than 1 to 12 have none, and are no time then. */
function hourOf(hour: string, half: string | undefined): string {
	if (half === undefined) return hour;
	if (Number(hour) < 1 || Number(hour) > 12) return 'no hour';
	return String((Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0));
}

/** `2018-06-14T00:00:00.000Z`, as a confirmation answers it, whatever its zone was. */
export function formatConfirmedDate(text: string): string {
	const instant = parseAgreementDate(text);
	return instant === undefined ? text : new Date(instant).toISOString();
}

/** `2019-08-26T00:00:00`, with the fraction only when there is one. */
export function formatListedDate(text: string): string {
	const instant = parseAgreementDate(text);
	if (instant === undefined) return text;
	return new Date(instant).toISOString().replace(/\.?0*Z$/, '');
}
