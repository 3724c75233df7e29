/** What a node without the right credential says. */
import type { Explanation } from './words';

/** A credential, as the form and Microsoft's pages name it. */
export interface NamedCredential {
	name: string;
	/** E.g. `App+User`. */
	signInName: string;
}

/**
 * @param who needs it, at the beginning of a sentence
 * @param held the other credential, where the node has that one
 * @param isOnlyOne whether Microsoft accepts no other sign-in
 */
export function explainMissingCredential(
	who: string,
	required: NamedCredential,
	held: NamedCredential | undefined,
	isOnlyOne: boolean,
): Explanation {
	const requiredName = `the credential '${required.name}' (${required.signInName})`;
	return {
		message:
			held === undefined
				? `${who} has no credential`
				: `${who} needs ${requiredName}, and the node has '${held.name}' (${held.signInName})`,
		advice: `Open the node and select ${requiredName}.${isOnlyOne ? ' Microsoft accepts no other sign-in for this call.' : ''}`,
	};
}
