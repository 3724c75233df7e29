/** Reads GUIDs, so that an ID that goes into a URL or a header can't hold anything else. */
import { isGuid } from '../client/guid';
import { cleanText, faultOfCode, isBlank } from './cleanText';
import type { Schema } from './field';
import { kindOf, schemaOfReader, type Reading, type ValueFault } from './reading';

/**
 * @param text a GUID in any case, with or without braces, with white space around it
 * @returns the GUID in lower case without braces, or undefined when it is none
 */
export function parseGuid(text: string): string | undefined {
	const bare = text
		.trim()
		.replace(/^\{(.*)\}$/, '$1')
		.toLowerCase();
	return isGuid(bare) ? bare : undefined;
}

/** The same for text as people copy it, from which invisible characters are taken out. */
export function parseCleanGuid(value: string): string | undefined {
	const reading = cleanText(value, 'remove');
	return 'text' in reading ? parseGuid(reading.text) : undefined;
}

/** @param otherwise what is wrong with a text that is no GUID, where its characters do not show why */
export function readGuid(raw: unknown, otherwise: ValueFault): Reading<string> {
	const { fix } = otherwise;
	if (isBlank(raw)) return { fault: 'is empty', fix };
	if (typeof raw !== 'string') return { fault: `is ${kindOf(raw)}, not text`, fix };
	const value = parseCleanGuid(raw);
	return value === undefined ? { ...otherwise, ...faultOfCode(raw) } : { value };
}

/** A GUID that may be missing. */
export function optionalGuid(fix: string): Schema<string | undefined> {
	return schemaOfReader<string | undefined>((raw) =>
		isBlank(raw) ? { value: undefined } : readGuid(raw, { fault: 'is not a GUID', fix }),
	);
}
