/** Reads the dates that Partner Center sends. They are in UTC, with or without saying so. */

/**
 * @param text ISO, with or without the zone; then UTC
 * @returns milliseconds since 1970; NaN when it is no date
 */
export function parseUtc(text: string | null | undefined): number {
	const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text ?? '');
	return Date.parse(hasZone ? (text ?? '') : `${text ?? ''}Z`);
}
