/**
 * S7: Get Status, two requests for each customer, under a limit. The emulator's bucket holds one
 * second's worth, as in S3.
 */
import { getStatus } from '../workflows';
import { requireItems, runRound, type Measurement } from './measurement';

const PER_MINUTE = 6_000;
const BURST = PER_MINUTE / 60;
const LATENCY_MS = 50;
const REQUESTS_PER_CUSTOMER = 2;
const MAX_OF_LIMIT = 1.05;

export const status: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const count = sizes.status;
	progress(`S7, ${count} customers`);
	await place.emulator.prepare(count, {
		latency: LATENCY_MS,
		rateLimit: PER_MINUTE,
		rateBurst: BURST,
	});
	const { wall, items } = await runRound(bench, 'this node', getStatus(count));
	requireItems('this node', items, [count]);
	const allowed = ((count * REQUESTS_PER_CUSTOMER - BURST) / PER_MINUTE) * 60;
	const ratio = wall / 1000 / allowed;
	return [
		{
			measured: `Get Status, latency ${LATENCY_MS} ms, limit ${PER_MINUTE} a minute, N = ${count}`,
			ours: `${(wall / 1000).toFixed(1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s`,
			result: ratio.toFixed(3),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio <= MAX_OF_LIMIT,
		},
	];
};
