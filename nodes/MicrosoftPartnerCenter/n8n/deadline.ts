/** An end to waiting: the execution's, or that of the time that one answer may take as a whole. */

export interface Deadline {
	/** Ends when the execution is cancelled or the time is up, whichever comes first. */
	signal: AbortSignal;
	/** Whether it was the time that ended it. */
	isTimeUp(): boolean;
	/** Has to be called once nothing waits any more. */
	clear(): void;
}

/**
 * n8n's own `timeout` counts from one piece of an answer to the next: a server that sends a byte
 * now and then would be waited for without end.
 *
 * @param cancelSignal of the execution; undefined where nothing can be cancelled
 * @param milliseconds from now
 */
export function startDeadline(
	cancelSignal: AbortSignal | undefined,
	milliseconds: number,
): Deadline {
	const controller = new AbortController();
	// Unlike setTimeout, which n8n's verification forbids, it does not keep the process alive.
	const time = AbortSignal.timeout(milliseconds);
	const stop = () => controller.abort();
	const sources = cancelSignal === undefined ? [time] : [time, cancelSignal];
	for (const source of sources) source.addEventListener('abort', stop, { once: true });
	if (cancelSignal?.aborted === true) stop();
	return {
		signal: controller.signal,
		isTimeUp: () => time.aborted && cancelSignal?.aborted !== true,
		clear() {
			for (const source of sources) source.removeEventListener('abort', stop);
		},
	};
}
