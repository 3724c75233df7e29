/** S6: what the package adds to the start of n8n. */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import { figureOf, show } from '../statistics';
import type { Measurement } from './measurement';

const MAX_MS = 12;
const MAX_KILOBYTES = 90;
const PROGRAM = join(__dirname, '../requireTime.cjs');

const run = promisify(execFile);
const loadedSchema = z.object({ milliseconds: z.number(), firstExecution: z.number() });
type Loaded = z.infer<typeof loadedSchema>;

export const startUp: Measurement = async ({ place, sizes, progress }) => {
	const n8n = join(dirname(place.installed.bin), '..');
	const starts: number[] = [];
	const firstExecutions: number[] = [];
	for (let round = 1; round <= sizes.rounds; round++) {
		progress(`S6 round ${round} of ${sizes.rounds}, ${sizes.loads} fresh processes`);
		const loads: Loaded[] = [];
		while (loads.length < sizes.loads) {
			const { stdout } = await run(place.installed.node, [PROGRAM, place.packageFolder, n8n], {
				// So n8n lets installed packages find the modules that it supplies.
				env: { ...process.env, NODE_PATH: join(n8n, '..') },
			});
			loads.push(loadedSchema.parse(JSON.parse(stdout)));
		}
		starts.push(figureOf(loads.map(({ milliseconds }) => milliseconds)).median);
		firstExecutions.push(figureOf(loads.map(({ firstExecution }) => firstExecution)).median);
	}
	const time = figureOf(starts);
	const later = figureOf(firstExecutions);
	const kilobytes = statSync(place.tarball.file).size / 1024;
	return [
		{
			measured: 'Start-up: require of the built node, n8n-workflow and zod loaded',
			ours: `${show(time, 1)} ms`,
			beside: '',
			result: `${time.median.toFixed(1)} ms`,
			goal: `≤ ${MAX_MS} ms`,
			isReached: time.median <= MAX_MS,
			judged: time,
		},
		{
			measured: 'What the first execution of Confirm loads, once in a process',
			ours: `${show(later, 1)} ms`,
			beside: '',
			result: `${later.median.toFixed(1)} ms`,
			goal: '',
		},
		{
			measured: 'Size of the packed tarball',
			ours: `${kilobytes.toFixed(1)} kB`,
			beside: '',
			result: `${kilobytes.toFixed(1)} kB`,
			goal: `≤ ${MAX_KILOBYTES} kB`,
			isReached: kilobytes <= MAX_KILOBYTES,
			judged: 'fixed',
		},
	];
};
