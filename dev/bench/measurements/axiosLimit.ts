/** The plain axios program, under the Node.js that runs n8n. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import { requireItems, type Bench } from './measurement';

const PROGRAM = join(__dirname, '../axiosLimit.cjs');

const run = promisify(execFile);
const resultSchema = z.object({ wall: z.number(), confirmed: z.number() });

/** Whether connections are kept, and, where not, whether each has an agent of its own, as in n8n. */
export type Connections = 'kept' | 'new' | 'withOwnAgent';

interface Task {
	count: number;
	concurrency: number;
	/** Default kept. */
	connections?: Connections;
	/** Default the emulator's. */
	baseUrl?: string;
	environment?: NodeJS.ProcessEnv;
}

/**
 * Confirms so many customers.
 *
 * @returns milliseconds
 * @throws Error when not every customer was confirmed
 */
export async function axiosLimit(
	{ place }: Bench,
	{ environment, ...task }: Task,
): Promise<number> {
	const { access_token: token } = await place.emulator.issueTokens();
	const asked = { baseUrl: place.emulator.baseUrl, connections: 'kept', ...task, token };
	const { stdout } = await run(place.installed.node, [PROGRAM, JSON.stringify(asked)], {
		env: { ...process.env, ...environment },
	});
	const { wall, confirmed } = resultSchema.parse(JSON.parse(stdout));
	requireItems('axios', [confirmed], [task.count]);
	return wall;
}
