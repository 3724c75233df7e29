/** The partner's customers: one, all, by company name or domain. */
import { z } from 'zod';

import { PartnerCenterError, refused } from './errors';
import { readAll, readPage, type Page, type PageAddress } from './paging';
import type { CallOptions, Requester } from './Requester';

/** A customer as Partner Center sends it; by its ID it carries more than in a list. */
export const customerSchema = z
	.object({
		id: z.string().min(1),
		companyProfile: z
			.object({
				tenantId: z.string().nullable().optional(),
				domain: z.string().nullable().optional(),
				companyName: z.string().nullable().optional(),
			})
			.passthrough()
			.nullable()
			.optional(),
		relationshipToPartner: z.string().nullable().optional(),
	})
	.passthrough();
export type Customer = z.infer<typeof customerSchema>;

export const directSignedSchema = z.object({ isSigned: z.boolean() }).passthrough();

/** Partner Center searches by the beginning of one of these. */
export interface CustomerFilter {
	field: 'CompanyName' | 'Domain';
	value: string;
}

const PAGE_SIZE = 500;

/**
 * `GET /v1/customers?size={n}&filter={json}`
 *
 * @see https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers-filtered-by-a-search-field
 */
function listPath(filter: CustomerFilter | undefined, size: number): string {
	const path = `/v1/customers?size=${size}`;
	if (filter === undefined) return path;
	const { field, value } = filter;
	const json = JSON.stringify({ Field: field, Value: value, Operator: 'starts_with' });
	return `${path}&filter=${encodeURIComponent(json)}`;
}

export class Customers {
	constructor(private readonly requester: Requester) {}

	/**
	 * `GET /v1/customers/{customer-tenant-id}`
	 *
	 * @param customerId a GUID
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id
	 */
	async get(customerId: string, call: CallOptions): Promise<Customer> {
		const settled = await this.requester.request(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}`,
				schema: customerSchema,
				expected: 'a customer',
			},
			call,
		);
		if (settled.facts !== undefined) throw refused(settled.facts, settled);
		return settled.value;
	}

	/**
	 * All customers, or those whose company name or domain begins like that, page by page.
	 *
	 * @throws {PartnerCenterError}
	 */
	list(
		filter: CustomerFilter | undefined,
		call: CallOptions,
		size = PAGE_SIZE,
	): AsyncGenerator<Customer, void, undefined> {
		return readAll(this.requester, listPath(filter, size), customerSchema, call);
	}

	/** One page of the same list. */
	async page(
		filter: CustomerFilter | undefined,
		size: number,
		call: CallOptions,
		address: PageAddress = { path: listPath(filter, size), headers: {} },
	): Promise<Page<Customer>> {
		return await readPage(this.requester, address, customerSchema, call);
	}

	/**
	 * The one customer with that domain. Partner Center searches by the beginning, so what it finds
	 * is compared: `contoso.com` is not `contoso.com.example`.
	 *
	 * @throws {PartnerCenterError} naming the candidates when there is not exactly one
	 */
	async findByDomain(domain: string, call: CallOptions): Promise<Customer> {
		const candidates: Customer[] = [];
		for await (const customer of this.list({ field: 'Domain', value: domain }, call)) {
			candidates.push(customer);
		}
		const wanted = domain.toLowerCase();
		const exact = candidates.filter((one) => domainOf(one).toLowerCase() === wanted);
		const [found] = exact;
		if (found !== undefined && exact.length === 1) return found;
		const named = (exact.length > 1 ? exact : candidates)
			.slice(0, 5)
			.map((one) => `${domainOf(one)} (${companyNameOf(one) ?? 'no name'}, ${one.id})`);
		throw new PartnerCenterError(
			exact.length > 1
				? `Several customers have the domain "${domain}"`
				: `No customer has the domain "${domain}"`,
			named.length > 0
				? `Use the customer's ID, or one of these domains: ${named.join('; ')}.`
				: "Use the customer's ID. Partner Center knows customers by their first domain, such as contoso.onmicrosoft.com.",
		);
	}

	/**
	 * Whether the customer accepted the Microsoft Customer Agreement itself. It carries no date.
	 *
	 * `GET /v1/customers/{customer-tenant-id}/directSignedMicrosoftCustomerAgreementStatus`; needs an
	 * active reseller relationship.
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-direct-sign-status-of-customer-agreement
	 */
	async hasSignedDirectly(customerId: string, call: CallOptions): Promise<boolean> {
		const settled = await this.requester.request(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}/directSignedMicrosoftCustomerAgreementStatus`,
				schema: directSignedSchema,
				expected: 'a status',
			},
			call,
		);
		if (settled.facts !== undefined) throw refused(settled.facts, settled);
		return settled.value.isSigned;
	}
}

export function domainOf({ companyProfile }: Customer): string {
	return companyProfile?.domain ?? '';
}

export function companyNameOf({ companyProfile }: Customer): string | undefined {
	return companyProfile?.companyName ?? undefined;
}
