/**
 * Additional Body Fields: properties of a request that Microsoft documented after this was written.
 * They add to what the form fills in and never replace it, so that whom a request is about, and
 * what it records, stays what the form says.
 */
import type { Field, Schema } from './field';
import { kindOf, schemaOfReader, type Reading, type ValueFault } from './reading';

const FIX = 'Use a JSON object, such as {"propertyName": "value"}, or leave it empty.';
/** Names by which an assignment changes the object itself in place of a property. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** Far deeper ones exceed the stack when they are sent, and that error would not name the field. */
const MAX_DEPTH = 100;

const TOO_DEEP: ValueFault = {
	fault: `is nested more than ${MAX_DEPTH} levels deep`,
	fix: 'Keep only the properties that Microsoft names.',
};
const TOO_LARGE: ValueFault = {
	fault: 'is too large or too deeply nested to be read',
	fix: 'Keep only the properties that Microsoft names.',
};

interface FieldOfOperation {
	/** What the field is for, in the form. */
	description: string;
	/**
	 * Names that the form fills in, or that name the customer; compared without case, since
	 * Microsoft's services read property names that way.
	 */
	reserved: readonly string[];
}

/** @returns the field Additional Body Fields of one operation */
export function bodyFieldsField({
	description,
	reserved,
}: FieldOfOperation): Field<Record<string, unknown>> {
	return {
		property: {
			displayName: 'Additional Body Fields',
			name: 'additionalBodyFields',
			type: 'json',
			default: '{}',
			description,
		},
		schema: bodyFields(reserved),
	};
}

/** JSON as text, or an object from an expression; nothing is `{}`. */
export function bodyFields(reserved: readonly string[]): Schema<Record<string, unknown>> {
	const names = new Set(reserved.map(bare));
	return schemaOfReader((raw) => readBodyFields(raw, names));
}

function readBodyFields(
	value: unknown,
	reserved: ReadonlySet<string>,
): Reading<Record<string, unknown>> {
	if (value === undefined || value === null) return { value: {} };
	if (typeof value === 'string' && value.trim() === '') return { value: {} };
	let text: string;
	let parsed: unknown;
	try {
		text = typeof value === 'string' ? value : JSON.stringify(value);
		parsed = JSON.parse(text);
	} catch (error) {
		return error instanceof RangeError ? TOO_LARGE : { fault: 'is not valid JSON', fix: FIX };
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		return { fault: `is ${nameOf(parsed)}, not a JSON object`, fix: FIX };
	}
	const fault = faultOfNames(text);
	if (fault !== undefined) return fault;
	const replaced = Object.keys(parsed).find((name) => reserved.has(bare(name)));
	if (replaced === undefined) return { value: { ...parsed } };
	const fix = 'It adds properties and replaces none: use the fields of the form.';
	return { fault: `may not set "${replaced}"`, fix };
}

function faultOfNames(text: string): ValueFault | undefined {
	try {
		for (const { name, twice, depth } of namesIn(text)) {
			if (depth > MAX_DEPTH) return TOO_DEEP;
			if (twice) return { fault: `has the property "${name}" twice`, fix: 'Keep one of them.' };
			if (FORBIDDEN_NAMES.has(name)) {
				return { fault: `may not have a property "${name}"`, fix: FIX };
			}
		}
	} catch {
		// The text is valid JSON, so only a limit of JavaScript itself can have been exceeded.
		return TOO_LARGE;
	}
	return undefined;
}

function bare(name: string): string {
	return name.normalize('NFKC').trim().toLowerCase();
}

function nameOf(value: unknown): string {
	if (value === null) return 'null';
	return typeof value === 'string' ? 'text' : kindOf(value);
}

const JSON_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * The names of properties in valid JSON, at any depth, and whether their object has them twice:
 * `JSON.parse` silently keeps the last one. What is opened comes along too, for its depth alone.
 */
function* namesIn(json: string): Generator<{ name: string; twice: boolean; depth: number }> {
	const open: Array<Set<string>> = [];
	let last = '';
	for (const [token] of json.matchAll(JSON_TOKEN)) {
		if (token === '{' || token === '[') {
			open.push(new Set());
			yield { name: '', twice: false, depth: open.length };
		} else if (token === '}' || token === ']') open.pop();
		else if (token === ':') {
			const name = String(JSON.parse(last));
			const known = open.at(-1);
			yield { name, twice: known?.has(name) === true, depth: open.length };
			known?.add(name);
		}
		last = token;
	}
}
