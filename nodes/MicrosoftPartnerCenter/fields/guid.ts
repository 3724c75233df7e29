/** A customer is known by its tenant ID; anything else is refused before a URL is built from it. */

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * @param text a GUID in any case, with or without braces, with white space around it
 * @returns the GUID in lower case without braces, or undefined when it is none
 */
export function parseGuid(text: string): string | undefined {
	const bare = text
		.trim()
		.replace(/^\{(.*)\}$/, '$1')
		.toLowerCase();
	return GUID.test(bare) ? bare : undefined;
}
