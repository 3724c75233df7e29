/**
 * "Retry On Fail" runs the whole node again with all items. What an earlier try of the same
 * execution confirmed is kept in the execution's own data, and comes out the same way again
 * without a second write; Partner Center would answer "already exists".
 */
import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

const KEY = 'confirmedByEarlierTries';

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

	/** @returns what came out for this very request in an earlier try */
	find(item: number, request: object): IDataObject | undefined {
		const json = this.record()[this.keyOf(item, request)];
		return json === undefined ? undefined : (json as IDataObject);
	}

	remember(item: number, request: object, json: IDataObject): void {
		if (this.node === undefined) return;
		const record = this.record();
		record[this.keyOf(item, request)] = json;
		this.node[KEY] = record;
	}

	forget(): void {
		if (this.node !== undefined) this.node[KEY] = {};
	}

	private record(): IDataObject {
		return (this.node?.[KEY] as IDataObject | undefined) ?? {};
	}

	private keyOf(item: number, request: object): string {
		const content = createHash('sha256').update(JSON.stringify(request)).digest('hex');
		return `${this.runIndex}/${item}/${content}`;
	}
}
