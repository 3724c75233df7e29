/** Waits for work that others share, with a time limit of one's own. */
import type { Clock } from './clock';

/** How often to look whether time is up, in milliseconds: n8n's timers can't be stopped. */
const CHECK_INTERVAL_MS = 1_000;

/**
 * @param milliseconds after which it is not waited for any longer; the work itself goes on
 * @param clock of whoever waits: its sleep ends when that one is cancelled
 * @returns what the work came to, or undefined when time was up
 * @throws what the work throws, or the clock's `CancelledError`
 */
export async function waitUpTo<T>(
	work: Promise<T>,
	milliseconds: number,
	clock: Pick<Clock, 'monotonic' | 'sleep'>,
): Promise<{ value: T } | undefined> {
	const done = work.then((value) => ({ value }));
	const until = clock.monotonic() + milliseconds;
	for (;;) {
		const rest = until - clock.monotonic();
		if (rest <= 0) {
			// Without a handler, a later rejection would end the process as unhandled.
			done.catch(() => undefined);
			return undefined;
		}
		const interval = clock.sleep(Math.min(rest, CHECK_INTERVAL_MS)).then(() => undefined);
		// The same for a wait that is cancelled after the work was done.
		interval.catch(() => undefined);
		const outcome = await Promise.race([done, interval]);
		if (outcome !== undefined) return outcome;
	}
}
