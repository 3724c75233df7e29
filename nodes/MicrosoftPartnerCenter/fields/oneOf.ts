/** Reads a choice from a list. */
import type { Schema } from './field';
import { schemaOfReader } from './reading';

/** One of the values of a list, letter for letter. */
export function oneOf<T extends string>(choices: readonly [T, ...T[]]): Schema<T> {
	return schemaOfReader((raw) => {
		const value = choices.find((one) => one === raw);
		if (value !== undefined) return { value };
		return { fault: 'is not one of the choices', fix: `Use ${choices.join(', ')}.` };
	});
}
