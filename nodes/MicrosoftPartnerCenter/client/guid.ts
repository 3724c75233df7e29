/** The form of Microsoft's IDs: of tenants, requests, templates and attestations. */

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @param text without braces, in any case */
export function isGuid(text: string): boolean {
	return GUID.test(text);
}
