/** The lists that open in the node's form, searched while the user types. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';

import { companyNameOf, domainOf, type Customer } from '../client/Customers';
import { BrokenListError } from '../client/errors';
import { PARTNER_CENTER } from '../client/http';
import { MAX_PAGES, identityOf, type Page, type PageAddress } from '../client/paging';
import { customerPage } from '../client/portal';
import { SUGGESTED_COUNTRIES, SUGGESTED_LANGUAGES } from '../fields/documentLanguages';
import { createClient, newId } from './client';
import { chooseSignIn } from './credentials';
import { asListError } from './nodeErrors';

const SEARCH_PAGE_SIZE = 50;
const TIMEOUT_MS = 30_000;

/** Pages that are read for one answer to the form at most, where they hold nothing to show. */
const MAX_PAGES_PER_SEARCH = 10;
/** Customers whose ids are remembered while somebody scrolls. */
const MAX_REMEMBERED_IDS = 1_000;

const tokenSchema = z.object({
	path: z.string(),
	headers: z.record(z.string(), z.string()),
	/** How many pages were read. */
	pages: z.number().catch(0),
	/** The ids of the customers that were shown last. */
	shown: z.array(z.string()).catch([]),
});
type Token = z.infer<typeof tokenSchema>;

/** n8n hands the token back as text, from the browser: it is checked like any input. */
function readToken(token: string | undefined): Token | undefined {
	if (token === undefined) return undefined;
	try {
		const parsed = tokenSchema.safeParse(JSON.parse(token));
		return parsed.success && parsed.data.path.startsWith('/v1/customers?')
			? parsed.data
			: undefined;
	} catch {
		return undefined;
	}
}

/** The next page that holds a customer who is not shown yet. Partner Center may list a customer twice. */
async function nextCustomers(
	readNext: (address: PageAddress | undefined) => Promise<Page<Customer>>,
	token: Token | undefined,
): Promise<{ customers: Customer[]; next: Token | undefined }> {
	const shown = new Set(token?.shown);
	let pages = token?.pages ?? 0;
	let address: PageAddress | undefined = token && { path: token.path, headers: token.headers };
	for (let read = 0; read < MAX_PAGES_PER_SEARCH && pages < MAX_PAGES; read++) {
		const { items, next } = await readNext(address);
		pages += 1;
		const customers = items.filter((one) => {
			const id = identityOf(one);
			return !shown.has(id) && shown.add(id);
		});
		if (next === undefined) return { customers, next };
		if (customers.length > 0) {
			return { customers, next: { ...next, pages, shown: [...shown].slice(-MAX_REMEMBERED_IDS) } };
		}
		address = next;
	}
	throw new BrokenListError({ kind: 'nothingNew', pages: MAX_PAGES_PER_SEARCH, inForm: true });
}

/** `Contoso (contoso.com)`; without a domain, the name alone. */
function shownName(customer: Customer): string {
	const [name, domain] = [companyNameOf(customer) ?? customer.id, domainOf(customer)];
	return domain === '' ? name : `${name} (${domain})`;
}

/** Customers whose company name begins like the text, a page at a time. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const value = (filter ?? '').trim();
	const call = {
		correlationId: newId(),
		timeout: TIMEOUT_MS,
		maxRetries: 2,
		maxRateLimitWait: TIMEOUT_MS,
	};
	try {
		const signIn = chooseSignIn(this, 'either', 'The list of customers');
		const { client, baseUrl } = createClient(this, signIn);
		const filterOfName = value === '' ? undefined : { field: 'CompanyName' as const, value };
		const { customers, next } = await nextCustomers(
			async (address) => await client.customers.page(filterOfName, SEARCH_PAGE_SIZE, call, address),
			readToken(paginationToken),
		);
		const hasPages = (await baseUrl()) === PARTNER_CENTER;
		return {
			results: customers.map((customer) => ({
				name: shownName(customer),
				value: customer.id,
				// The field links to the customer's page; those of an emulator have none in Partner Center.
				...(hasPages ? { url: customerPage(customer.id) } : {}),
			})),
			...(next === undefined ? {} : { paginationToken: JSON.stringify(next) }),
		};
	} catch (error) {
		throw asListError(this, error);
	}
}

function search(codes: readonly string[], named: Intl.DisplayNames, filter = '') {
	const typed = filter.trim().toLowerCase();
	const results = codes
		.map((code) => ({ name: `${named.of(code) ?? code} (${code})`, value: code }))
		.filter(({ name }) => name.toLowerCase().includes(typed));
	return Promise.resolve({ results });
}

export async function searchLanguages(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const named = new Intl.DisplayNames('en', { type: 'language' });
	return await search(SUGGESTED_LANGUAGES, named, filter);
}

export async function searchCountries(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(SUGGESTED_COUNTRIES, new Intl.DisplayNames('en', { type: 'region' }), filter);
}
