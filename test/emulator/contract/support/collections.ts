/** A collection in pages, as a test reads it. */
import { z } from 'zod';
import { json, type Answer, type Harness } from './emulator';

const linkSchema = z.object({
	uri: z.string(),
	method: z.literal('GET'),
	headers: z.array(z.object({ key: z.string(), value: z.string() })),
});

const collectionSchema = z.object({
	totalCount: z.number(),
	items: z.array(z.record(z.unknown())),
	links: z.object({
		self: linkSchema,
		next: linkSchema.optional(),
		previous: linkSchema.optional(),
	}),
	continuationToken: z.string().optional(),
	attributes: z.object({ objectType: z.literal('Collection') }),
});

export type PagedLink = z.infer<typeof linkSchema>;
export type PagedCollection = z.infer<typeof collectionSchema>;

export function collectionOf(answer: Answer): PagedCollection {
	expect(answer.status).toBe(200);
	return collectionSchema.parse(json(answer));
}

/** Follows a link, wherever its uri begins, with every header it names. */
export async function follow(harness: Harness, link: PagedLink | undefined): Promise<Answer> {
	if (link === undefined) throw new Error('There is no such link');
	const headers = Object.fromEntries(link.headers.map(({ key, value }) => [key, value]));
	return await harness.call({ url: link.uri.replace(/^(?=\/(?!v1\/))/, '/v1'), headers });
}

/** The first page and all that follow. */
export async function allPages(harness: Harness, first: Answer): Promise<PagedCollection[]> {
	const page = collectionOf(first);
	const next = page.links.next;
	return next === undefined
		? [page]
		: [page, ...(await allPages(harness, await follow(harness, next)))];
}
