/** The lists that open in the node's form, searched while the user types. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';

import { companyNameOf, domainOf } from '../client/Customers';
import { suggestedCountries, suggestedLanguages } from '../client/documentLanguages';
import type { PageAddress } from '../client/paging';
import { createClient, newId } from './client';
import { chooseSignIn } from './credentials';
import { asListError } from './nodeErrors';

const PAGE_SIZE = 50;
const TIMEOUT_MS = 30_000;

const tokenSchema = z.object({ path: z.string(), headers: z.record(z.string(), z.string()) });

/** n8n hands the token of a page back as it got it. */
function readToken(token: string | undefined): PageAddress | undefined {
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
		const { client } = createClient(this, chooseSignIn(this, 'either', 'The list of customers'));
		const page = await client.customers.page(
			value === '' ? undefined : { field: 'CompanyName', value },
			PAGE_SIZE,
			call,
			readToken(paginationToken),
		);
		return {
			results: page.items.map((customer) => ({
				name: `${companyNameOf(customer) ?? customer.id} (${domainOf(customer)})`,
				value: customer.id,
			})),
			...(page.next === undefined ? {} : { paginationToken: JSON.stringify(page.next) }),
		};
	} catch (error) {
		throw asListError(this, error);
	}
}

function search(codes: readonly string[], named: Intl.DisplayNames, filter = '') {
	const wanted = filter.trim().toLowerCase();
	const results = codes
		.map((code) => ({ name: `${named.of(code) ?? code} (${code})`, value: code }))
		.filter(({ name }) => name.toLowerCase().includes(wanted));
	return Promise.resolve({ results });
}

export async function searchLanguages(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const named = new Intl.DisplayNames('en', { type: 'language' });
	return await search(suggestedLanguages, named, filter);
}

export async function searchCountries(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(suggestedCountries, new Intl.DisplayNames('en', { type: 'region' }), filter);
}
