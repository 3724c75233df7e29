/** Reads a whole number, as a number or as the text of one. */
import type { Schema } from './field';
import { schemaOfReader } from './reading';

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
