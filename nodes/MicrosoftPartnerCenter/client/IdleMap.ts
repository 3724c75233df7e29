/**
 * State that everything in this process shares, by key: made when it is first asked for, dropped
 * when it was unused for a while, up to a number of entries. Entries are dropped at each access and
 * not by a timer: n8n's rules for community nodes allow none.
 */
export interface IdleMapOptions<V> {
	/** An entry that was unused for longer is dropped, in milliseconds. */
	maxIdle: number;
	/** Beyond this many, the entry that was unused for longest is dropped. */
	maxEntries: number;
	/** Milliseconds on a clock that is never set back. */
	now: () => number;
	/** Whether an entry is in use: then it is never dropped. */
	isBusy: (value: V) => boolean;
}

interface Entry<V> {
	value: V;
	usedAt: number;
}

export class IdleMap<V> {
	/** In the order of their last use, the oldest first. */
	private readonly entries = new Map<string, Entry<V>>();

	constructor(private readonly options: IdleMapOptions<V>) {}

	/** @returns the entry of that key, which counts as used now */
	getOrCreate(key: string, create: () => V): V {
		const now = this.options.now();
		const value = this.entries.get(key)?.value ?? create();
		this.entries.delete(key);
		this.entries.set(key, { value, usedAt: now });
		this.dropIdle(key, now);
		return value;
	}

	private dropIdle(current: string, now: number): void {
		const { maxIdle, maxEntries, isBusy } = this.options;
		for (const [key, { value, usedAt }] of this.entries) {
			const isDue = now - usedAt > maxIdle || this.entries.size > maxEntries;
			// Entries are in the order of their last use, so the rest is not due either.
			if (!isDue) return;
			if (key !== current && !isBusy(value)) this.entries.delete(key);
		}
	}
}
