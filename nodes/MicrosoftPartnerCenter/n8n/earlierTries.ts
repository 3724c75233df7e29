/**
 * "Retry On Fail" runs the whole node again with all items. What an earlier try of the same
 * execution confirmed is kept in the execution's own data, and comes out the same way again
 * without a second write; Partner Center would answer "already exists".
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { runIndexOf } from './context';

const KEY = 'earlierTries';

/** What an earlier try of an item came to. */
export type EarlierTry =
	/** Confirmed, or an attestation created: the item comes out with this JSON again. */
	| { outcome: 'confirmed'; key: string; json: IDataObject }
	/** Partner Center had the agreement already. */
	| { outcome: 'alreadyExists'; key: string }
	/** A write with this date went unanswered. */
	| { outcome: 'unanswered'; key: string; dateAgreed: string }
	/** In doubt: it is sent again with the same body and MS-RequestId, so that no second one is created. */
	| { outcome: 'requested'; key: string; requestId: string; extraBody: IDataObject };

export class EarlierTries {
	/** Customer, contact and template of what earlier tries of this run know to exist. */
	readonly knownToExist: ReadonlySet<string>;
	private readonly entries: Record<string, EarlierTry> | undefined;
	private readonly runIndex: number;

	constructor(context: IExecuteFunctions) {
		// Without retries nobody would read it, and the execution's data would only grow.
		const node = context.getNode().retryOnFail === true ? context.getContext('node') : undefined;
		// A node in a loop has one context for all its runs; each run has tries of its own.
		this.runIndex = node === undefined ? 0 : runIndexOf(context);
		if (node !== undefined) {
			const stored = (node[KEY] ?? {}) as unknown as Record<string, EarlierTry>;
			this.entries = Object.fromEntries(
				Object.entries(stored).filter(([place]) => place.startsWith(`${this.runIndex}/`)),
			);
			node[KEY] = this.entries as unknown as IDataObject;
		}
		const known = Object.values(this.entries ?? {}).filter(
			({ outcome }) => outcome !== 'unanswered' && outcome !== 'requested',
		);
		this.knownToExist = new Set(known.map(({ key }) => key));
	}

	/**
	 * @param key customer, contact and template; not the date, which `$now` makes another in each try
	 * @returns what this item came to in an earlier try
	 */
	find(item: number, key: string): EarlierTry | undefined {
		const entry = this.entries?.[`${this.runIndex}/${item}`];
		return entry?.key === key ? entry : undefined;
	}

	remember(item: number, entry: EarlierTry): void {
		if (this.entries !== undefined) this.entries[`${this.runIndex}/${item}`] = entry;
	}

	forget(): void {
		for (const place of Object.keys(this.entries ?? {})) this.drop(place);
	}

	private drop(place: string): void {
		if (this.entries !== undefined) Reflect.deleteProperty(this.entries, place);
	}
}
