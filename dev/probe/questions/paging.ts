/** How lists come: their pages, their links, and what they count. */
import { collectionOf, customerSchema } from '../wire/shapes';
import { described } from './described';
import { fact, setting, unknown, type Question } from './Question';

export const paging: readonly Question[] = [
	{
		asks: 'How do the addresses of links begin?',
		settles: 'linkPrefix',
		needs: ['user'],
		answer: async (survey) => {
			const { whole, small } = await survey.customerPages();
			const links = [whole, ...small].flatMap((page) => [page?.links.self, page?.links.next]);
			const uri = links.find((link) => link !== undefined)?.uri;
			if (uri === undefined) return unknown('No list of customers came with a link.');
			if (/^https?:/i.test(uri)) return setting('linkPrefix', 'absolute', 'With the whole address');
			return /^\/v1\//i.test(uri)
				? setting('linkPrefix', 'v1', 'With the version: /v1/customers')
				: setting('linkPrefix', 'none', 'Without a prefix: /customers');
		},
	},
	{
		asks: 'How many customers are on a page when no size is asked for?',
		settles: 'defaultPageSize',
		needs: ['user'],
		answer: async (survey) => {
			const { whole } = await survey.customerPages();
			if (whole === undefined) return unknown('The list of customers was refused.');
			const { self, next } = whole.links;
			const said = /[?&]size=([1-9]\d*)/i.exec(self?.uri ?? '')?.[1];
			const size = said === undefined ? undefined : Number(said);
			if (size !== undefined) return setting('defaultPageSize', size, `${size}, says its link`);
			const count = whole.items.length;
			if (next === undefined) return unknown(`At least ${count}: all fitted on one page.`);
			return setting('defaultPageSize', count, `${count}`);
		},
	},
	{
		asks: 'What does totalCount count?',
		settles: 'totalCount',
		needs: ['user'],
		answer: async (survey) => {
			const [first] = (await survey.customerPages()).small;
			if (first?.totalCount === undefined) return unknown('No list came with a totalCount.');
			if (first.links.next === undefined) return unknown('There are too few customers for a page.');
			const { totalCount, items } = first;
			const said = `${totalCount} on a page of ${items.length} that others follow`;
			return totalCount > items.length
				? setting('totalCount', 'all', `Everything: ${said}`)
				: setting('totalCount', 'page', `The items of the page: ${said}`);
		},
	},
	{
		asks: 'Does a link to the next page lead to the page it stands on?',
		settles: 'pageLoop',
		needs: ['user'],
		answer: async (survey) => {
			const [first, second] = (await survey.customerPages()).small;
			const [one, other] = [first, second].map((page) => page?.links.next);
			if (one === undefined) return unknown('No page had a link to a next one.');
			if (second === undefined) return unknown('The next page could not be read.');
			const same = other !== undefined && JSON.stringify(one) === JSON.stringify(other);
			return setting('pageLoop', same, same ? 'Yes, for ever' : 'No');
		},
	},
	{
		asks: 'Does the list of customers come to an end?',
		settles: 'endlessList',
		needs: ['user'],
		answer: async (survey) => {
			const [first] = (await survey.customerPages()).small;
			if (first === undefined) return unknown('The list of customers was refused.');
			const { items, links } = first;
			if (links.next === undefined || items.length > 1) {
				return setting('endlessList', 'off', 'Its pages are full as long as others follow');
			}
			return items.length === 0
				? setting('endlessList', 'empty', 'An empty page links to a next one')
				: setting('endlessList', 'repeated', 'A page that is not full links to a next one');
		},
	},
	{
		asks: 'Is a customer listed twice?',
		settles: 'listCustomersTwice',
		needs: ['user'],
		answer: async (survey) => {
			const { whole } = await survey.customerPages();
			const ids = (whole?.items ?? []).map(({ id }) => id);
			if (ids.length < 2) return unknown('There are too few customers on the first page.');
			const twice = new Set(ids).size < ids.length;
			return setting('listCustomersTwice', twice, twice ? 'Yes' : 'No');
		},
	},
	{
		asks: 'Does a link lead to another place than the API?',
		needs: ['user'],
		answer: async (survey) => {
			const { foreignLink } = await survey.customerPages();
			return fact(foreignLink === undefined ? 'No' : 'Yes; it was not followed');
		},
	},
	{
		asks: 'Which size has a page when 5000 are asked for?',
		needs: ['user'],
		answer: async (survey) => {
			const query = { size: '5000' };
			const exchange = await survey.client.call({ method: 'GET', path: '/v1/customers', query });
			const { self } = collectionOf(customerSchema).safeParse(exchange.json).data?.links ?? {};
			const said = /[?&]size=(\d+)/i.exec(self?.uri ?? '')?.[1];
			return fact(said === undefined ? described(exchange) : `${said}, says its link`);
		},
	},
];
