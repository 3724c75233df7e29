import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** `https://login.microsoftonline.com`, or the emulator's own address when that is chosen. */
const signInHost =
	'{{ $self["environment"] === "emulator" ? ($self["emulatorUrl"] || "").trim().replace(/\\/+$/, "") : "https://login.microsoftonline.com" }}';
const tenant = '{{ encodeURIComponent(($self["tenantId"] || "").trim()) }}';

/**
 * App+User sign-in (secure application model): the authorization-code flow against Microsoft
 * Entra v2.0 for the partner's own tenant. The agreement calls of Partner Center accept no other
 * kind of token.
 *
 * Every endpoint is an expression over a visible field: since n8n 2.x, stored values of hidden
 * endpoint fields are ignored in favour of these defaults.
 */
export class MicrosoftPartnerCenterOAuth2Api implements ICredentialType {
	name = 'microsoftPartnerCenterOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Microsoft Partner Center OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/MicrosoftPartnerCenter/microsoftPartnerCenter.svg',
		dark: 'file:../nodes/MicrosoftPartnerCenter/microsoftPartnerCenter.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-partner-center/n8n-nodes-microsoft-partner-center#connect-the-credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Sign in as an Admin agent or Sales agent of the partner tenant, with multi-factor authentication: Partner Center refuses tokens made without it',
			name: 'mfaNotice',
			type: 'notice',
			default: '',
		},
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
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `=${signInHost}/${tenant}/oauth2/v2.0/authorize`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `=${signInHost}/${tenant}/oauth2/v2.0/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: 'response_mode=query&prompt=select_account',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default:
				'={{ $self["environment"] === "emulator" ? ($self["emulatorUrl"] || "").trim().replace(/\\/+$/, "") : "https://api.partnercenter.microsoft.com" }}',
		},
	];
}
