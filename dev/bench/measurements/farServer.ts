/**
 * S11: a server behind TLS, as far away as Microsoft's may be. n8n's request helper makes an agent for
 * each request (`buildNodeAgents` of @n8n/backend-network), so each pays for a connection and a
 * handshake; `keepAlive` in a request's `agentOptions` would only leave idle connections behind. The
 * plain program pays for connections without keep-alive too, but its agent takes up earlier TLS
 * sessions; so it runs with an agent for each request as well, and with keep-alive.
 */
import { startFarServer } from '../delayingProxy';
import { figureOf, ratioOf, show } from '../statistics';
import { confirm } from '../workflows';
import { axiosLimit, type Connections } from './axiosLimit';
import { requireItems, runRound, type Bench, type Line, type Measurement } from './measurement';

const ROUND_TRIP_MS = 80;
const CONCURRENCIES = [10, 25];
const MAX_OF_LIMIT = 1.1;

const PLAIN: readonly Connections[] = ['new', 'withOwnAgent', 'kept'];

/** Seconds, by round. */
type Times = Record<'ours' | Connections, number[]>;

async function oneRound(
	bench: Bench,
	concurrency: number,
	{ baseUrl, caFile }: { baseUrl: string; caFile: string },
	times: Times,
): Promise<void> {
	const { place, sizes, progress } = bench;
	const count = sizes.farServer;
	const environment = { NODE_EXTRA_CA_CERTS: caFile };
	await place.emulator.prepare(count, {});
	const { wall, items } = await runRound(bench, 'this node', confirm(count, concurrency), {
		environment,
	});
	requireItems('this node', items, [count, 0]);
	times.ours.push(wall / 1000);
	for (const connections of PLAIN) {
		await place.emulator.prepare(count, {});
		const task = { count, concurrency, connections, baseUrl, environment };
		const plain = await axiosLimit(bench, task);
		times[connections].push(plain / 1000);
		progress(`  axios, connections ${connections}: ${(plain / 1000).toFixed(1)} s`);
	}
}

export const farServer: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const count = sizes.farServer;
	const far = await startFarServer(place.emulator.baseUrl, ROUND_TRIP_MS, place.folder);
	try {
		await place.useServer(far.baseUrl);
		await place.bring(CONCURRENCIES.map((concurrency) => confirm(count, concurrency)));
		const lines: Line[] = [];
		for (const concurrency of CONCURRENCIES) {
			const times: Times = { ours: [], new: [], withOwnAgent: [], kept: [] };
			for (let round = 1; round <= sizes.rounds; round++) {
				progress(
					`S11 round ${round} of ${sizes.rounds}, ${count} items, Max Concurrency ${concurrency}`,
				);
				await oneRound(bench, concurrency, far, times);
			}
			lines.push(...linesOf(concurrency, count, times));
		}
		return lines;
	} finally {
		await place.useServer(place.emulator.baseUrl);
		far.close();
	}
};

function linesOf(
	concurrency: number,
	count: number,
	{ ours, new: withoutKeepAlive, withOwnAgent, kept }: Times,
): Line[] {
	const ratio = ratioOf(ours, withoutKeepAlive);
	const measured = `TLS, round trip ${ROUND_TRIP_MS} ms, Max Concurrency ${concurrency}, N = ${count}`;
	const seconds = `${show(figureOf(ours))} s`;
	return [
		{
			measured,
			ours: seconds,
			beside: `axios without keep-alive: ${show(figureOf(withoutKeepAlive))} s`,
			result: show(ratio),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
			judged: ratio,
		},
		{
			measured: `${measured}: beside n8n's way of connecting`,
			ours: seconds,
			beside: `axios with an agent for each request: ${show(figureOf(withOwnAgent))} s`,
			result: show(ratioOf(ours, withOwnAgent)),
			goal: '',
		},
		{
			measured: `${measured}: what missing keep-alive costs`,
			ours: seconds,
			beside: `axios with keep-alive: ${show(figureOf(kept))} s`,
			result: show(ratioOf(ours, kept)),
			goal: '',
		},
	];
}
