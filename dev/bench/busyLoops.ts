/** Processes that take all the time of a processor, each of one: the other program on the machine. */
import { spawn } from 'node:child_process';

/** Ends itself when its parent is gone, which closes the channel. */
const LOOP =
	"process.on('disconnect', () => process.exit()); setInterval(() => { for (const end = Date.now() + 1000; Date.now() < end; ); });";

/** @returns ends them */
export function startBusyLoops(count: number): () => void {
	const loops = Array.from({ length: count }, () =>
		spawn(process.execPath, ['--eval', LOOP], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
	);
	return () => {
		for (const one of loops) one.kill();
	};
}
