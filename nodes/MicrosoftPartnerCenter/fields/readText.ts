/**
 * Reads text: it is cleaned, and what no person wrote is refused. How texts are cleaned and judged
 * is `text.ts`'s matter, the same for every field.
 */
import { z } from 'zod';

import type { Schema } from './field';
import { kindOf, refuse, type Issues } from './refuse';
import { cleanText, placeholderIn, type Invisible, type TextFault } from './text';

export interface TextRules {
	/** Default: taken out where nothing needs them. */
	invisible?: Invisible;
	/** Default: a placeholder of any kind is refused. */
	faultOf?: (text: string) => TextFault | undefined;
	/** Default: a number is no text. A postal code of digits is one that a spreadsheet made a number of. */
	numbers?: 'asText';
}

/** A GUID, a domain, a code: nothing that can't be seen belongs into it. */
export const CODE: TextRules = { invisible: 'remove' };

/** @returns the cleaned text; undefined when there is nothing */
export function readText(
	value: unknown,
	issues: Issues,
	mapFrom: string,
	{ invisible = 'clean', faultOf = placeholderIn, numbers }: TextRules = {},
): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' && numbers === 'asText') return String(value);
	if (typeof value !== 'string') {
		return refuse(issues, `is ${kindOf(value)}, not text`, mapFrom);
	}
	const reading = cleanText(value, invisible);
	if ('fault' in reading) return refuse(issues, reading.fault, mapFrom);
	const { text } = reading;
	if (text === '') return undefined;
	const found = faultOf(text);
	return found === undefined ? text : refuse(issues, found.fault, mapFrom);
}

/** @returns the cleaned text; nothing is refused as empty */
export function readRequiredText(
	value: unknown,
	issues: Issues,
	mapFrom: string,
	rules?: TextRules,
): string {
	return readText(value, issues, mapFrom, rules) ?? refuse(issues, 'is empty', mapFrom);
}

/** A text that has to be there. */
export function requiredText(mapFrom: string, rules?: TextRules): Schema<string> {
	return z.unknown().transform((value, issues) => readRequiredText(value, issues, mapFrom, rules));
}

/** A text that may be missing: then it is empty. */
export function optionalText(mapFrom: string, rules?: TextRules): Schema<string> {
	return z.unknown().transform((value, issues) => readText(value, issues, mapFrom, rules) ?? '');
}
