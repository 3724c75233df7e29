// S4 and S5: whether an item of many costs more than an item of few, in time and in memory. Measured
// in a process that is warm, as a running n8n is: otherwise the first thousand items would pay for
// the compiling of everything behind them.
import { WARM_UP, warmConfirm, warmNoOperation } from '../workflows';
import {
	EXISTING_EVERY,
	outcomes,
	requireItems,
	runRound,
	type Bench,
	type Line,
	type Measurement,
} from './measurement';
import type { Round } from '../BenchPlace';

const FLAT_WITHIN = 0.15;
const MOST_BYTES = 4 * 1024;

/** The largest run of S4 is the one that S5 looks at as well. */
const runs = new WeakMap<Bench, Map<number, Round>>();

async function confirmMany(bench: Bench, count: number): Promise<Round> {
	const known = runs.get(bench) ?? new Map<number, Round>();
	runs.set(bench, known);
	const before = known.get(count);
	if (before !== undefined) return before;
	const { confirmed, existing } = outcomes(count);
	await bench.place.emulator.prepare(count + WARM_UP, {}, { existingEvery: EXISTING_EVERY });
	const round = await runRound(bench, `N = ${count}`, warmConfirm(count));
	requireItems(`N = ${count}`, round.items, [confirmed, existing]);
	known.set(count, round);
	return round;
}

export const growth: Measurement = async (bench) => {
	bench.progress('S4, one run for each N');
	const perItem: { count: number; wall: number; cpu: number }[] = [];
	for (const count of bench.sizes.growth) {
		const { wall, cpu } = await confirmMany(bench, count);
		perItem.push({ count, wall: wall / count, cpu: cpu / count });
	}
	const counts = perItem.map(({ count }) => count.toLocaleString('en-US')).join(' / ');
	return (['wall', 'cpu'] as const).map((kind): Line => {
		const values = perItem.map((one) => one[kind]);
		const apart = Math.max(...values) / Math.min(...values) - 1;
		return {
			measured: `Growth, ${kind === 'cpu' ? 'CPU' : 'wall'} time an item at N = ${counts}`,
			ours: `${values.map((value) => value.toFixed(2)).join(' / ')} ms`,
			beside: '',
			result: `${(apart * 100).toFixed(0)} % apart`,
			goal: `≤ ${FLAT_WITHIN * 100} %`,
			isReached: apart <= FLAT_WITHIN,
		};
	});
};

export const memory: Measurement = async (bench) => {
	const count = bench.sizes.memory;
	bench.progress(`S5, ${count} items`);
	const ours = await confirmMany(bench, count);
	await bench.place.emulator.prepare(count + WARM_UP, {}, { existingEvery: EXISTING_EVERY });
	const idle = await runRound(bench, 'No Operation', warmNoOperation(count));
	requireItems('No Operation', idle.items, [count]);
	const bytes = (ours.peak - idle.peak) / count;
	const megabytes = (round: Round) => `${(round.peak / 2 ** 20).toFixed(0)} MB`;
	return [
		{
			measured: `Peak memory, N = ${count}`,
			ours: megabytes(ours),
			beside: `No Operation in its place: ${megabytes(idle)}`,
			result: `${(bytes / 1024).toFixed(1)} kB an item more`,
			goal: `≤ ${MOST_BYTES / 1024} kB`,
			isReached: bytes <= MOST_BYTES,
		},
	];
};
