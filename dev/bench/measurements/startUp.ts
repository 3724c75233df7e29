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
const resultSchema = z.object({ milliseconds: z.number(), firstExecution: z.number() });

export const startUp: Measurement = async ({ place, sizes, progress }) => {
	progress(`S6, ${sizes.loads} fresh processes`);
	const n8n = join(dirname(place.installed.bin), '..');
	const times: number[] = [];
	const firstExecutions: number[] = [];
	for (let load = 0; load < sizes.loads; load++) {
		const { stdout } = await run(place.installed.node, [PROGRAM, place.packageFolder, n8n], {
			// So n8n lets installed packages find the modules that it supplies.
			env: { ...process.env, NODE_PATH: join(n8n, '..') },
		});
		const { milliseconds, firstExecution } = resultSchema.parse(JSON.parse(stdout));
		times.push(milliseconds);
		firstExecutions.push(firstExecution);
	}
	const time = figureOf(times);
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
		},
	];
};
