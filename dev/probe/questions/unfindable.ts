/** Switches of the emulator that the probe cannot find, each with its reason. */
import type { Switches } from '../../emulator/switches';

export const unfindable: Readonly<Partial<Record<keyof Switches, string>>> = {
	attestationLinkLifetime:
		'No answer says when a link expires, and the shortest lives for five minutes.',
};
