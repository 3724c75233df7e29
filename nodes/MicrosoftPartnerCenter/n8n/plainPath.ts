/**
 * A parameter that is nothing but a path into its item, such as `={{ $json.contact.email }}`, as most
 * are. n8n takes about half a millisecond to evaluate an expression; to look into the item takes none.
 *
 * What is read here is sent in a legal record, so it has to be what n8n would say. Only text, finite
 * numbers and true or false are read, from an object's own plain properties. For anything else (nothing
 * there, null, a list, an object, a date, something inherited, a getter, half a character) n8n is asked.
 */

/** The names that lead from the item to the value. */
export type PlainPath = readonly string[];

/** What n8n hands a node for a field that is a resource locator: the value beside how it was chosen. */
export interface Locator {
	__rl: unknown;
	value: unknown;
}

const NAME = /\??\.([A-Za-z_$][\w$]*)/;
/** Without backslashes, which JavaScript would read, and braces, which n8n would. */
const QUOTED = /(?:\?\.)?\[(?:"([^"\\{}\p{Cc}\p{Zl}\p{Zp}]*)"|'([^'\\{}\p{Cc}\p{Zl}\p{Zp}]*)')\]/u;
const SEGMENT = new RegExp(`${NAME.source}|${QUOTED.source}`, 'gu');
/** A blank before or behind the braces would make it a text that holds the value. */
const PLAIN = new RegExp(
	`^=\\{\\{\\s*\\$json((?:${NAME.source}|${QUOTED.source})+)\\s*\\}\\}$`,
	'u',
);

/** @returns undefined for a parameter that n8n has to evaluate */
export function parsePlainPath(parameter: unknown): PlainPath | undefined {
	const expression = isLocator(parameter) ? expressionIn(parameter) : parameter;
	if (typeof expression !== 'string') return undefined;
	const [, path] = PLAIN.exec(expression) ?? [];
	if (path === undefined) return undefined;
	const names = [...path.matchAll(SEGMENT)].map(
		([, name, doubleQuoted, singleQuoted]) => name ?? doubleQuoted ?? singleQuoted ?? '',
	);
	// An engine may give an object's own method under such a name, whatever the item holds.
	return names.some((name) => name in Object.prototype) ? undefined : names;
}

/**
 * @param json the item's
 * @returns the parameter's value, or undefined where n8n has to be asked
 */
export function readPlainPath(
	path: PlainPath,
	parameter: unknown,
	json: unknown,
): { value: unknown } | undefined {
	let value = json;
	for (const name of path) {
		if (!isPlainObject(value)) return undefined;
		const property = Object.getOwnPropertyDescriptor(value, name);
		if (property?.enumerable !== true || !('value' in property)) return undefined;
		value = property.value as unknown;
	}
	if (!isPlainValue(value)) return undefined;
	return { value: isLocator(parameter) ? { ...parameter, value } : value };
}

/** @returns whether n8n, asked for the same parameter of the same item, said the same */
export function isSameReading(read: unknown, evaluated: unknown): boolean {
	if (!isLocator(read) || !isLocator(evaluated)) return Object.is(read, evaluated);
	const names = new Set([...Object.keys(read), ...Object.keys(evaluated)]) as Set<keyof Locator>;
	return [...names].every((name) => Object.is(read[name], evaluated[name]));
}

export function isLocator(parameter: unknown): parameter is Locator {
	return (
		typeof parameter === 'object' &&
		parameter !== null &&
		'__rl' in parameter &&
		'value' in parameter
	);
}

/** Its value, where nothing else of it is an expression or an object, which n8n would go into. */
function expressionIn({ value, ...others }: Locator): unknown {
	const isConstant = Object.values(others).every(
		(other) =>
			other === null ||
			(typeof other !== 'object' && !(typeof other === 'string' && other.startsWith('='))),
	);
	return isConstant ? value : undefined;
}

function isPlainObject(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isPlainValue(value: unknown): boolean {
	// Not every engine that n8n has for expressions keeps half a character, a mark of byte order, and
	// what stands behind a NUL.
	if (typeof value === 'string') return !/[\p{Surrogate}\uFEFF\0]/u.test(value);
	if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
	return typeof value === 'boolean';
}
