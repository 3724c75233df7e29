/** The two credentials, as the node's form and description name them. */
import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

interface Credential {
	type: string;
	/** What n8n calls the credential. */
	name: string;
	/** What Microsoft calls the sign-in. */
	signInName: string;
}

export const CREDENTIALS = {
	appAndUser: {
		type: 'microsoftPartnerCenterOAuth2Api',
		name: 'Microsoft Partner Center OAuth2 API',
		signInName: 'App+User',
	},
	appOnly: {
		type: 'microsoftPartnerCenterAppOnlyOAuth2Api',
		name: 'Microsoft Partner Center App-Only OAuth2 API',
		signInName: 'App-only',
	},
} satisfies Record<string, Credential>;

export type SignIn = keyof typeof CREDENTIALS;

/** What Microsoft lets a call sign in with. */
export type AcceptedSignIn = SignIn | 'either';

/** The field of nodes and operations that take either credential. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'App + User',
			value: 'appAndUser',
			description: 'As the person who connected the credential',
		},
		{
			name: 'App Only',
			value: 'appOnly',
			description: 'As the app alone, without a person who signs in',
		},
	],
	default: 'appAndUser',
	description: 'How to sign in to Partner Center',
};

/** @returns the credential's entry in a node's description */
export function shownWhere(
	signIn: SignIn,
	displayOptions: NonNullable<INodeCredentialDescription['displayOptions']>,
): INodeCredentialDescription {
	return { name: CREDENTIALS[signIn].type, required: true, displayOptions };
}
