/**
 * The fields that both credentials have: where the partner's tenant is, and where requests go.
 *
 * Every address is an expression over a visible field: since n8n 2.x, stored values of hidden
 * endpoint fields are ignored in favour of these defaults.
 */
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** `https://login.microsoftonline.com`, or the emulator's own address when that is chosen. */
const signInHost =
	'{{ $self["environment"] === "emulator" ? ($self["emulatorUrl"] || "").trim().replace(/\\/+$/, "") : "https://login.microsoftonline.com" }}';
const tenant = '{{ encodeURIComponent(($self["tenantId"] || "").trim()) }}';

/** @param name the last part of the address: `authorize` or `token` */
export function endpointOf(name: string): string {
	return `=${signInHost}/${tenant}/oauth2/v2.0/${name}`;
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

export const apiBaseUrlField: INodeProperties = {
	displayName: 'API Base URL',
	name: 'apiBaseUrl',
	type: 'hidden',
	default:
		'={{ $self["environment"] === "emulator" ? ($self["emulatorUrl"] || "").trim().replace(/\\/+$/, "") : "https://api.partnercenter.microsoft.com" }}',
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
