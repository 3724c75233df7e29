/** The shape of a measurement and of a line that it puts into the table. */
import type { BenchPlace, ExecuteOptions, Round } from '../BenchPlace';
import type { Sizes } from '../settings';
import type { Judged } from '../verdict';
import type { Contender } from '../workflows';

/** A line of the table. */
export interface Line extends Judged {
	/** What was measured. */
	measured: string;
	/** This package's figure, with its unit. */
	ours: string;
	/** What it is compared with. */
	beside: string;
	/** The result that the goal is about; empty where there is none. */
	result: string;
	goal: string;
}

export interface Bench {
	place: BenchPlace;
	sizes: Sizes;
	progress(line: string): void;
}

export type Measurement = (bench: Bench) => Promise<Line[]>;

/** Every how many customers one has its agreement already, so that both outcomes happen. */
export const EXISTING_EVERY = 10;

/** @throws Error when a run lost, repeated or misplaced a customer: then its time means nothing */
export function requireItems(what: string, items: number[], expected: number[]): void {
	if (expected.some((count, output) => items[output] !== count)) {
		throw new Error(
			`${what}: ${items.join(' + ')} items came out, expected ${expected.join(' + ')}`,
		);
	}
}

/** How many of so many customers are confirmed, and how many were there before. */
export function outcomes(count: number): { confirmed: number; existing: number } {
	const existing = Math.ceil(count / EXISTING_EVERY);
	return { confirmed: count - existing, existing };
}

/** One round of one contender, told as it goes. */
export async function runRound(
	{ place, progress }: Bench,
	name: string,
	contender: Contender,
	options: ExecuteOptions = {},
): Promise<Round> {
	const round = await place.execute(contender, options);
	progress(
		`  ${name}: ${(round.wall / 1000).toFixed(1)} s, CPU ${(round.cpu / 1000).toFixed(1)} s`,
	);
	return round;
}
