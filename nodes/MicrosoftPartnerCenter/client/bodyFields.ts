/**
 * Additional Body Fields: properties of a request that Microsoft documented after this was written.
 * They add to what the form fills in and never replace it, so that whom a request is about, and
 * what it records, stays what the form says.
 */
import { z } from 'zod';

import { kindOf, refuse } from './fields';

const FIX = 'Use a JSON object, such as {"propertyName": "value"}, or leave it empty.';
/** What a later assignment would take for something else than a property. */
const NEVER = new Set(['__proto__', 'constructor', 'prototype']);

/** What a field was read as; a fault finishes the sentence "'Label' …". */
type Reading = { fields: Record<string, unknown> } | { fault: string; fix?: string };

/**
 * @param taken names that the form fills in, or that name the customer; compared without case, since
 *   Microsoft's services read property names that way
 * @returns the schema of the field: JSON as text, or an object from an expression; nothing is `{}`
 */
export function bodyFieldsField(taken: readonly string[]) {
	const names = new Set(taken.map(bare));
	return z.unknown().transform((value, issues): Record<string, unknown> => {
		const reading = read(value, names);
		if ('fields' in reading) return reading.fields;
		return refuse(issues, reading.fault, reading.fix ?? FIX);
	});
}

function read(value: unknown, taken: ReadonlySet<string>): Reading {
	if (value === undefined || value === null) return { fields: {} };
	if (typeof value === 'string' && value.trim() === '') return { fields: {} };
	let text: string;
	let parsed: unknown;
	try {
		text = typeof value === 'string' ? value : JSON.stringify(value);
		parsed = JSON.parse(text);
	} catch {
		return { fault: 'is not valid JSON' };
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		return { fault: `is ${nameOf(parsed)}, not a JSON object` };
	}
	for (const { name, twice } of namesIn(text)) {
		if (twice) return { fault: `has the property "${name}" twice`, fix: 'Keep one of them.' };
		if (NEVER.has(name)) return { fault: `may not have a property "${name}"` };
	}
	const replaced = Object.keys(parsed).find((name) => taken.has(bare(name)));
	if (replaced === undefined) return { fields: { ...parsed } };
	const fix = 'It adds properties and replaces none: use the fields of the form.';
	return { fault: `may not set "${replaced}"`, fix };
}

function bare(name: string): string {
	return name.normalize('NFKC').trim().toLowerCase();
}

function nameOf(value: unknown): string {
	if (value === null) return 'null';
	return typeof value === 'string' ? 'text' : kindOf(value);
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * The names of properties in valid JSON, at any depth, and whether their object has them twice:
 * `JSON.parse` silently keeps the last one.
 */
function* namesIn(json: string): Generator<{ name: string; twice: boolean }> {
	const open: Array<Set<string>> = [];
	let last = '';
	for (const [token] of json.matchAll(TOKEN)) {
		if (token === '{' || token === '[') open.push(new Set());
		else if (token === '}' || token === ']') open.pop();
		else if (token === ':') {
			const name = String(JSON.parse(last));
			const known = open.at(-1);
			yield { name, twice: known?.has(name) === true };
			known?.add(name);
		}
		last = token;
	}
}
