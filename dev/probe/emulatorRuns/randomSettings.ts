/** A setting of every switch, drawn from a seed. */
import { randomNumbers } from '../../emulator/faults/randomNumbers';
import { partialSwitchesSchema, type SwitchesInput } from '../../emulator/switches';
import { choicesOf, switchNames } from './choices';

/** The same seed gives the same settings, in the same order. */
export function* randomSettings(seed: number): Generator<SwitchesInput> {
	const draw = randomNumbers(seed);
	while (true) {
		yield partialSwitchesSchema.parse(
			Object.fromEntries(
				switchNames.map((name) => {
					const choices = choicesOf(name);
					return [name, choices[Math.floor(draw() * choices.length)]];
				}),
			),
		);
	}
}
