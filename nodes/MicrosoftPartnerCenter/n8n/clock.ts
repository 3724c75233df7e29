/** Time under n8n: its own `sleep` is the only timer that a node may use, and it can't be cut short. */
import { sleep } from 'n8n-workflow';

import type { Clock } from '../client/clock';
import { CancelledError } from '../client/http';
import { cancelSignalOf, type RequestContext } from './context';

/** The clock of this process, which no execution's end cuts short. */
export const processClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	random: () => Math.random(),
	sleep: async (milliseconds) => await sleep(milliseconds),
};

/** The clock of an execution: its sleep ends with it. */
export function createClock(context: RequestContext): Clock {
	return {
		...processClock,
		sleep: async (milliseconds) => {
			const signal = cancelSignalOf(context);
			if (signal === undefined) {
				await sleep(milliseconds);
				return;
			}
			let stop: (() => void) | undefined;
			const cancelled = new Promise<never>((_, reject) => {
				stop = () => reject(new CancelledError());
				if (signal.aborted) stop();
				else signal.addEventListener('abort', stop, { once: true });
			});
			try {
				await Promise.race([sleep(milliseconds), cancelled]);
			} finally {
				if (stop !== undefined) signal.removeEventListener('abort', stop);
			}
		},
	};
}
