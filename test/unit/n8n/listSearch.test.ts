/** The lists that open in the form: customers page by page, languages and countries at once. */
import type { IHttpRequestOptions } from 'n8n-workflow';

import {
	searchCountries,
	searchCustomers,
	searchLanguages,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/listSearch';
import { credential, executionContext, formContext, rejecting } from '../../support/n8nContext';

const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const customer = (number: number) => ({
	id: guid(number),
	companyProfile: { domain: `contoso${number}.example`, companyName: `Contoso ${number}` },
});
const entry = (number: number) => ({
	name: `Contoso ${number} (contoso${number}.example)`,
	value: guid(number),
	url: `https://partner.microsoft.com/dashboard/v2/customers/${guid(number)}/servicemanagementpage`,
});

/** A list of these pages, each with a link to the next; the last one leads to `after`. */
function listOf(pages: unknown[][], after?: string, credentials?: object) {
	const asked: Array<{ path: string; headers: Record<string, unknown> }> = [];
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		const { pathname, search, searchParams } = new URL(options.url);
		asked.push({ path: `${pathname}${search}`, headers: { ...options.headers } });
		const at = Number(searchParams.get('seekOperation') ?? 0);
		const uri = at + 1 < pages.length ? `/v1/customers?seekOperation=${at + 1}` : after;
		const headers = [{ key: 'MS-ContinuationToken', value: `token ${at + 1}` }];
		const links = uri === undefined ? {} : { next: { uri, headers } };
		return { statusCode: 200, headers: {}, body: { items: pages[at] ?? [], links } };
	};
	const form = formContext({ httpRequestWithAuthentication });
	if (credentials !== undefined) Object.assign(form, { getCredentials: async () => credentials });
	const search = async (filter?: string, token?: string) =>
		await searchCustomers.call(form, filter, token);
	return { asked, search };
}

describe('customers', () => {
	it('are shown with name and domain, and chosen by their ID', async () => {
		const { search } = listOf([[customer(1), customer(2)]]);
		await expect(search()).resolves.toEqual({ results: [entry(1), entry(2)] });
	});

	it('without a name are shown by their ID', async () => {
		const { search } = listOf([[{ id: guid(1), companyProfile: { domain: 'contoso.example' } }]]);
		const { results } = await search();
		expect(results).toEqual([{ ...entry(1), name: `${guid(1)} (contoso.example)` }]);
	});

	it('of the emulator have no page in Partner Center', async () => {
		const emulatorUrl = 'http://127.0.0.1:8787';
		const { search } = listOf([[customer(1)]], undefined, {
			...credential,
			...{ environment: 'emulator', emulatorUrl, apiBaseUrl: emulatorUrl },
		});
		const { name, value } = entry(1);
		expect((await search()).results).toEqual([{ name, value }]);
	});

	it('come a page at a time, each with the headers of the link', async () => {
		const { asked, search } = listOf([[customer(1)], [customer(2)]]);
		const first = await search();
		expect(first.results).toEqual([entry(1)]);
		const second = await search('', first.paginationToken as string);
		expect(second).toEqual({ results: [entry(2)] });
		expect(asked[1]).toMatchObject({
			path: '/v1/customers?seekOperation=1',
			headers: { 'MS-ContinuationToken': 'token 1' },
		});
	});

	it('that were shown before are not shown again, however the ID is written', async () => {
		const again = { ...customer(1), id: guid(1).toUpperCase() };
		const { search } = listOf([[customer(1)], [again, customer(2)]]);
		const { paginationToken } = await search();
		expect((await search('', paginationToken as string)).results).toEqual([entry(2)]);
	});

	it('behind empty pages are found in one look', async () => {
		const { asked, search } = listOf([[], [], [], [customer(1)]]);
		expect((await search()).results).toEqual([entry(1)]);
		expect(asked).toHaveLength(4);
	});

	it('of a list that brings nothing new are given up, with other ways to choose one', async () => {
		const { asked, search } = listOf([[]], '/v1/customers?seekOperation=0&more');
		await expect(search()).rejects.toMatchObject({
			message: 'The list does not end: its last 10 pages held nothing new',
			description: expect.stringContaining("choose 'By ID' or 'By Domain'"),
		});
		expect(asked).toHaveLength(10);
	});

	it('are given up after as many pages as no partner has, counted over all looks', async () => {
		const { search } = listOf([[customer(1)]], '/v1/customers?seekOperation=0&more');
		const token = JSON.parse((await search()).paginationToken as string) as { pages: number };
		expect(token.pages).toBe(1);
		await expect(search('', JSON.stringify({ ...token, pages: 2_000 }))).rejects.toThrow(
			'The list does not end',
		);
	});

	it('are searched by how their name begins, without the spaces around it', async () => {
		const { asked, search } = listOf([[customer(1)], []]);
		await search('  Con ');
		const { searchParams } = new URL(asked[0]?.path ?? '', 'https://x.example');
		expect(JSON.parse(searchParams.get('filter') ?? '')).toMatchObject({
			Field: 'CompanyName',
			Value: 'Con',
		});
		await search('   ');
		expect(asked[1]?.path).not.toContain('filter');
	});

	it.each([
		['no JSON', 'x'],
		['no page', '{"pages":3}'],
		['a page elsewhere', JSON.stringify({ path: '/v1/invoices?page=2', headers: {} })],
	])('are listed from the beginning where the token holds %s', async (_what, token) => {
		const { asked, search } = listOf([[customer(1)], [customer(2)]]);
		expect((await search('', token)).results).toEqual([entry(1)]);
		expect(asked[0]?.path).not.toContain('seekOperation');
	});

	it('that can not be listed leave the reason in the list', async () => {
		const form = formContext({
			httpRequestWithAuthentication: rejecting(new Error('Invalid URL')),
		});
		await expect(searchCustomers.call(form)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.any(String),
			description: expect.stringContaining('Invalid URL'),
		});
	});

	it('of a node without a credential ask for one, and nothing is sent', async () => {
		const httpRequestWithAuthentication = jest.fn();
		const getNode = () => ({ name: 'Confirm', parameters: {} });
		const form = executionContext({ getNode }, { httpRequestWithAuthentication });
		await expect(searchCustomers.call(form as never)).rejects.toMatchObject({
			message: 'The list of customers has no credential',
		});
		expect(httpRequestWithAuthentication).not.toHaveBeenCalled();
	});
});

describe('languages and countries', () => {
	const form = formContext();

	it('are all there before a letter is typed, with names and codes', async () => {
		const { results } = await searchLanguages.call(form);
		expect(results).toContainEqual({ name: expect.stringContaining('nl-NL'), value: 'nl-NL' });
		expect((await searchCountries.call(form)).results.length).toBeGreaterThan(50);
	});

	it.each([
		['by their name', 'netherl', 'NL'],
		['by their code', '(nl)', 'NL'],
		['whatever the letters’ case', ' NETHERLANDS ', 'NL'],
	])('are found %s', async (_how, filter, code) => {
		const { results } = await searchCountries.call(form, filter);
		expect(results.map(({ value }) => value)).toContain(code);
	});

	it('that do not exist are not found', async () => {
		await expect(searchLanguages.call(form, 'klingon')).resolves.toEqual({ results: [] });
	});
});
