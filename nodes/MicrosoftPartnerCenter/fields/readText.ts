/**
 * Reads text: it is cleaned, and what no person wrote is refused. `cleanText.ts` has the
 * rules, the same for every field.
 */
import { cleanText, placeholderIn, type Invisible, type TextFault } from './cleanText';
import type { Schema } from './field';
import { kindOf, schemaOfReader, type Reading } from './reading';

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

/**
 * @param fix what to do next where it can't be used
 * @returns the cleaned text; undefined when there is nothing
 */
export function readText(
	raw: unknown,
	fix: string,
	{ invisible = 'clean', faultOf = placeholderIn, numbers }: TextRules = {},
): Reading<string | undefined> {
	if (raw === undefined || raw === null) return { value: undefined };
	if (typeof raw === 'number' && numbers === 'asText') return { value: String(raw) };
	if (typeof raw !== 'string') return { fault: `is ${kindOf(raw)}, not text`, fix };
	const cleaned = cleanText(raw, invisible);
	if ('fault' in cleaned) return { ...cleaned, fix };
	const { text } = cleaned;
	if (text === '') return { value: undefined };
	const found = faultOf(text);
	return found === undefined ? { value: text } : { ...found, fix };
}

/** @returns the cleaned text; nothing is refused as empty */
export function readRequiredText(raw: unknown, fix: string, rules?: TextRules): Reading<string> {
	const reading = readText(raw, fix, rules);
	if ('fault' in reading) return reading;
	const { value } = reading;
	return value === undefined ? { fault: 'is empty', fix } : { value };
}

/** A text that has to be there. */
export function requiredText(fix: string, rules?: TextRules): Schema<string> {
	return schemaOfReader((raw) => readRequiredText(raw, fix, rules));
}

/** A text that may be missing: then it is empty. */
export function optionalText(fix: string, rules?: TextRules): Schema<string> {
	return schemaOfReader((raw) => {
		const reading = readText(raw, fix, rules);
		return 'fault' in reading ? reading : { value: reading.value ?? '' };
	});
}
