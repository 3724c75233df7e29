/** The list of customers as it comes by itself, and the first pages of two customers each. */
import type { z } from 'zod';
import type { ApiClient, Exchange } from '../wire/ApiClient';
import { collectionOf, customerSchema } from '../wire/shapes';

const pageSchema = collectionOf(customerSchema);
type CustomerPage = z.output<typeof pageSchema>;

export interface CustomerPages {
	/** Without a size; undefined when the call was refused. */
	whole: CustomerPage | undefined;
	/** Of two customers each: the first, and up to two that its links lead to. */
	small: readonly CustomerPage[];
	/** A link that leads to another place, which was not followed. */
	foreignLink: string | undefined;
}

const SMALL = 2;
const FOLLOWED = 2;

export async function customerPages(client: ApiClient): Promise<CustomerPages> {
	const whole = pageOf(await client.call({ method: 'GET', path: '/v1/customers' }));
	const query = { size: String(SMALL) };
	const small: CustomerPage[] = [];
	let page = pageOf(await client.call({ method: 'GET', path: '/v1/customers', query }));
	while (page !== undefined) {
		small.push(page);
		const { next } = page.links;
		if (next === undefined || small.length > FOLLOWED) break;
		const exchange = await client.follow(next);
		if (exchange === undefined) return { whole, small, foreignLink: next.uri };
		page = pageOf(exchange);
	}
	return { whole, small, foreignLink: undefined };
}

function pageOf({ json, answer }: Exchange): CustomerPage | undefined {
	const page = pageSchema.safeParse(json);
	return answer.status === 200 && page.success ? page.data : undefined;
}
