/** Which customer an item means: by ID, or by a domain that has to be looked up. */
import type { Clock } from '../client/clock';
import { companyNameOf, type Customers } from '../client/Customers';
import type { CallOptions } from '../client/Requester';
import { SharedLookup } from '../client/SharedLookup';
import type { CustomerLocator } from '../fields/customer';

export interface ResolvedCustomer {
	customerId: string;
	/** Where it is known without asking. */
	companyName?: string;
}

/** Finds customers by domain, each domain once an execution; an ID is taken as it is. */
export class CustomerResolver {
	private readonly lookups = new Map<string, SharedLookup<ResolvedCustomer>>();

	constructor(
		private readonly customers: Customers,
		private readonly clock: Clock,
	) {}

	/** @throws {PartnerCenterError} when there is not exactly one customer with the domain */
	async resolve(locator: CustomerLocator, call: CallOptions): Promise<ResolvedCustomer> {
		if ('customerId' in locator) return locator;
		const { domain } = locator;
		const lookup =
			this.lookups.get(domain) ??
			new SharedLookup<ResolvedCustomer>(this.clock, Number.POSITIVE_INFINITY);
		this.lookups.set(domain, lookup);
		return await lookup.get(async () => await this.find(domain, call), call, this.clock);
	}

	private async find(domain: string, call: CallOptions): Promise<ResolvedCustomer> {
		const customer = await this.customers.findByDomain(domain, call);
		const companyName = companyNameOf(customer);
		const customerId = customer.id.toLowerCase();
		return companyName === undefined ? { customerId } : { customerId, companyName };
	}
}

/** Items of one customer share a lane. A domain that is not looked up yet is a lane of its own. */
export function laneOf(locator: CustomerLocator): string {
	return 'customerId' in locator ? locator.customerId : locator.domain;
}
