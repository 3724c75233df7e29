/** What the table says about a goal: a figure is no better than its rounds. */
import { spreadOf, type Figure } from './statistics';

/** The least and the most of the rounds may lie so far apart, as a share of their median. */
const STABLE_WITHIN = 0.15;
/** Fewer show nothing about how stable a figure is. */
const ENOUGH_ROUNDS = 5;

export interface Judged {
	/** Whether the median meets the goal; undefined for a line that only informs. */
	isReached?: boolean;
	/** The figure that the goal is about; 'fixed' where it can't vary, undefined where it was measured once. */
	judged?: Figure | 'fixed';
}

/** Empty for a line without a goal; a bare `yes` only for a figure that is stable over enough rounds. */
export function verdictOf({ isReached, judged }: Judged): string {
	if (isReached === undefined) return '';
	const met = isReached ? 'yes' : 'no';
	if (judged === 'fixed') return met;
	if (judged === undefined || judged.rounds === 1) return `${met}, once`;
	const few = judged.rounds < ENOUGH_ROUNDS ? `, ${judged.rounds} rounds` : '';
	const spread = spreadOf(judged);
	if (spread <= STABLE_WITHIN) return `${met}${few}`;
	const apart = Number.isFinite(spread) ? `: ${(spread * 100).toFixed(1)} % apart` : '';
	return `${isReached ? '' : 'no; '}not stable${apart}${few}`;
}
