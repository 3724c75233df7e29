/** Dates of agreements: read as UTC, and listed without `Z` as Microsoft's examples show them. */
const DATE_TIME =
	/^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970, or undefined when the text is not a real date-time. */
export function parseAgreementDate(text: string): number | undefined {
	const match = DATE_TIME.exec(text.trim());
	if (match === null) return undefined;
	const [, date = '', time = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
	const milliseconds = fraction.slice(0, 4);
	const instant = Date.parse(`${date}T${time}:${seconds}${milliseconds}${zone}`);
	// Date.parse rolls 30 February over to March; a calendar that comes back changed was not real.
	const calendar = new Date(`${date}T00:00:00Z`);
	if (Number.isNaN(instant) || Number.isNaN(calendar.getTime())) return undefined;
	return calendar.toISOString().startsWith(date) ? instant : undefined;
}

/** `2019-08-26T00:00:00`, with the fraction only when there is one. */
export function formatListedDate(text: string): string {
	const instant = parseAgreementDate(text);
	if (instant === undefined) return text;
	return new Date(instant).toISOString().replace(/\.?0*Z$/, '');
}
