/**
 * Collections that come in pages: how many items a page has, and the links that lead to the others.
 * Sources: get-a-list-of-customers and get-invoice-billed-consumption-lineitems on Microsoft Learn;
 * the seek operations are those of Microsoft's .NET SDK.
 */
import { z } from 'zod';
import type { EmulatorContext } from '../EmulatorContext';
import { apiErrors } from './apiErrors';
import { linkTo, type Link } from './links';

export interface PageRequest {
	/** The collection below `/v1`. */
	path: string;
	/** What its links repeat, in their order; a value of undefined is left out. */
	parameters: Readonly<Record<string, string | undefined>>;
	/** Items on a page. */
	size: number;
	seekOperation: string | null;
	/** The header MS-ContinuationToken. */
	continuationToken: string | undefined;
}

export interface CollectionPage<T> {
	totalCount: number;
	items: readonly T[];
	links: { self: Link; next?: Link; previous?: Link };
	/** The token of the next page, by which Microsoft's SDKs seek; it stands in the link's headers too. */
	continuationToken?: string;
	attributes: { objectType: 'Collection' };
}

/** Zero means the default, as Microsoft's SDK sends it. @throws ApiError 400 3000 */
export function readSize(query: URLSearchParams, defaultSize: number): number {
	const asked = query.get('size') ?? '';
	if (!/^\d*$/.test(asked)) throw apiErrors.invalidProperty(['size']);
	return Number(asked) || defaultSize;
}

/** @throws ApiError 400 3000 for a seek that has no page, or another collection's token */
export function pageOf<T>(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	all: readonly T[],
	request: PageRequest,
): CollectionPage<T> {
	const { size } = request;
	const start = startOf(request, all.length);
	const { endlessList } = context.switches;
	const items =
		endlessList === 'off'
			? all.slice(start, start + size)
			: all.slice(0, endlessList === 'empty' ? 0 : 1);
	const seek = (operation: 'Next' | 'Previous', value: string) =>
		linkTo(context, uriOf(request, operation), [{ key: TOKEN_HEADER, value }]);
	const hasNext = start + size < all.length || endlessList !== 'off';
	const next = hasNext
		? tokenFor(request, context.switches.pageLoop ? start : start + size)
		: undefined;
	return {
		totalCount: context.switches.totalCount === 'page' ? items.length : all.length,
		items,
		links: {
			self: linkTo(context, uriOf(request)),
			...(next === undefined ? {} : { next: seek('Next', next) }),
			...(start > 0
				? { previous: seek('Previous', tokenFor(request, Math.max(0, start - size))) }
				: {}),
		},
		...(next === undefined ? {} : { continuationToken: next }),
		attributes: { objectType: 'Collection' },
	};
}

const TOKEN_HEADER = 'MS-ContinuationToken';

/** In the order of the .NET SDK's enumeration, whose values may be sent by number, and in any case. */
const seekNames = ['next', 'previous', 'first', 'last', 'pageindex'];

function startOf(request: PageRequest, count: number): number {
	const asked = request.seekOperation?.toLowerCase() ?? 'first';
	switch (seekNames[Number(asked)] ?? asked) {
		case 'first':
			return 0;
		case 'last':
			return Math.max(0, Math.ceil(count / request.size) - 1) * request.size;
		case 'next':
		case 'previous':
			return offsetOf(request);
		default:
			throw apiErrors.invalidProperty(['seekOperation']);
	}
}

const tokenSchema = z
	.object({ collection: z.string(), offset: z.number().int().nonnegative() })
	.strict();

function tokenFor(request: PageRequest, offset: number): string {
	const token: z.infer<typeof tokenSchema> = { collection: collectionOf(request), offset };
	return Buffer.from(JSON.stringify(token)).toString('base64');
}

function offsetOf(request: PageRequest): number {
	const token = tokenSchema.safeParse(decoded(request.continuationToken ?? ''));
	if (!token.success || token.data.collection !== collectionOf(request)) {
		throw apiErrors.invalidProperty([TOKEN_HEADER]);
	}
	return token.data.offset;
}

function decoded(token: string): unknown {
	try {
		return JSON.parse(Buffer.from(token, 'base64').toString());
	} catch {
		return undefined;
	}
}

/** A token counts for the same query, whatever the size of its pages. */
function collectionOf({ path, parameters }: PageRequest): string {
	return uriWith(path, { ...parameters, size: undefined });
}

function uriOf({ path, parameters }: PageRequest, seekOperation?: string): string {
	return uriWith(path, { ...parameters, seekOperation });
}

function uriWith(path: string, parameters: PageRequest['parameters']): string {
	const query = Object.entries(parameters).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
	);
	return query.length === 0 ? path : `${path}?${query.join('&')}`;
}
