/**
 * S13: what a poll of the trigger takes over a long activity log, and what n8n has to keep afterwards.
 */
import { figureOf, show } from '../statistics';
import type { Measurement } from './measurement';
import type { Polled } from './pollInEngine';

const MAX_SECONDS = 2;
const MAX_BYTES = 64 * 1024;

export const poll: Measurement = async (bench) => {
	const count = bench.sizes.auditRecords;
	// Loaded now: n8n's engine changes the environment that n8n's own processes would inherit.
	const { pollOnce } = await import('./pollInEngine');
	const found: Polled[] = [];
	for (let number = 1; number <= bench.sizes.rounds; number++) {
		bench.progress(`S13 round ${number} of ${bench.sizes.rounds}, ${count} records`);
		const polled = await pollOnce(bench, count);
		if (polled.items !== count) {
			throw new Error(`One poll gave out ${polled.items} records of ${count}`);
		}
		found.push(polled);
	}
	const seconds = figureOf(found.map((one) => one.seconds));
	const state = figureOf(found.map(({ stateBytes }) => stateBytes / 1024));
	return [
		{
			measured: `Trigger, a poll over ${count} records, latency 0 ms`,
			ours: `${show(seconds)} s`,
			beside: '',
			result: `${show(seconds)} s`,
			goal: `≤ ${MAX_SECONDS} s`,
			isReached: seconds.median <= MAX_SECONDS,
			judged: seconds,
		},
		{
			measured: `Trigger, what n8n keeps after ${count} records`,
			ours: `${show(state, 1)} kB`,
			beside: '',
			result: `${show(state, 1)} kB`,
			goal: `≤ ${MAX_BYTES / 1024} kB`,
			isReached: state.median <= MAX_BYTES / 1024,
			judged: state,
		},
	];
};
