/** Reads a value that is true or false, such as that of an option which is turned on. */
import { z } from 'zod';

import type { Schema } from './field';
import { refuse } from './refuse';
import { isBlank } from './text';

/**
 * True or false, also as text. Nothing is refused and not read as false: an expression that misses its
 * value would otherwise turn a check such as Dry Run off.
 */
export const onOrOff: Schema<boolean> = z.unknown().transform((value, issues) => {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return text === 'true';
	const fault = isBlank(value) ? 'is empty' : 'is neither on nor off';
	return refuse(issues, fault, 'Use true or false.');
});
