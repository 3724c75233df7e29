/** What is looked at once, and asked about by several questions. */
export function once<T>(look: () => Promise<T>): () => Promise<T> {
	let seen: Promise<T> | undefined;
	return () => (seen ??= look());
}
