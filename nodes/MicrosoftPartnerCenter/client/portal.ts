/**
 * The pages of Partner Center that a person opens. Microsoft documents no address of a customer's
 * page; this is the one that CIPP links its users to (KelvinTegelaar/CIPP-API on GitHub,
 * Invoke-HuduExtensionSync.ps1).
 */
export const customerPage = (customerId: string): string =>
	`https://partner.microsoft.com/dashboard/v2/customers/${customerId}/servicemanagementpage`;

const ADDRESS = /^(?:https?:\/\/)?(?:partner|(?:api\.)?partnercenter)\.microsoft\.com\//i;

/**
 * A customer's ID in an address, as the source of a pattern: n8n's editor takes no flags. In a part
 * of another address, slashes are encoded.
 */
export const ID_IN_ADDRESS =
	'[Cc]ustomers(?:/|%2[Ff])([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?![\\w-])';

/**
 * @returns the customers that an address of Partner Center names, each once and in lower case;
 *   undefined when the text is no such address
 */
export function customerIdsIn(text: string): string[] | undefined {
	if (!ADDRESS.test(text)) return undefined;
	const found = [...text.matchAll(new RegExp(ID_IN_ADDRESS, 'g'))];
	return [...new Set(found.map(([, id = '']) => id.toLowerCase()))];
}
