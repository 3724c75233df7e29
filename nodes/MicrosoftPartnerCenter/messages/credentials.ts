/** What a node without the right credential says. */
import type { Explanation } from './words';

/** A credential, as the form and Microsoft's pages name it. */
export interface NamedSignIn {
	name: string;
	/** E.g. `App+User`. */
	signIn: string;
}

/**
 * @param who needs it, at the beginning of a sentence
 * @param held the other credential, where the node has that one
 * @param isOnlyOne whether Microsoft accepts no other sign-in
 */
export function explainMissingCredential(
	who: string,
	required: NamedSignIn,
	held: NamedSignIn | undefined,
	isOnlyOne: boolean,
): Explanation {
	const requiredName = `the credential '${required.name}' (${required.signIn})`;
	return {
		message:
			held === undefined
				? `${who} has no credential`
				: `${who} needs ${requiredName}, and the node has '${held.name}' (${held.signIn})`,
		advice: `Open the node and select ${requiredName}.${isOnlyOne ? ' Microsoft accepts no other sign-in for this call.' : ''}`,
	};
}
