/**
 * Page by page, as Partner Center links them: `links.next` names a URI (with or without `/v1`,
 * relative or absolute) and headers that have to be sent along.
 *
 * A link is followed on Partner Center's own address only and within the same collection. A list
 * that never ends would hold up the run, so a walk ends with an error at a page that comes twice,
 * after many pages without anything new, and after more pages than any partner's list has.
 *
 * @see https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
 */
import { z } from 'zod';

import { BrokenListError, refused, type ErrorFacts, type RequestIds } from './errors';
import type { CallOptions, Requester } from './Requester';

/**
 * Pages in a row that may hold no new item. A service that filters after it has made the pages sends
 * empty ones, so a single empty page does not end the list.
 */
export const MAX_PAGES_WITHOUT_NEW_ITEMS = 200;
/** With the 500 items that a page holds, a million. */
export const MAX_PAGES = 2_000;

const pageLinkSchema = z.object({
	uri: z.string(),
	headers: z
		.array(z.object({ key: z.string(), value: z.string() }))
		.nullable()
		.optional(),
});

/**
 * A page of a collection; a bare array is a collection of one page. The reference types some
 * listings as a bare array, the examples as a collection: both are read.
 */
function pageOf<T extends z.ZodTypeAny>(item: T) {
	return z
		.union([
			z.array(item),
			z.object({
				items: z.array(item),
				totalCount: z.number().optional().catch(undefined),
				links: z.object({ next: pageLinkSchema.nullable().optional() }).nullable().optional(),
			}),
		])
		.transform((page): RawPage<z.output<T>> =>
			Array.isArray(page)
				? { items: page, next: undefined, totalCount: undefined }
				: { items: page.items, next: page.links?.next ?? undefined, totalCount: page.totalCount },
		);
}

interface RawPage<T> {
	items: T[];
	next: z.output<typeof pageLinkSchema> | undefined;
	totalCount: number | undefined;
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
	{ uri, headers }: z.output<typeof pageLinkSchema>,
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
	/** Of all items or of those on the page: Microsoft does not say, and examples show both. */
	totalCount: number | undefined;
	/** By Partner Center's clock, in milliseconds since 1970; undefined where it does not say. */
	answeredAt: number | undefined;
	ids: RequestIds;
}

/** How a list is read. */
export interface ListOptions<T extends z.ZodTypeAny> {
	item: T;
	call: CallOptions;
	/** Left out, a page of a list. */
	expected?: string;
	/** Whether a refusal is a way to say that there are no items. */
	isEmpty?(facts: ErrorFacts): boolean;
	/** Pages of the same list that were read before the first one. */
	pagesBefore?: number;
}

/**
 * Reads one page.
 *
 * @throws {PartnerCenterError}
 */
export async function readPage<T extends z.ZodTypeAny>(
	requester: Requester,
	address: PageAddress,
	{ item, call, expected = 'a page of a list', isEmpty }: ListOptions<T>,
): Promise<Page<z.output<T>>> {
	const answer = await requester.send({ ...address, schema: pageOf(item), expected }, call);
	const { ids } = answer;
	if (!answer.ok) {
		if (isEmpty?.(answer.refusal) !== true) throw refused(answer.refusal, answer);
		return { items: [], next: undefined, totalCount: 0, answeredAt: undefined, ids };
	}
	const { items, next, totalCount } = answer.value as RawPage<z.output<T>>;
	const answeredAt = readDate(answer.headers.date);
	if (next === undefined) return { items, next, totalCount, answeredAt, ids };
	const collection = address.path.split('?')[0] ?? '';
	const following = readPageAddress(next, collection);
	if (following === undefined) {
		throw new BrokenListError({ kind: 'linkElsewhere', collection });
	}
	return { items, next: following, totalCount, answeredAt, ids };
}

function readDate(header: unknown): number | undefined {
	const instant = typeof header === 'string' ? Date.parse(header) : Number.NaN;
	return Number.isNaN(instant) ? undefined : instant;
}

/**
 * Reads a list page by page.
 *
 * @param start the first page, or the one to go on from
 * @throws {PartnerCenterError} a `BrokenListError` where the list has no end
 */
export async function* readPages<T extends z.ZodTypeAny>(
	requester: Requester,
	start: PageAddress,
	options: ListOptions<T>,
): AsyncGenerator<Page<z.output<T>>, void, undefined> {
	const { pagesBefore = 0 } = options;
	const addresses = new Set<string>();
	const known = new Set<string>();
	let pagesWithoutNewItems = 0;
	let address: PageAddress | undefined = start;
	while (address !== undefined) {
		const key = JSON.stringify([address.path, address.headers]);
		if (addresses.has(key)) throw new BrokenListError({ kind: 'pageLoop' });
		addresses.add(key);
		if (pagesBefore + addresses.size > MAX_PAGES) {
			throw new BrokenListError({ kind: 'tooManyPages', pages: MAX_PAGES });
		}
		const page: Page<z.output<T>> = await readPage(requester, address, options);
		const knownBefore = known.size;
		for (const one of page.items) known.add(identityOf(one));
		pagesWithoutNewItems = known.size > knownBefore ? 0 : pagesWithoutNewItems + 1;
		if (pagesWithoutNewItems >= MAX_PAGES_WITHOUT_NEW_ITEMS && page.next !== undefined) {
			const pages = MAX_PAGES_WITHOUT_NEW_ITEMS;
			throw new BrokenListError({ kind: 'nothingNew', pages, inForm: false });
		}
		yield page;
		address = page.next;
	}
}

/** What tells an item from others: its id in lower case; agreements have no id, so all of their JSON. */
export function identityOf(item: unknown): string {
	const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
	return typeof id === 'string' ? id.toLowerCase() : JSON.stringify(item);
}

/**
 * Reads a list page by page, and yields its items.
 *
 * @throws {PartnerCenterError} see `readPages`
 */
export async function* readAll<T extends z.ZodTypeAny>(
	requester: Requester,
	path: string,
	item: T,
	call: CallOptions,
): AsyncGenerator<z.output<T>, void, undefined> {
	for await (const page of readPages(requester, { path, headers: {} }, { item, call })) {
		yield* page.items;
	}
}

/**
 * Reads all pages of a list. It fails where items are missing: an agreement that is not in the list would
 * be taken for one that was never confirmed.
 *
 * @returns the items, and the ids of the call that read the first page
 * @throws {PartnerCenterError} also when the list holds fewer items than it says
 */
export async function readWhole<T extends z.ZodTypeAny>(
	requester: Requester,
	path: string,
	options: ListOptions<T>,
): Promise<RequestIds & { items: Array<z.output<T>> }> {
	const items: Array<z.output<T>> = [];
	let ids: RequestIds | undefined;
	let promised = 0;
	for await (const page of readPages(requester, { path, headers: {} }, options)) {
		ids ??= page.ids;
		items.push(...page.items);
		promised = page.totalCount ?? 0;
	}
	if (items.length < promised) {
		throw new BrokenListError({ kind: 'incompleteList', sent: items.length, promised });
	}
	return { items, requestId: ids?.requestId ?? '', correlationId: options.call.correlationId };
}
