/** Reads an item's fields, checks them against their schemas, and names what is wrong by its label. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ZodError } from 'zod';

import { inOneLine } from '../client/oneLine';
import { showInvisible } from '../fields/cleanText';
import { defaultOf, labelOf, pathOf, schemaOf, type Field } from '../fields/field';
import {
	isLocator,
	isSameReading,
	parsePlainPath,
	readPlainPath,
	type PlainPath,
} from './plainPath';

/** What `readFields` made of each field. */
export type FieldValues<F extends Record<string, Field>> = {
	[K in keyof F]: F[K] extends Field<infer V> ? V : never;
};

/** What is wrong with one field, in words. */
export interface FieldFault {
	label: string;
	fault: string;
	fix: string;
}

/** An item whose fields can't be used. Nothing was sent for it. */
export class FieldFaults extends Error {
	override readonly name = 'FieldFaults';

	constructor(readonly faults: FieldFault[]) {
		super(faults.map(({ label, fault }) => `'${label}' ${fault}`).join('; '));
	}

	/** The next steps, one for each fault. */
	get advice(): string {
		return [...new Set(this.faults.map(({ fix }) => fix))].join(' ');
	}
}

/**
 * Reads and checks the fields of one item.
 *
 * @throws {FieldFaults} naming every field that can't be used
 */
export function readFields<F extends Record<string, Field>>(
	context: IExecuteFunctions,
	item: number,
	fields: F,
): FieldValues<F> {
	const values: Record<string, unknown> = {};
	const faults: FieldFault[] = [];
	for (const [key, field] of Object.entries(fields)) {
		const reading = readField(context, item, field);
		if ('fault' in reading) faults.push(reading);
		else values[key] = reading.value;
	}
	if (faults.length > 0) throw new FieldFaults(faults);
	return values as FieldValues<F>;
}

function readField(
	context: IExecuteFunctions,
	item: number,
	field: Field,
): { value: unknown } | FieldFault {
	const label = labelOf(field);
	let raw: unknown;
	try {
		raw = parameterValue(context, item, field);
	} catch (error) {
		const reason = error instanceof Error ? inOneLine(error.message) : 'unknown';
		return {
			label,
			fault: `has an expression that could not be evaluated ("${reason}")`,
			fix: 'Correct the expression, or the data that it reads.',
		};
	}
	const result = schemaOf(field, context).safeParse(raw);
	return result.success ? { value: result.data } : fieldFaultOf(label, raw, result.error);
}

/**
 * @param raw the value that the field was given
 * @returns what is wrong with it, in words: the first issue, and the value
 */
export function fieldFaultOf(label: string, raw: unknown, error: ZodError): FieldFault {
	const issue = error.issues[0];
	// People don't know the rest of a resource locator.
	const shown = showValue(isLocator(raw) ? raw.value : raw);
	return {
		label,
		fault: `${issue?.message ?? 'is not valid'}${shown === '' ? '' : `: ${shown}`}`,
		fix: fixOf(issue) ?? 'Change its value.',
	};
}

/** How a parameter's value is had, once n8n has been asked for an item's. */
type Shortcut =
	/** It holds no expression, and is the same for every item. */
	| { constant: unknown }
	/** n8n and a look into the item said the same. */
	| { path: PlainPath }
	/** They did not, so n8n is asked for every item. */
	| 'none';

type Shortcuts = Map<string, { parameter: unknown; shortcut: Shortcut }>;

/** A cache: each execution of a node, by the parameter's path. */
const shortcutsByContext = new WeakMap<IExecuteFunctions, Shortcuts>();

function shortcutsOf(context: IExecuteFunctions): Shortcuts {
	const shortcuts: Shortcuts = shortcutsByContext.get(context) ?? new Map();
	shortcutsByContext.set(context, shortcuts);
	return shortcuts;
}

/**
 * @returns a field's value as n8n gives it: with its expression evaluated, and not yet read
 * @throws Error when the expression can't be evaluated
 */
export function parameterValue(context: IExecuteFunctions, item: number, field: Field): unknown {
	const [at, fallback] = [pathOf(field), defaultOf(field)];
	const shortcuts = shortcutsOf(context);
	const parameter: unknown = context.getNodeParameter(at, item, fallback, {
		rawExpressions: true,
	});
	const jsonOf = () => context.getInputData()[item]?.json;
	const known = shortcuts.get(at);
	const isSame = known !== undefined && known.parameter === parameter;
	const shortcut = isSame ? known.shortcut : undefined;
	if (typeof shortcut === 'object') {
		if ('constant' in shortcut) return shortcut.constant;
		const read = readPlainPath(shortcut.path, parameter, jsonOf());
		if (read !== undefined) return read.value;
	}
	const value: unknown = context.getNodeParameter(at, item, fallback);
	const found = shortcut ?? findShortcut(parameter, value, jsonOf);
	if (found !== undefined) shortcuts.set(at, { parameter, shortcut: found });
	return value;
}

/**
 * @param value what n8n says of the item
 * @returns undefined where this item can't tell
 */
function findShortcut(
	parameter: unknown,
	value: unknown,
	jsonOf: () => unknown,
): Shortcut | undefined {
	if (!holdsExpression(parameter)) return { constant: value };
	const path = parsePlainPath(parameter);
	if (path === undefined) return 'none';
	const read = readPlainPath(path, parameter, jsonOf());
	if (read === undefined) return undefined;
	return isSameReading(read.value, value) ? { path } : 'none';
}

/** n8n marks an expression by an equals sign at its beginning, at any depth. */
function holdsExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(holdsExpression);
}

function fixOf(issue: unknown): string | undefined {
	const params = (issue as { params?: { fix?: unknown } } | undefined)?.params;
	return typeof params?.fix === 'string' ? params.fix : undefined;
}

const MAX_SHOWN_CHARACTERS = 80;

function showValue(value: unknown): string {
	if (value === undefined || value === null || value === '') return '';
	if (typeof value === 'string') {
		const shown = inOneLine(showInvisible(value), MAX_SHOWN_CHARACTERS);
		return shown === '' ? '' : `"${shown}"`;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	try {
		return inOneLine(showInvisible(JSON.stringify(value) ?? ''), MAX_SHOWN_CHARACTERS);
	} catch {
		return '';
	}
}
