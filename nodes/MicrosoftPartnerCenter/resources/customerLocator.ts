/** The Customer field of every operation that takes one: from a list, by ID, or by domain. */
import type { INodeProperties } from 'n8n-workflow';

import type { Clock } from '../client/clock';
import { companyNameOf, type Customers } from '../client/Customers';
import { customerLocatorField, type CustomerLocator } from '../fields/schemas';
import type { CallOptions } from '../client/Requester';
import { SharedLookup } from '../client/SharedLookup';

export const customerProperty: INodeProperties = {
	displayName: 'Customer',
	name: 'customerId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The customer. In expressions, an ID is enough.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a customer…',
			typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 14876998-c0dc-46e6-9d0c-65a57a6c32ec',
			hint: "The customer's Microsoft ID: the GUID of its tenant",
		},
		{
			displayName: 'By Domain',
			name: 'domain',
			type: 'string',
			placeholder: 'e.g. contoso.onmicrosoft.com',
			hint: "The customer's default domain, as Partner Center lists it",
		},
	],
};

/** The same field for `readFields`. */
export const customerField = {
	name: 'customerId',
	label: 'Customer',
	schema: customerLocatorField,
};

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

/** Items of one customer share a lane; before it is looked up, a domain stands for its customer. */
export function laneOf(locator: CustomerLocator): string {
	return 'customerId' in locator ? locator.customerId : locator.domain;
}
