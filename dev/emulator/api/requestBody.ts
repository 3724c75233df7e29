/**
 * How Partner Center reads a body: as .NET does. Names of properties and values of enumerations count
 * without case, a property that is null is absent, and unknown ones are kept. Microsoft's .NET SDK and
 * its PowerShell library send PascalCase names and null for whatever was not set.
 */
import { z, type ZodTypeAny } from 'zod';
import { apiErrors } from './apiErrors';

/**
 * Every body is read through this function.
 *
 * @throws ApiError 400: 800002 for a body that is no JSON object, 3000 for wrong properties
 */
export function readBody<T extends ZodTypeAny>(text: string, schema: T): z.output<T> {
	const parsed = schema.safeParse(spelledAs(schema, jsonObject(text)));
	if (parsed.success) return parsed.data;
	const wrong = parsed.error.issues.map(({ path }) => path.join('.'));
	throw apiErrors.invalidProperty([...new Set(wrong)]);
}

/** The same value in the schema's own spelling of names and enumerations, without what is null. */
export function spelledAs(schema: ZodTypeAny, value: unknown): unknown {
	const inner = unwrapped(schema);
	if (inner instanceof z.ZodEnum && typeof value === 'string') {
		const options = z.array(z.string()).parse(inner.options);
		return options.find((option) => isSame(option, value)) ?? value;
	}
	if (inner instanceof z.ZodArray && Array.isArray(value)) {
		return value.map((item) => spelledAs(elementOf(inner), item));
	}
	if (!(inner instanceof z.ZodObject) || !isRecord(value)) return value;
	const shape = z.record(z.instanceof(z.ZodType)).parse(inner.shape);
	const names = Object.keys(shape);
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, each]) => each !== null)
			.map(([sent, each]) => {
				const name = names.find((known) => isSame(known, sent)) ?? sent;
				const property = shape[name];
				return [name, property === undefined ? each : spelledAs(property, each)];
			}),
	);
}

function unwrapped(schema: ZodTypeAny): ZodTypeAny {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
		return unwrapped(z.instanceof(z.ZodType).parse(schema.unwrap()));
	}
	if (schema instanceof z.ZodDefault) {
		return unwrapped(z.instanceof(z.ZodType).parse(schema.removeDefault()));
	}
	if (schema instanceof z.ZodEffects) {
		return unwrapped(z.instanceof(z.ZodType).parse(schema.innerType()));
	}
	return schema;
}

function elementOf(schema: z.ZodArray<ZodTypeAny>): ZodTypeAny {
	return schema.element;
}

function isSame(a: string, b: string): boolean {
	return a.toLowerCase() === b.toLowerCase();
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws ApiError 400 800002 */
function jsonObject(text: string): object {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		throw apiErrors.invalidInput();
	}
	if (!isRecord(value)) throw apiErrors.invalidInput();
	return value;
}
