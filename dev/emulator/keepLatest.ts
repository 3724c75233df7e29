/** Memory stays bounded, however long an emulator runs: the oldest makes room, and is counted. */
export interface Kept {
	capacity: number;
	kept: number;
	/** How many made room since the start, or since the last reset. */
	dropped: number;
}

export class LatestList<T> {
	readonly entries: T[] = [];
	private dropped = 0;

	constructor(private readonly capacity: number) {}

	/** @returns what made room, if anything */
	push(entry: T): T | undefined {
		const isFull = this.entries.length >= this.capacity;
		const oldest = isFull ? this.entries.shift() : undefined;
		if (isFull) this.dropped += 1;
		this.entries.push(entry);
		return oldest;
	}

	clear(): void {
		this.entries.length = 0;
		this.dropped = 0;
	}

	get counts(): Kept {
		return { capacity: this.capacity, kept: this.entries.length, dropped: this.dropped };
	}
}

export class LatestMap<T> {
	private readonly values = new Map<string, T>();
	private dropped = 0;

	constructor(private readonly capacity: number) {}

	get(key: string): T | undefined {
		return this.values.get(key);
	}

	set(key: string, value: T): void {
		this.values.set(key, value);
		if (this.values.size <= this.capacity) return;
		for (const oldest of this.values.keys()) {
			this.values.delete(oldest);
			this.dropped += 1;
			return;
		}
	}

	clear(): void {
		this.values.clear();
		this.dropped = 0;
	}

	get counts(): Kept {
		return { capacity: this.capacity, kept: this.values.size, dropped: this.dropped };
	}
}
