/** The results of a Get Many: all of them, or up to the limit. */

/** Takes items until there are enough; a list that is longer is not read to its end. */
export async function collect<T>(
	list: AsyncIterable<T> | Iterable<T>,
	{ returnAll, limit }: { returnAll: boolean; limit: number },
): Promise<T[]> {
	const taken: T[] = [];
	for await (const one of list) {
		taken.push(one);
		if (!returnAll && taken.length >= limit) break;
	}
	return taken;
}
