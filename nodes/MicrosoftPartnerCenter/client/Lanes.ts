/**
 * A mutex for each key, first in, first out: who enters a lane has it alone until it is left. A lane
 * that is free takes no memory.
 */
export class Lanes {
	/** Those that wait for each lane that is taken, in the order in which they came. */
	private readonly waiting = new Map<string, Array<() => void>>();

	/**
	 * Waits until the lane is free, and takes it.
	 *
	 * @param signal ends the waiting at once; the lane, once taken, is kept
	 * @returns what leaves the lane, to be called once and whatever happens; undefined when the signal
	 * ended the waiting
	 */
	async enter(lane: string, signal?: AbortSignal): Promise<(() => void) | undefined> {
		if (signal?.aborted === true) return undefined;
		const queue = this.waiting.get(lane);
		if (queue === undefined) {
			this.waiting.set(lane, []);
			return this.leaving(lane);
		}
		return await new Promise((resolve) => {
			const take = () => {
				signal?.removeEventListener('abort', giveUp);
				resolve(this.leaving(lane));
			};
			const giveUp = () => {
				queue.splice(queue.indexOf(take), 1);
				resolve(undefined);
			};
			queue.push(take);
			signal?.addEventListener('abort', giveUp, { once: true });
		});
	}

	private leaving(lane: string): () => void {
		let isLeft = false;
		return () => {
			if (isLeft) return;
			isLeft = true;
			const next = this.waiting.get(lane)?.shift();
			if (next === undefined) this.waiting.delete(lane);
			else next();
		};
	}
}
