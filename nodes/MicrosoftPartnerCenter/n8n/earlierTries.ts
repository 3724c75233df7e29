/**
 * "Retry On Fail" runs the whole node again with all items. What an earlier try of the same
 * execution confirmed is kept in the execution's own data, and comes out the same way again
 * without a second write; Partner Center would answer "already exists".
 */
import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

const KEY = 'earlierTries';

/** What an earlier try came to: an item on Confirmed, or a write whose outcome nobody knows. */
type Entry = { confirmed: IDataObject } | { unanswered: true };

export class EarlierTries {
	private readonly node: IDataObject | undefined;
	private readonly runIndex: number;

	constructor(context: IExecuteFunctions) {
		// Without retries nobody would read it, and the execution's data would only grow.
		this.node = context.getNode().retryOnFail === true ? context.getContext('node') : undefined;
		// A node in a loop has one context for all its runs; each run has tries of its own.
		this.runIndex =
			this.node === undefined ? 0 : Number(context.evaluateExpression('{{ $runIndex }}', 0));
	}

	/** @returns what this very request came to in an earlier try */
	find(item: number, request: object): Entry | undefined {
		return this.entries()[this.keyOf(item, request)];
	}

	remember(item: number, request: object, entry: Entry): void {
		if (this.node === undefined) return;
		const entries = this.entries();
		entries[this.keyOf(item, request)] = entry;
		this.node[KEY] = entries as unknown as IDataObject;
	}

	forget(): void {
		if (this.node !== undefined) this.node[KEY] = {};
	}

	private entries(): Record<string, Entry> {
		return (this.node?.[KEY] ?? {}) as Record<string, Entry>;
	}

	private keyOf(item: number, request: object): string {
		const content = createHash('sha256').update(JSON.stringify(request)).digest('hex');
		return `${this.runIndex}/${item}/${content}`;
	}
}
