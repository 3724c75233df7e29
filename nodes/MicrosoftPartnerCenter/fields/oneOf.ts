/** Reads a choice from a list. */
import { z } from 'zod';

import type { Schema } from './field';
import { refuse } from './refuse';

/** One of the values of a list, as it is. */
export function oneOf<T extends string>(choices: readonly [T, ...T[]]): Schema<T> {
	return z.unknown().transform((value, issues) => {
		const choice = choices.find((one) => one === value);
		return choice ?? refuse(issues, 'is not one of the choices', `Use ${choices.join(', ')}.`);
	});
}
