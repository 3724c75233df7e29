/**
 * The links to agreement documents that were handed out. Each opens by its signature alone, as a
 * shared access signature of Azure's blob store does.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { LatestMap, type Kept } from '../keepLatest';

export interface IssuedDocument {
	language: string;
	country: string;
	/** Milliseconds since 1970. */
	issuedAt: number;
}

interface StoredDocument extends IssuedDocument {
	signature: string;
}

const KEPT_LINKS = 10_000;

export class DocumentLinks {
	get counts(): Kept {
		return this.issued.counts;
	}

	private readonly issued = new LatestMap<StoredDocument>(KEPT_LINKS);

	/** Answers the id and the signature, new ones each time. */
	issue(document: IssuedDocument): { id: string; signature: string } {
		const id = randomUUID();
		const signature = randomBytes(32).toString('base64');
		this.issued.set(id, { ...document, signature });
		return { id, signature };
	}

	/** Undefined for an id that was never handed out. */
	find(id: string): StoredDocument | undefined {
		return this.issued.get(id);
	}

	clear(): void {
		this.issued.clear();
	}
}
