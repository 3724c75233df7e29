/**
 * Reads the next items' fields while requests are under way. n8n takes half a millisecond for each
 * expression: read only when its turn has come, an item would keep its place at the gate waiting.
 */
import { sleep } from 'n8n-workflow';

import type { PreparedItem } from './operation';

/** An item's fields, or why they can't be used; that is told when the item's turn has come. */
export type Reading = { item: number } & ({ prepared: PreparedItem } | { fault: unknown });

export class ReadAhead {
	private readonly ready: Reading[] = [];
	private read = 0;
	private taken = 0;
	private isReading = false;

	/**
	 * @param depth how many items to have ready at most
	 * @param isOver whether no more items are wanted
	 */
	constructor(
		private readonly prepare: (item: number) => PreparedItem,
		private readonly count: number,
		private readonly depth: () => number,
		private readonly isOver: () => boolean,
	) {}

	/** Whether there are items that were not taken yet. */
	get hasNext(): boolean {
		return this.taken < this.count;
	}

	/** The next item in input order; read now, where it was not read ahead. */
	take(): Reading {
		const reading = this.ready.shift() ?? this.readNext();
		this.taken += 1;
		void this.readOn();
		return reading;
	}

	private readNext(): Reading {
		const item = this.read++;
		try {
			return { item, prepared: this.prepare(item) };
		} catch (fault) {
			return { item, fault };
		}
	}

	private async readOn(): Promise<void> {
		if (this.isReading) return;
		this.isReading = true;
		while (this.read < this.count && this.ready.length < this.depth()) {
			// What was just started gets its request out first.
			await sleep(0);
			if (this.isOver()) break;
			if (this.read < this.count) this.ready.push(this.readNext());
		}
		this.isReading = false;
	}
}
