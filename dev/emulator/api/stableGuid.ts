/** Ids that nobody seeded, and that stay the same from start to start. */
import { createHash } from 'node:crypto';

/** The same text always gives the same GUID. */
export function stableGuid(text: string): string {
	const digits = createHash('sha256').update(text).digest('hex');
	return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
