/** Reads a whole number, as a number or as the text of one. */
import { z } from 'zod';

import type { Schema } from './field';
import { refuse } from './refuse';

/** A whole number within limits, both of which count. */
export function wholeNumber(min: number, max: number): Schema<number> {
	return z.unknown().transform((value, issues) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) {
			return number;
		}
		return refuse(
			issues,
			'is not a whole number in range',
			`Use a whole number from ${min} to ${max}.`,
		);
	});
}
