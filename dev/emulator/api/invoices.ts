/**
 * `GET /v1/invoices`: the partner's invoices. Source: get-a-collection-of-invoices on Microsoft Learn.
 * This partner has none: what an invoice holds is nothing that a client of agreements needs.
 */
import type { EmulatorContext } from '../EmulatorContext';
import { pageOf, readSize, type CollectionPage } from './collectionPages';

/** @throws ApiError 400 3000 for a size that is no number */
export function invoices(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	query: URLSearchParams,
): CollectionPage<never> {
	const size = readSize(query, context.switches.defaultPageSize);
	return pageOf<never>(context, [], {
		path: '/invoices',
		parameters: { size: query.get('size') ?? undefined, offset: query.get('offset') ?? undefined },
		size,
		seekOperation: query.get('seekOperation'),
		continuationToken: undefined,
	});
}
