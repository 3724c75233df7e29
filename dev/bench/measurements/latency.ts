/** S2: how close the node comes to a program without n8n when every answer takes its time. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import { figureOf, ratioOf, show } from '../statistics';
import { confirm } from '../workflows';
import { requireItems, runRound, type Bench, type Measurement } from './measurement';

const LATENCY_MS = 100;
/** The node's default. */
const CONCURRENCY = 10;
const MAX_OF_LIMIT = 1.1;
const PROGRAM = join(__dirname, '../axiosLimit.cjs');

const run = promisify(execFile);
const resultSchema = z.object({ wall: z.number(), cpu: z.number(), confirmed: z.number() });

/** The plain axios program, under the Node.js that runs n8n. */
async function axiosLimit({ place }: Bench, count: number): Promise<z.infer<typeof resultSchema>> {
	const { baseUrl } = place.emulator;
	const { access_token: token } = await place.emulator.issueTokens();
	const task = { baseUrl, token, count, concurrency: CONCURRENCY };
	const { stdout } = await run(place.installed.node, [PROGRAM, JSON.stringify(task)]);
	return resultSchema.parse(JSON.parse(stdout));
}

export const latency: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const count = sizes.latency;
	const ours: number[] = [];
	const limit: number[] = [];
	for (let round = 1; round <= sizes.rounds; round++) {
		progress(`S2 round ${round} of ${sizes.rounds}, ${count} items`);
		await place.emulator.prepare(count, { latency: LATENCY_MS });
		const { wall, items } = await runRound(bench, 'this node', confirm(count));
		requireItems('this node', items, [count, 0]);
		ours.push(wall / 1000);
		await place.emulator.prepare(count, { latency: LATENCY_MS });
		const plain = await axiosLimit(bench, count);
		requireItems('axios', [plain.confirmed], [count]);
		limit.push(plain.wall / 1000);
		progress(`  axios: ${(plain.wall / 1000).toFixed(1)} s`);
	}
	const ratio = ratioOf(ours, limit);
	return [
		{
			measured: `Latency ${LATENCY_MS} ms, Max Concurrency ${CONCURRENCY}, N = ${count}`,
			ours: `${show(figureOf(ours))} s`,
			beside: `axios without n8n: ${show(figureOf(limit))} s`,
			result: show(ratio),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
		},
	];
};
