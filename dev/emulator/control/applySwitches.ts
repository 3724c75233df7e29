/** Sets the switches that were given and leaves the others as they are. */
import type { Switches, SwitchesInput } from '../switches';

export function applySwitches(switches: Switches, changes: SwitchesInput): void {
	const given = Object.entries(changes).filter(([, value]) => value !== undefined);
	Object.assign(switches, Object.fromEntries(given));
}
