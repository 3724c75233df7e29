/** Time, as the client needs it: a clock, and the dates that Partner Center sends. */

export const DAY_MS = 24 * 60 * 60_000;
/** How far the clocks of n8n, of Microsoft and of a CRM may be apart without anybody's fault. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** Whoever uses the client supplies it. */
export interface Clock {
	/** The present, in milliseconds since 1970. */
	now(): number;
	/** Milliseconds since some moment, on a clock that nobody sets: for how long something took. */
	monotonic(): number;
	/**
	 * Waits that many milliseconds, but no longer than the execution goes on.
	 *
	 * @throws {CancelledError} at once, when the execution is cancelled
	 */
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 up to, not including, 1. */
	random(): number;
}

/**
 * Partner Center's dates are in UTC, with or without saying so.
 *
 * @param text ISO
 * @returns milliseconds since 1970; NaN when it is no date
 */
export function parseUtc(text: string | null | undefined): number {
	const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text ?? '');
	return Date.parse(hasZone ? (text ?? '') : `${text ?? ''}Z`);
}
