/**
 * Instants as .NET counts them: ticks of 100 nanoseconds since the year 1. Partner Center writes
 * them into the ids of audit records, and into dates as a fraction of seven digits.
 */
const TICKS_AT_1970 = 621_355_968_000_000_000n;
const TICKS_PER_MILLISECOND = 10_000n;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?Z$/;

export function ticksOf(milliseconds: number): bigint {
	return BigInt(Math.trunc(milliseconds)) * TICKS_PER_MILLISECOND + TICKS_AT_1970;
}

/** Reads a UTC date-time with up to seven digits after the second; undefined for anything else. */
export function parseTicks(text: string): bigint | undefined {
	const [, seconds = '', fraction = ''] = DATE_TIME.exec(text) ?? [];
	const milliseconds = Date.parse(`${seconds}Z`);
	return Number.isNaN(milliseconds)
		? undefined
		: ticksOf(milliseconds) + BigInt(fraction.padEnd(7, '0'));
}

/** `2020-09-02T23:26:19.7753934Z` */
export function formatTicks(ticks: bigint): string {
	const sinceEpoch = ticks - TICKS_AT_1970;
	const milliseconds = Number(sinceEpoch / TICKS_PER_MILLISECOND);
	const rest = String(sinceEpoch % TICKS_PER_MILLISECOND).padStart(4, '0');
	return new Date(milliseconds).toISOString().replace('Z', `${rest}Z`);
}
