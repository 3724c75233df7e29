/**
 * S4 and S5: whether an item of many costs more than an item of few, in time and in memory. Measured
 * in a process that is warm, as a running n8n is: otherwise the first thousand items would pay for
 * the compiling of everything behind them.
 */
import { figureOf, show, widest } from '../statistics';
import { warmConfirm, warmNoOperation } from '../workflows';
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

const FLAT_WITHIN = 0.1;
const MAX_BYTES = 8 * 1024;

async function confirmOnce(
	bench: Bench,
	count: number,
	options: { live?: boolean } = {},
): Promise<Round> {
	const { confirmed, existing } = outcomes(count);
	await bench.place.emulator.prepare(
		count + bench.sizes.warmUp,
		{},
		{ existingEvery: EXISTING_EVERY },
	);
	const round = await runRound(
		bench,
		`N = ${count}`,
		warmConfirm(count, bench.sizes.warmUp),
		options,
	);
	requireItems(`N = ${count}`, round.items, [confirmed, existing]);
	return round;
}

export const growth: Measurement = async (bench) => {
	const { sizes, place, progress } = bench;
	await place.bring(sizes.growth.map((count) => warmConfirm(count, sizes.warmUp)));
	const perItem = sizes.growth.map((count) => ({
		count,
		wall: [] as number[],
		cpu: [] as number[],
	}));
	for (let round = 1; round <= sizes.growthRounds; round++) {
		progress(`S4 round ${round} of ${sizes.growthRounds}`);
		for (const { count, wall, cpu } of perItem) {
			const found = await confirmOnce(bench, count);
			wall.push(found.wall / count);
			cpu.push(found.cpu / count);
		}
	}
	const counts = perItem.map(({ count }) => count.toLocaleString('en-US')).join(' / ');
	return (['wall', 'cpu'] as const).map((kind): Line => {
		const figures = perItem.map((one) => figureOf(one[kind]));
		const medians = figures.map(({ median }) => median);
		const apart = Math.max(...medians) / Math.min(...medians) - 1;
		return {
			measured: `Growth, ${kind === 'cpu' ? 'CPU' : 'wall'} time an item at N = ${counts}`,
			ours: `${figures.map((figure) => show(figure)).join(' / ')} ms`,
			beside: '',
			result: `${(apart * 100).toFixed(0)} % apart`,
			goal: `≤ ${FLAT_WITHIN * 100} %`,
			isReached: apart <= FLAT_WITHIN,
			judged: widest(figures),
		};
	});
};

async function nothingOnce(
	bench: Bench,
	count: number,
	options: { live?: boolean } = {},
): Promise<Round> {
	await bench.place.emulator.prepare(
		count + bench.sizes.warmUp,
		{},
		{ existingEvery: EXISTING_EVERY },
	);
	const round = await runRound(
		bench,
		'No Operation',
		warmNoOperation(count, bench.sizes.warmUp),
		options,
	);
	requireItems('No Operation', round.items, [count]);
	return round;
}

export const memory: Measurement = async (bench) => {
	const count = bench.sizes.memory;
	bench.progress(`S5, ${count} items: live memory, with garbage collected every two seconds`);
	const { warmUp } = bench.sizes;
	await bench.place.bring([warmConfirm(count, warmUp), warmNoOperation(count, warmUp)]);
	const ours = await confirmOnce(bench, count, { live: true });
	const nothing = await nothingOnce(bench, count, { live: true });
	bench.progress('S5: the same processes left alone');
	const alone = await confirmOnce(bench, count);
	const nothingAlone = await nothingOnce(bench, count);
	const line = (measured: string, mine: number, idle: number): Line => {
		const bytes = (mine - idle) / count;
		return {
			measured: `${measured}, N = ${count}`,
			ours: `${(mine / 2 ** 20).toFixed(0)} MB`,
			beside: `No Operation in its place: ${(idle / 2 ** 20).toFixed(0)} MB`,
			result: `${(bytes / 1024).toFixed(1)} kB an item more`,
			goal: `≤ ${MAX_BYTES / 1024} kB`,
			isReached: bytes <= MAX_BYTES,
		};
	};
	return [
		line('Peak of live memory', ours.peakLive, nothing.peakLive),
		line('Peak of the process, garbage included', alone.peak, nothingAlone.peak),
	];
};
