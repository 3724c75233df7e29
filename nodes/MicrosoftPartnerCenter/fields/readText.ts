/**
 * Reads text: it is cleaned, and what no person wrote is refused. `text.ts` says how, the same for every
 * field.
 */
import { z } from 'zod';

import type { Schema } from './field';
import { kindOf, refuse, type Issues } from './refuse';
import { cleanText, placeholderIn, type Invisible, type TextFault } from './text';

export interface TextRules {
	/** What becomes of characters that nobody sees; default: `clean`. */
	invisible?: Invisible;
	/** What is wrong with the cleaned text; default: whether it is a placeholder that nobody filled in. */
	faultOf?: (text: string) => TextFault | undefined;
	/** Takes a number as its digits: spreadsheets make numbers of postal codes. Default: a number is refused. */
	numbers?: 'asText';
}

/** For a GUID, a domain or a code: no invisible character is part of one, so all are taken out. */
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
