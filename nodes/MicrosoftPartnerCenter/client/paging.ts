/**
 * Page by page, as Partner Center links them: `links.next` names a URI (with or without `/v1`,
 * relative or absolute) and headers that have to be sent along.
 *
 * A link is followed on Partner Center's own address only and within the same collection, and a
 * page that comes twice ends the walk: a list that never ends would hold up the run.
 *
 * @see https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
 */
import { z } from 'zod';

import { PartnerCenterError, refused } from './errors';
import type { CallOptions, Requester } from './Requester';

const linkSchema = z.object({
	uri: z.string(),
	headers: z
		.array(z.object({ key: z.string(), value: z.string() }))
		.nullable()
		.optional(),
});

/** A page of a collection; a bare array is a collection of one page. */
function pageOf<T extends z.ZodTypeAny>(item: T) {
	return z
		.union([
			z.array(item),
			z.object({
				items: z.array(item),
				links: z.object({ next: linkSchema.nullable().optional() }).nullable().optional(),
			}),
		])
		.transform(
			(page): { items: Array<z.output<T>>; next: z.output<typeof linkSchema> | undefined } =>
				Array.isArray(page)
					? { items: page, next: undefined }
					: { items: page.items, next: page.links?.next ?? undefined },
		);
}

/** Where a page is: its path below the API's base URL, and the headers that lead to it. */
export interface PageAddress {
	path: string;
	headers: Record<string, string>;
}

/** Headers that a link can't set: they belong to the connection or to the credential. */
const NEVER_FROM_LINK =
	/^(authorization|host|cookie|content-|transfer-|connection|proxy-|ms-requestid$|ms-correlationid$)/i;
const HEADER_NAME = /^[A-Za-z0-9-]+$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;

/**
 * @param uri of `links.next`
 * @param collection the path that the walk started with, e.g. `/v1/customers`
 * @returns undefined when the link leads out of the collection
 */
export function readPageAddress(
	{ uri, headers }: z.output<typeof linkSchema>,
	collection: string,
): PageAddress | undefined {
	const withoutHost = uri.replace(/^https?:\/\/[^/?#]+/i, '');
	const [pathname = '', ...query] = withoutHost.split('?');
	const path = pathname.startsWith('/v1/') ? pathname : `/v1/${pathname.replace(/^\/+/, '')}`;
	if (path !== collection || query.join('?').includes('#')) return undefined;
	const sent: Record<string, string> = {};
	for (const { key, value } of headers ?? []) {
		const isSafe = HEADER_NAME.test(key) && HEADER_VALUE.test(value) && !NEVER_FROM_LINK.test(key);
		if (isSafe) sent[key] = value;
	}
	return { path: query.length === 0 ? path : `${path}?${query.join('?')}`, headers: sent };
}

export interface Page<T> {
	items: T[];
	/** Undefined on the last page. */
	next: PageAddress | undefined;
}

/**
 * Reads one page.
 *
 * @throws {PartnerCenterError}
 */
export async function readPage<T extends z.ZodTypeAny>(
	requester: Requester,
	address: PageAddress,
	item: T,
	call: CallOptions,
): Promise<Page<z.output<T>>> {
	const settled = await requester.request(
		{ ...address, schema: pageOf(item), expected: 'a page of a list' },
		call,
	);
	if (settled.facts !== undefined) throw refused(settled.facts, settled);
	const { items, next } = settled.value as {
		items: Array<z.output<T>>;
		next: z.output<typeof linkSchema> | undefined;
	};
	if (next === undefined) return { items, next: undefined };
	const collection = address.path.split('?')[0] ?? '';
	const following = readPageAddress(next, collection);
	if (following === undefined) {
		throw new PartnerCenterError(
			'The link to the next page of the list leads elsewhere',
			`Only links to ${collection} are followed. Run this item again; if it stays so, report it.`,
		);
	}
	return { items, next: following };
}

/**
 * Reads a list page by page, and yields its items.
 *
 * @throws {PartnerCenterError} also when a page comes twice
 */
export async function* readAll<T extends z.ZodTypeAny>(
	requester: Requester,
	path: string,
	item: T,
	call: CallOptions,
): AsyncGenerator<z.output<T>, void, undefined> {
	const seen = new Set<string>();
	let address: PageAddress | undefined = { path, headers: {} };
	while (address !== undefined) {
		const key = JSON.stringify([address.path, address.headers]);
		if (seen.has(key)) {
			throw new PartnerCenterError(
				'The list leads back to a page that was read already',
				"Run this item again. If it stays so, set 'Limit' to fewer results than a page holds.",
			);
		}
		seen.add(key);
		const page: Page<z.output<T>> = await readPage(requester, address, item, call);
		yield* page.items;
		address = page.next;
	}
}
