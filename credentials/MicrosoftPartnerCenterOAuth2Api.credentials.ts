/** The credential for the app with a user: everything about agreements. */
import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import {
	apiBaseUrlField,
	endpointOf,
	inHttpRequest,
	LATER,
	testOf,
	visibleFields,
} from './connectionFields';

/**
 * App+User sign-in (secure application model): the authorization-code flow against Microsoft
 * Entra v2.0 for the partner's own tenant. The agreement calls of Partner Center accept no other
 * kind of token.
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

	httpRequestNode = inHttpRequest('Microsoft Partner Center');

	/** As Get MCA Metadata: it takes a partner in CSP, a user with a role, and MFA. */
	test = testOf('/v1/agreements?agreementType=MicrosoftCustomerAgreement', {
		401: 'Partner Center refused the sign-in (HTTP 401). Most often it was made without multi-factor authentication: reconnect, and complete it.',
		403: 'Partner Center knows the user and refuses the call (HTTP 403). The user needs the role Admin agent or Sales agent, in a tenant that is in CSP. Indirect resellers have no access.',
		...LATER,
	});

	properties: INodeProperties[] = [
		{
			displayName:
				'Sign in as an Admin agent or Sales agent of the partner tenant, with multi-factor authentication: Partner Center refuses tokens made without it',
			name: 'mfaNotice',
			type: 'notice',
			default: '',
		},
		...visibleFields,
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
			default: endpointOf('authorize'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: endpointOf('token'),
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
		apiBaseUrlField,
	];
}
