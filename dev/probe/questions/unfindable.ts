/** Switches of the emulator that the probe cannot find, each with its reason. */
import type { Switches } from '../../emulator/switches';

export const unfindable: Readonly<Partial<Record<keyof Switches, string>>> = {
	attestationLinkLifetime: 'Nothing that is answered says when a link expires.',
	attestationDelay: 'Only a person who accepts can tell, and the probe waits for nobody.',
	documentBytes: 'The file lies on a third host, which the probe does not call.',
};
