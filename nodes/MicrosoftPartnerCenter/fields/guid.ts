/** Reads GUIDs, so that an ID that goes into a URL or a header can't hold anything else. */
import { z } from 'zod';

import { isGuid } from '../client/guid';
import type { Schema } from './field';
import { kindOf, refuse, type Issues } from './refuse';
import { cleanText, faultOfCode, isBlank } from './text';

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

/** @returns undefined where it is no GUID and its characters do not show why */
export function readGuid(value: string, issues: Issues, fix: string): string | undefined {
	const guid = parseCleanGuid(value);
	const found = guid === undefined ? faultOfCode(value) : undefined;
	return found === undefined ? guid : refuse(issues, found.fault, fix);
}

/** A GUID that may be missing. */
export function optionalGuid(fix: string): Schema<string | undefined> {
	return z.unknown().transform((value, issues) => {
		if (isBlank(value)) return undefined;
		if (typeof value !== 'string') return refuse(issues, `is ${kindOf(value)}, not text`, fix);
		return readGuid(value, issues, fix) ?? refuse(issues, 'is not a GUID', fix);
	});
}
