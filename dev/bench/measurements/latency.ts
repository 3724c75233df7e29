/**
 * S2: how close the node comes to a program without n8n when every answer takes its time, on a machine
 * that does nothing else and on one that does.
 */
import { availableParallelism } from 'node:os';

import { startBusyLoops } from '../busyLoops';
import { figureOf, ratioOf, show } from '../statistics';
import { confirm } from '../workflows';
import { axiosLimit } from './axiosLimit';
import { requireItems, runRound, type Bench, type Line, type Measurement } from './measurement';

const LATENCY_MS = 100;
/** The node's default. */
const CONCURRENCY = 10;
const MAX_OF_LIMIT = 1.1;
const MAX_OF_LIMIT_SLOWED = 1.2;
const BESIDE = ', beside a program that keeps every processor busy';
async function rounds(bench: Bench, beside: string): Promise<{ ours: number[]; limit: number[] }> {
	const { place, sizes, progress } = bench;
	const count = sizes.latency;
	const ours: number[] = [];
	const limit: number[] = [];
	for (let round = 1; round <= sizes.rounds; round++) {
		progress(`S2 round ${round} of ${sizes.rounds}, ${count} items${beside}`);
		await place.emulator.prepare(count, { latency: LATENCY_MS });
		const { wall, items } = await runRound(bench, 'this node', confirm(count));
		requireItems('this node', items, [count, 0]);
		ours.push(wall / 1000);
		await place.emulator.prepare(count, { latency: LATENCY_MS });
		const plain = await axiosLimit(bench, { count, concurrency: CONCURRENCY });
		limit.push(plain / 1000);
		progress(`  axios: ${(plain / 1000).toFixed(1)} s`);
	}
	return { ours, limit };
}

export const latency: Measurement = async (bench) => {
	await bench.place.bring([confirm(bench.sizes.latency)]);
	const quiet = await rounds(bench, '');
	const stopLoops = startBusyLoops(availableParallelism());
	const slowed = await rounds(bench, BESIDE).finally(stopLoops);
	const measured = `Latency ${LATENCY_MS} ms, Max Concurrency ${CONCURRENCY}, N = ${bench.sizes.latency}`;
	return [
		lineOf(measured, quiet, MAX_OF_LIMIT),
		lineOf(`${measured}${BESIDE}`, slowed, MAX_OF_LIMIT_SLOWED),
	];
};

function lineOf(
	measured: string,
	{ ours, limit }: { ours: number[]; limit: number[] },
	most: number,
): Line {
	const ratio = ratioOf(ours, limit);
	return {
		measured,
		ours: `${show(figureOf(ours))} s`,
		beside: `axios without n8n: ${show(figureOf(limit))} s`,
		result: show(ratio),
		goal: `≤ ${most.toFixed(2)}`,
		isReached: ratio.median <= most,
		judged: ratio,
	};
}
