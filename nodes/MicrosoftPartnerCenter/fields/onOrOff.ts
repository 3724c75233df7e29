/** Reads a switch. */
import { z } from 'zod';

import type { Schema } from './field';
import { refuse } from './refuse';
import { isBlank } from './text';

/** On or off, as true or false or their texts; an expression that yields nothing is refused. */
export const onOrOff: Schema<boolean> = z.unknown().transform((value, issues) => {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return text === 'true';
	const fault = isBlank(value) ? 'is empty' : 'is neither on nor off';
	return refuse(issues, fault, 'Use true or false.');
});
