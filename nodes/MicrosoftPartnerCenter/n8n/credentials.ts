/**
 * Which of the two credentials an operation signs in with. The form shows only what the operation
 * takes; a stored workflow may still hold the other one, and is refused before anything is sent.
 */
import { explainMissingCredential } from '../messages/credentials';
import type { Explanation } from '../messages/words';
import type { RequestContext } from './context';
import { FieldFaults } from './parameters';
import { CREDENTIALS, type AcceptedSignIn, type SignIn } from './signIn';

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
