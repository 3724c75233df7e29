/** Reads a value that is true or false, such as that of an option which is turned on. */
import { isBlank } from './cleanText';
import type { Schema } from './field';
import { schemaOfReader } from './reading';

/**
 * True or false, also as text. An empty value is refused: read as false, an expression that finds nothing
 * would turn a check such as Dry Run off.
 */
export const onOrOff: Schema<boolean> = schemaOfReader((value) => {
	if (typeof value === 'boolean') return { value };
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return { value: text === 'true' };
	const fault = isBlank(value) ? 'is empty' : 'is neither on nor off';
	return { fault, fix: 'Use true or false.' };
});
