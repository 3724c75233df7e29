/** Reads what a field holds one of: a choice from a list, on or off, a whole number. */
import { isBlank } from './cleanText';
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

/** A whole number within limits, both of which count. */
export function wholeNumber(min: number, max: number): Schema<number> {
	return schemaOfReader((raw) => {
		const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
		const isWhole = typeof value === 'number' && Number.isInteger(value);
		if (isWhole && value >= min && value <= max) return { value };
		return {
			fault: 'is not a whole number in range',
			fix: `Use a whole number from ${min} to ${max}.`,
		};
	});
}
