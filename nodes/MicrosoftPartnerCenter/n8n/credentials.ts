/**
 * Which of the two credentials an operation signs in with. The form shows only what the operation
 * takes; a stored workflow may still hold the other one, and is refused before anything is sent.
 */
import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { explainMissingCredential } from '../messages/credentials';
import type { Explanation } from '../messages/words';
import type { RequestContext } from './context';
import { FieldFaults } from './parameters';

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

/** The node does not have the credential that the operation takes. */
export class MissingCredentialError extends Error {
	override readonly name = 'MissingCredentialError';

	constructor(readonly explanation: Explanation) {
		super(explanation.message);
	}
}

/**
 * @param what whose credential it is, in words that begin a sentence, e.g. `'Confirm'`
 * @throws {FieldFaults} when 'Authentication' holds something else
 * @throws {MissingCredentialError} when the node has no such credential
 */
export function chooseSignIn(
	context: RequestContext,
	accepted: AcceptedSignIn,
	what: string,
): SignIn {
	const signIn = accepted === 'either' ? signInAsked(context) : accepted;
	const held = context.getNode().credentials ?? {};
	const required = CREDENTIALS[signIn];
	if (held[required.type] !== undefined) return signIn;
	const other = Object.values(CREDENTIALS).find(({ type }) => held[type] !== undefined);
	const isOnlyOne = accepted !== 'either';
	throw new MissingCredentialError(explainMissingCredential(what, required, other, isOnlyOne));
}

function signInAsked(context: RequestContext): SignIn {
	// Nodes that were saved before there was a choice have none.
	const { authentication = 'appAndUser' } = context.getNode().parameters;
	if (authentication === 'appAndUser' || authentication === 'appOnly') return authentication;
	const fault = 'is not one of the choices';
	throw new FieldFaults([
		{ label: 'Authentication', fault, fix: "Select 'App + User' or 'App Only'." },
	]);
}
