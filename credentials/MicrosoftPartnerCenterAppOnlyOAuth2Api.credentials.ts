/** The credential for the app alone: the enhanced attestation, customers, audit records. */
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
 * App-only sign-in: the client-credentials flow against Microsoft Entra v2.0. Nobody signs in; n8n
 * asks for a token with the client ID and secret when the first request needs one. The enhanced
 * attestation takes no other kind of token, the agreement calls refuse this one.
 */
export class MicrosoftPartnerCenterAppOnlyOAuth2Api implements ICredentialType {
	name = 'microsoftPartnerCenterAppOnlyOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Microsoft Partner Center App-Only OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/MicrosoftPartnerCenter/microsoftPartnerCenter.svg',
		dark: 'file:../nodes/MicrosoftPartnerCenter/microsoftPartnerCenter.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-microsoft-partner-center/n8n-nodes-microsoft-partner-center#the-app-only-credential';

	httpRequestNode = inHttpRequest('Microsoft Partner Center App-Only');

	/** One customer of the partner. */
	test = testOf('/v1/customers?size=1', {
		401: "Partner Center refused the app's token (HTTP 401). Check that 'Tenant' is the partner's own.",
		403: "Partner Center knows the app and refuses the call (HTTP 403). Register the app in Partner Center, under 'Account settings', 'App management', in a tenant that is in CSP. Indirect resellers have no access.",
		...LATER,
	});

	properties: INodeProperties[] = [
		{
			displayName:
				"For 'Attestation', and where you choose it for 'Customer' and the trigger. 'Customer Agreement' needs the other credential, Microsoft Partner Center OAuth2 API.",
			name: 'appOnlyNotice',
			type: 'notice',
			default: '',
		},
		...visibleFields,
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
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
			default: 'https://api.partnercenter.microsoft.com/.default',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: false,
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default: '',
		},
		apiBaseUrlField,
	];
}
