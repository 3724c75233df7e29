/** How long the API takes to answer: a fixed number of milliseconds, or a range. */
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds, fixed or `[min, max]`. */
export type Latency = number | readonly [min: number, max: number];

export async function waitLatency(latency: Latency, signal: AbortSignal): Promise<void> {
	const [min, max] = typeof latency === 'number' ? [latency, latency] : latency;
	const milliseconds = min + Math.random() * (max - min);
	if (milliseconds > 0) await pause(milliseconds, signal);
}

/** Waits, but never longer than the signal allows; an abort ends the wait without an error. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
