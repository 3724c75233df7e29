/** The partner's customers: one, all, by company name or domain. */
import { z } from 'zod';

import { isWithoutVerification, PartnerCenterError, refused, type CustomerSummary } from './errors';
import { identityOf, readAll, readPage, type Page, type PageAddress } from './paging';
import type { CallOptions, Requester } from './Requester';

/** A customer as Partner Center sends it; by its ID it carries more than in a list. */
const customerSchema = z
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
		/** Only in the answer to GET by ID. */
		customDomains: z.unknown().optional(),
	})
	.passthrough();
export type Customer = z.infer<typeof customerSchema>;

const directSignedSchema = z.object({ isSigned: z.boolean() }).passthrough();

/**
 * Microsoft's review of the customer's account. `status` is Allowed, UnderReview, NotAllowed, Unknown or
 * NotReady; new ones pass through.
 */
const accountVerificationSchema = z.object({ status: z.string().min(1) }).passthrough();

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
		const read = await this.requester.read(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}`,
				schema: customerSchema,
				expected: 'a customer',
			},
			call,
		);
		return read.value;
	}

	/**
	 * All customers, or those whose company name or domain begins like that, page by page. Partner
	 * Center lists one twice for a partner who bills directly and is an indirect reseller too; an id
	 * is one customer, and comes once.
	 *
	 * @throws {PartnerCenterError}
	 */
	async *list(
		filter: CustomerFilter | undefined,
		call: CallOptions,
	): AsyncGenerator<Customer, void, undefined> {
		const ids = new Set<string>();
		for await (const customer of this.entries(filter, call)) {
			const id = identityOf(customer);
			if (ids.has(id)) continue;
			ids.add(id);
			yield customer;
		}
	}

	/** The entries of the list, in which a customer may stand twice. */
	private entries(
		filter: CustomerFilter | undefined,
		call: CallOptions,
	): AsyncGenerator<Customer, void, undefined> {
		return readAll(this.requester, listPath(filter, PAGE_SIZE), customerSchema, call);
	}

	/** One page of the same list, as Partner Center sends it. */
	async page(
		filter: CustomerFilter | undefined,
		size: number,
		call: CallOptions,
		address: PageAddress = { path: listPath(filter, size), headers: {} },
	): Promise<Page<Customer>> {
		return await readPage(this.requester, address, { item: customerSchema, call });
	}

	/**
	 * The one customer with that domain. Partner Center lists a customer by its default domain, which
	 * may be a custom one, and knows the others only by its ID: where the list has one customer whose
	 * domain begins like the wanted one up to the first dot, all its domains are looked at.
	 *
	 * @throws {PartnerCenterError} naming the candidates when there is not exactly one
	 */
	async findByDomain(domain: string, call: CallOptions): Promise<Customer> {
		const lowered = domain.toLowerCase();
		const isExact = (one: Customer) => domainOf(one).toLowerCase() === lowered;
		const exact = byId((await this.startingWith(domain, call)).filter(isExact));
		const [found] = exact;
		if (found !== undefined && exact.length === 1) return found;
		if (found !== undefined) {
			const customers = exact.map(summaryOf);
			throw new PartnerCenterError({ kind: 'severalCustomers', domain, customers });
		}
		const label = `${domain.split('.')[0] ?? domain}.`;
		const candidates = byId(await this.startingWith(label, call));
		const [candidate] = candidates;
		if (candidate !== undefined && candidates.length === 1) {
			const domains = domainsOf(await this.get(candidate.id, call).catch(orWithoutDomains));
			if (domains.some((one) => one.toLowerCase() === lowered)) return candidate;
		}
		const similar = candidates.map(summaryOf);
		throw new PartnerCenterError({ kind: 'noCustomer', domain, similar });
	}

	/** Partner Center searches by the beginning: for `contoso.com` it finds `contoso.com.example` too. */
	private async startingWith(value: string, call: CallOptions): Promise<Customer[]> {
		const found: Customer[] = [];
		for await (const one of this.entries({ field: 'Domain', value }, call)) found.push(one);
		return found;
	}

	/**
	 * What Microsoft's review of the customer's account came to. Under review, and where it was not
	 * allowed, new purchases are blocked.
	 *
	 * `GET /v1/customers/{customer-tenant-id}/validationStatus?type=account`, App+User only
	 *
	 * @returns the status; null where the account has none, which blocks nothing
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/retrieve-validation-status
	 */
	async getAccountVerification(customerId: string, call: CallOptions): Promise<string | null> {
		const answer = await this.requester.send(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}/validationStatus?type=account`,
				schema: accountVerificationSchema,
				expected: 'a validation status',
			},
			call,
		);
		if (answer.ok) return answer.value.status;
		if (isWithoutVerification(answer.refusal)) return null;
		throw refused(answer.refusal, answer);
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
		const read = await this.requester.read(
			{
				path: `/v1/customers/${encodeURIComponent(customerId)}/directSignedMicrosoftCustomerAgreementStatus`,
				schema: directSignedSchema,
				expected: 'a status',
			},
			call,
		);
		return read.value.isSigned;
	}
}

export function domainOf({ companyProfile }: Customer): string {
	return companyProfile?.domain ?? '';
}

export function companyNameOf({ companyProfile }: Customer): string | undefined {
	return companyProfile?.companyName ?? undefined;
}

/** Its default domain, and those that only a customer by its ID shows. */
function domainsOf(customer: Customer): string[] {
	const custom: unknown[] = Array.isArray(customer.customDomains) ? customer.customDomains : [];
	return [domainOf(customer), ...custom.filter((one) => typeof one === 'string')];
}

/**
 * Without its domains, a candidate is not the customer that is meant. A candidate that Partner Center
 * refuses to show (403 or 404) is treated so, and the search ends with "no customer has the domain".
 */
function orWithoutDomains(error: unknown): Customer {
	const status = error instanceof PartnerCenterError ? error.facts.status : undefined;
	if (status !== 403 && status !== 404) throw error;
	return { id: '' };
}

/** Each customer once, however often it is listed. */
function byId(customers: Customer[]): Customer[] {
	return [...new Map(customers.map((one) => [identityOf(one), one])).values()];
}

function summaryOf(customer: Customer): CustomerSummary {
	const { id } = customer;
	return { id, domain: domainOf(customer), companyName: companyNameOf(customer) };
}
