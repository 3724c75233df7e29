/**
 * Reads the next items' fields while requests are under way. n8n takes half a millisecond for each
 * expression: read only when its turn has come, an item would leave a free slot unused meanwhile.
 */

/** An item's fields, or why they can't be used. The fault is reported when the item's turn has come. */
export type ItemReading<P> = { item: number } & ({ prepared: P } | { fault: unknown });

export interface ReadAheadOptions<P> {
	/** Reads an item; what it throws is why the item can't be used. */
	prepare(item: number): P;
	/** How many items there are. */
	count: number;
	/** How many items to have ready at most. */
	depth(): number;
	/** Whether no more items are wanted. */
	isOver(): boolean;
	/** Waits for the next turn of the event loop, so that other work of the process goes on. */
	pause(): Promise<void>;
}

export class ReadAhead<P> {
	private readonly ready: Array<ItemReading<P>> = [];
	private read = 0;
	private taken = 0;
	private isReading = false;

	constructor(private readonly options: ReadAheadOptions<P>) {}

	/** Whether there are items that were not taken yet. */
	get hasNext(): boolean {
		return this.taken < this.options.count;
	}

	/** The next item in input order; read now, where it was not read ahead. */
	take(): ItemReading<P> {
		const reading = this.ready.shift() ?? this.readNext();
		this.taken += 1;
		void this.readOn();
		return reading;
	}

	private readNext(): ItemReading<P> {
		const item = this.read++;
		try {
			return { item, prepared: this.options.prepare(item) };
		} catch (fault) {
			return { item, fault };
		}
	}

	private async readOn(): Promise<void> {
		if (this.isReading) return;
		const { options } = this;
		this.isReading = true;
		while (this.read < options.count && this.ready.length < options.depth()) {
			// Lets the items that were just started send their requests first.
			await options.pause();
			if (options.isOver()) break;
			if (this.read < options.count) this.ready.push(this.readNext());
		}
		this.isReading = false;
	}
}
