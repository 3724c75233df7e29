/** Switches of the emulator that the probe cannot find, each with its reason. */
import type { Switches } from '../../emulator/switches';

export const unfindable: Readonly<Partial<Record<keyof Switches, string>>> = {
	documentBytes: 'The file lies on a third host, which the probe does not call.',
};
