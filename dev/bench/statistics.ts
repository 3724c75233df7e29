/** Figures of several rounds as one. */

export interface Figure {
	median: number;
	least: number;
	most: number;
	/** How many values it is of. */
	rounds: number;
}

/** @throws Error when there is no figure at all: an empty measurement is a broken one */
export function figureOf(values: number[]): Figure {
	const sorted = [...values].sort((a, b) => a - b);
	const [least, most] = [sorted[0], sorted.at(-1)];
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.ceil(sorted.length / 2) - 1];
	if (least === undefined || most === undefined || upper === undefined || lower === undefined) {
		throw new Error('Nothing was measured');
	}
	return { median: (lower + upper) / 2, least, most, rounds: values.length };
}

/** The ratio of medians; as far apart as the rounds lay: round by round, since they are interleaved. */
export function ratioOf(ours: number[], theirs: number[]): Figure {
	const byRound = figureOf(ours.map((value, round) => value / (theirs[round] ?? NaN)));
	return { ...byRound, median: figureOf(ours).median / figureOf(theirs).median };
}

/** How far the rounds lie apart, as a share of the median. */
export function spreadOf({ median, least, most }: Figure): number {
	return least === most ? 0 : (most - least) / median;
}

/**
 * The one whose rounds lie furthest apart.
 * @throws Error when there is no figure at all
 */
export function widest(figures: Figure[]): Figure {
	return figures.reduce((most, one) => (spreadOf(one) > spreadOf(most) ? one : most));
}

/** `1.23 (1.20–1.31)`; the median alone where it is the only one. */
export function show({ median, least, most }: Figure, digits = 2): string {
	const middle = median.toFixed(digits);
	return least === most ? middle : `${middle} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
