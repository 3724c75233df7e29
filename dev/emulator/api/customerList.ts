/**
 * `GET /v1/customers`: the partner's customers, in pages, all of them or those that a filter finds.
 * Sources: get-a-list-of-customers and get-a-list-of-customers-filtered-by-a-search-field on
 * Microsoft Learn; the message of error 2000 is quoted in a test of Microsoft's .NET SDK.
 */
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';
import { apiErrors } from './apiErrors';
import { pageOf, readSize, type CollectionPage } from './collectionPages';
import { customerListItem } from './customerResource';
import { plainName, readFilter, type SearchFilter } from './searchFilter';

/** @throws ApiError 400: 800002, 2000 or 3000 */
export function customerList(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'store'>,
	query: URLSearchParams,
	continuationToken: string | undefined,
): CollectionPage<Record<string, unknown>> {
	const size = readSize(query, context.switches.defaultPageSize);
	const filter = readFilter(query);
	const once = context.store.state.customers.filter(filter ? matching(filter) : () => true);
	const found = context.switches.listCustomersTwice ? once.flatMap((one) => [one, one]) : once;
	const page = pageOf(context, found, {
		path: '/customers',
		parameters: {
			size: query.get('size') || String(size),
			filter: query.get('filter') || undefined,
		},
		size,
		seekOperation: query.get('seekOperation'),
		continuationToken,
	});
	return { ...page, items: page.items.map((customer) => customerListItem(context, customer)) };
}

function matching({ field, value, operator }: SearchFilter): (customer: Customer) => boolean {
	const wanted = value.toLowerCase();
	const matches = operators.get(plainName(operator));
	if (matches === undefined) throw apiErrors.searchOperator();
	const read = fields.get(plainName(field));
	if (read === undefined) throw apiErrors.invalidProperty(['Field']);
	return (customer) => matches(read(customer).toLowerCase(), wanted);
}

const fields = new Map<string, (customer: Customer) => string>([
	['companyname', ({ companyName }) => companyName],
	['domain', ({ domain }) => domain],
	['indirectreseller', ({ indirectReseller = '' }) => indirectReseller],
	['indirectcloudsolutionprovider', ({ indirectProvider = '' }) => indirectProvider],
]);

const operators = new Map<string, (text: string, wanted: string) => boolean>([
	['startswith', (text, wanted) => text.startsWith(wanted)],
	['equals', (text, wanted) => text === wanted],
]);
