/** Processes that take all the time of a processor, each of one: the other program on the machine. */
import { spawn } from 'node:child_process';

/** A loop ends itself when its parent is gone. */
const LOOP =
	'const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.exit(); for (const end = Date.now() + 1000; Date.now() < end; ); });';

/** @returns ends them */
export function startBusyLoops(count: number): () => void {
	const loops = Array.from({ length: count }, () =>
		spawn(process.execPath, ['--eval', LOOP], { stdio: 'ignore' }),
	);
	return () => {
		for (const one of loops) one.kill();
	};
}
