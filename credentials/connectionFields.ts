/**
 * The fields that both credentials have: where the partner's tenant is, and where requests go.
 *
 * Every address is an expression over a visible field: since n8n 2.x, stored values of hidden
 * endpoint fields are ignored in favour of these defaults.
 */
import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The emulator's own address when that is chosen, or Microsoft's.
 *
 * @param fields how the place calls the credential's fields
 */
const hostOf = (microsoft: string, fields = '$self') =>
	`{{ ${fields}["environment"] === "emulator" ? (${fields}["emulatorUrl"] || "").trim().replace(/\\/+$/, "") : "https://${microsoft}" }}`;
const TENANT = '{{ encodeURIComponent(($self["tenantId"] || "").trim()) }}';

/** @param name the last part of the address: `authorize` or `token` */
export function endpointOf(name: string): string {
	return `=${hostOf('login.microsoftonline.com')}/${TENANT}/oauth2/v2.0/${name}`;
}

export const visibleFields: INodeProperties[] = [
	{
		displayName: 'Tenant',
		name: 'tenantId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. contoso.onmicrosoft.com',
		description:
			"The partner's own Microsoft Entra tenant, as its tenant ID (GUID) or one of its domains. Not the customer's tenant.",
	},
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		default: 'microsoft',
		options: [
			{
				name: 'Emulator',
				value: 'emulator',
				description: 'A local stand-in for trying workflows out; no customer is mailed',
			},
			{
				name: 'Microsoft Partner Center',
				value: 'microsoft',
				description: "Microsoft's public cloud: production tenants and integration sandboxes",
			},
		],
		description:
			'Where requests go. Customer agreements exist only in the public cloud: there are none in the clouds of 21Vianet, Germany and US Government.',
	},
	{
		displayName: 'Emulator URL',
		name: 'emulatorUrl',
		type: 'string',
		required: true,
		default: 'http://localhost:8787',
		placeholder: 'e.g. http://localhost:8787',
		description: 'Where the emulator answers, as seen from n8n',
		displayOptions: { show: { environment: ['emulator'] } },
	},
];

const API = 'api.partnercenter.microsoft.com';

export const apiBaseUrlField: INodeProperties = {
	displayName: 'API Base URL',
	name: 'apiBaseUrl',
	type: 'hidden',
	default: `=${hostOf(API)}`,
};

/**
 * n8n offers the credential in its HTTP Request node, for calls that this package has no operation for.
 * In the list of nodes it is hidden: beside the package's own node, two entries would look alike.
 *
 * @param name by which n8n tells it from others
 */
export const inHttpRequest = (name: string): NonNullable<ICredentialType['httpRequestNode']> => ({
	name,
	hidden: true,
	docsUrl: 'https://learn.microsoft.com/en-us/partner-center/developer/',
	apiBaseUrl: 'https://api.partnercenter.microsoft.com/v1/',
});

/**
 * What n8n calls to test a credential. Not `apiBaseUrl`: n8n 1.x would take a value that is stored
 * for it, and the token would go there.
 *
 * @param path that is asked for
 * @param says what an answer means, by its HTTP status; n8n 1.x has words of its own
 */
export const testOf = (path: string, says: Record<number, string>): ICredentialTestRequest => ({
	request: {
		baseURL: `=${hostOf(API, '$credentials')}`,
		url: path,
		headers: { Accept: 'application/json' },
		disableFollowRedirect: true,
	},
	rules: Object.entries(says).map(([status, message]) => ({
		type: 'responseCode',
		properties: { value: Number(status), message },
	})),
});

/** The same for whoever signs in. */
export const LATER = {
	429: 'Partner Center takes no more requests for now (HTTP 429). Test again in a minute.',
	503: 'Partner Center is not available for now (HTTP 503). Test again later.',
};
