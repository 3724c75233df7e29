/** Reads an item's fields, checks them against their schemas, and names what is wrong by its label. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ZodError } from 'zod';

import { inOneLine } from '../client/oneLine';
import { defaultOf, labelOf, pathOf, schemaOf, type Field } from '../fields/field';
import { showInvisible } from '../fields/text';

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
	const shown = showValue(isLocator(raw) ? raw.value : raw);
	return {
		label,
		fault: `${issue?.message ?? 'is not valid'}${shown === '' ? '' : `: ${shown}`}`,
		fix: fixOf(issue) ?? 'Change its value.',
	};
}

/** What n8n made of a parameter that holds no expression. */
interface Constant {
	parameter: unknown;
	value: unknown;
}

/** A cache: constants of each execution of a node, by the parameter's path. */
const constantCacheByContext = new WeakMap<IExecuteFunctions, Map<string, Constant>>();

/** A parameter without an expression is the same for every item: n8n resolves it for the first. */
function parameterValue(context: IExecuteFunctions, item: number, field: Field): unknown {
	const [path, fallback] = [pathOf(field), defaultOf(field)];
	const constants = constantCacheByContext.get(context) ?? new Map<string, Constant>();
	const parameter: unknown = context.getNodeParameter(path, item, fallback, {
		rawExpressions: true,
	});
	const known = constants.get(path);
	if (known !== undefined && known.parameter === parameter) return known.value;
	const value: unknown = context.getNodeParameter(path, item, fallback);
	if (!holdsExpression(parameter)) {
		constants.set(path, { parameter, value });
		constantCacheByContext.set(context, constants);
	}
	return value;
}

/** n8n marks an expression by an equals sign at its beginning, at any depth. */
function holdsExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(holdsExpression);
}

/** A message shows the value of a resource locator only; people don't know the rest. */
function isLocator(raw: unknown): raw is { value: unknown } {
	return typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
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
