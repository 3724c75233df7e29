/** Waiting for what another process does. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is yes.
 *
 * @param what as in "… has not come true"; part of the message
 * @throws Error after `timeout` milliseconds
 */
export async function until(
	what: string,
	isTrue: () => boolean | Promise<boolean>,
	{ timeout, every = 200 }: { timeout: number; every?: number },
): Promise<void> {
	const deadline = Date.now() + timeout;
	while (!(await isTrue())) {
		if (Date.now() > deadline) {
			throw new Error(`Waited ${Math.round(timeout / 1000)} s in vain until: ${what}`);
		}
		await delay(every);
	}
}

export function endOf(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
}

/** Calls `work` for each one, at most so many at a time. */
export async function eachOf<T>(
	all: readonly T[],
	atATime: number,
	work: (one: T) => Promise<void>,
): Promise<void> {
	const rest = all.values();
	await Promise.all(
		Array.from({ length: atATime }, async () => {
			for (const one of rest) await work(one);
		}),
	);
}
