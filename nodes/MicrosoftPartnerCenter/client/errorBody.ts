/**
 * The body of an answer that refuses, in whatever envelope it comes.
 *
 * - Partner Center: `{code: "…", description, data}` or `{code: 600061, message, errorName, parameters}`
 * - its gateway: `{statusCode, message}`
 * - OData 4 and Microsoft Graph: `{error: {code, message, details}}`; OData 3: `{"odata.error": …}`
 * - problem details: `{title, detail, errors}` (RFC 7807, RFC 9457, ASP.NET Core)
 * - ASP.NET Web API: `{Message, MessageDetail, ModelState}`
 * - OAuth 2: `{error, error_description}`
 */
import type { z } from 'zod';

import { OversizedBody, readJson } from './json';
import { errorBodySchema } from './schemas';

/** What a body says of a refusal; as it came, so not fit for a message yet. */
export interface ErrorBody {
	code?: number | string;
	errorName?: string;
	text?: string;
	/** Names of the properties that were refused, or what is said of each. */
	details: string[];
	isRetryable?: boolean;
}

type Properties = z.infer<typeof errorBodySchema>;

/** At most this many entries of a list or an object are read; a message has no room for more. */
const MAX_ENTRIES = 20;
/** At most this many characters of a page are read: enough to get behind its styles. */
const MAX_PAGE = 20_000;

export function readErrorBody(body: unknown): ErrorBody {
	const outer = readProperties(body);
	const nested = outer.error ?? outer['odata.error'];
	const inner = readProperties(nested);
	const isText = typeof nested === 'string';
	const [code] = [outer.code, inner.code, isText ? nested : undefined].filter(isGiven);
	const errorName = outer.errorName || inner.errorName;
	const text =
		outer.description ||
		sentences(outer.message, outer.messageDetail) ||
		sentences(outer.title, outer.detail) ||
		outer.error_description ||
		inner.description ||
		inner.message;
	const isRetryable = outer.isRetryable ?? inner.isRetryable;
	return {
		...(code === undefined ? {} : { code }),
		...(errorName ? { errorName } : {}),
		...(text ? { text } : {}),
		details: [
			...textsIn(outer.data),
			...textsIn(outer.parameters && Object.values(outer.parameters)),
			...detailTexts(outer.errors),
			...detailTexts(outer.modelState),
			...detailTexts(inner.details),
		],
		...(typeof isRetryable === 'boolean' ? { isRetryable } : {}),
	};
}

/** @returns the HTTP status of a refusal that a body speaks of: `{statusCode, message}` */
export function refusalIn(body: unknown): number | undefined {
	const status = Number(readProperties(body).statusCode ?? Number.NaN);
	return Number.isInteger(status) && status >= 400 && status < 600 ? status : undefined;
}

/**
 * The beginning of a body that says nothing in any known way: its text, and of a web page what a
 * person would see of it.
 *
 * @param raw the body as it came
 */
export function excerptOf(raw: unknown): string {
	if (raw instanceof OversizedBody) return excerptOf(raw.beginning);
	if (typeof raw !== 'string') {
		const hasContent = typeof raw === 'object' && raw !== null && Object.keys(raw).length > 0;
		return hasContent ? withoutQueries(JSON.stringify(raw).slice(0, MAX_PAGE)) : '';
	}
	const beginning = raw.slice(0, MAX_PAGE);
	if (!/^[\uFEFF\s]*</.test(beginning)) {
		const read = raw.length <= MAX_PAGE ? readJson(raw) : undefined;
		if (read?.ok === true) {
			return typeof read.value === 'string' ? read.value : excerptOf(read.value);
		}
		return withoutQueries(beginning);
	}
	const visible = beginning
		.replace(/<!--[\s\S]*?(-->|$)/g, ' ')
		.replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
		.replace(/<[^>]*(>|$)/g, ' ');
	return withoutQueries(visible);
}

/** A link's query may hold a signature that grants access, so it stays out of messages and logs. */
function withoutQueries(text: string): string {
	return text.replace(/(\bhttps?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gi, '$1?…');
}

/** ASP.NET writes the same names with a capital; where both are there, the small one counts. */
function readProperties(body: unknown): Properties {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
	const small = Object.entries(body).map(
		([name, value]) => [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, value] as const,
	);
	return errorBodySchema.safeParse({ ...Object.fromEntries(small), ...body }).data ?? {};
}

function isGiven<T>(value: T | null | undefined | ''): value is T {
	return value !== undefined && value !== null && value !== '';
}

function sentences(first: string | null | undefined, second: string | null | undefined): string {
	return [first, second]
		.filter(isGiven)
		.join(/[.:!?]\s*$/.test(first?.slice(-5) ?? '') ? ' ' : ': ');
}

function textsIn(values: unknown): string[] {
	if (!Array.isArray(values)) return [];
	return values.filter((value) => typeof value === 'string').slice(0, MAX_ENTRIES);
}

/** `{email: ["Is not one."]}` and `[{target: "email", message: "Is not one."}]`, as "email: Is not one." */
function detailTexts(values: unknown): string[] {
	if (typeof values !== 'object' || values === null) return [];
	if (!Array.isArray(values)) {
		return Object.entries(values)
			.slice(0, MAX_ENTRIES)
			.map(([name, said]) => [name, textsIn([said].flat()).join(' ')].filter(isGiven).join(': '));
	}
	return values.slice(0, MAX_ENTRIES).flatMap((value) => {
		if (typeof value === 'string') return [value];
		const { target, pointer, message, detail } = readProperties(value);
		const said = [target ?? pointer, message ?? detail].filter(isGiven).join(': ');
		return said === '' ? [] : [said];
	});
}
