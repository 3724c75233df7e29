/** The settings of the emulator's switches that the probe is tried on. */
import { z } from 'zod';
import { switchesSchema, type Switches } from '../../emulator/switches';

export const switchNames = z.array(switchesSchema.keyof()).parse(Object.keys(switchesSchema.shape));

/** A number has no list of values: these are told apart by what can be seen of them. */
const numbers: Readonly<Partial<Record<keyof Switches, readonly number[]>>> = {
	defaultPageSize: [5, 40, 500],
	documentLinkLifetime: [60, 300, 900],
	documentBytes: [0, 20_000],
	auditDelay: [0, 1],
	attestationLinkLifetime: [5, 1_440, 10_080],
	attestationDelay: [0, 1],
};

/** Every value of a switch, or some of a number's. @throws Error for a kind that is not known here */
export function choicesOf(name: keyof Switches): readonly unknown[] {
	const schema = switchesSchema.shape[name];
	if (schema instanceof z.ZodBoolean) return [false, true];
	if (schema instanceof z.ZodEnum) return z.array(z.unknown()).parse(schema.options);
	if (schema instanceof z.ZodUnion) {
		return z
			.array(z.instanceof(z.ZodLiteral))
			.parse(schema.options)
			.map(({ value }) => value);
	}
	const chosen = numbers[name];
	if (chosen === undefined) throw new Error(`There are no numbers to try ${name} with`);
	return chosen;
}
