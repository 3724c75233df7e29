/**
 * Patterns of large sets of letters. V8 builds the set where such a pattern is written as `/…/`, also in a
 * function that is not called, and n8n's start would wait for it.
 */

/**
 * @param source of the pattern, as `String.raw`
 * @returns the pattern, built with its first use
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
	let built: RegExp | undefined;
	return () => (built ??= new RegExp(source, flags));
}
