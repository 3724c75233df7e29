/**
 * Items of one customer in input order, also where one names the customer by ID and another by a
 * domain that has to be looked up first.
 *
 * An item given by ID waits until every earlier domain has been looked up. One given by domain waits
 * for earlier items of the customer that was found, not for other look-ups: a list of domains goes as
 * fast as it would without an order. An item waits for earlier items only, so there is no deadlock.
 */
interface WaitingItem {
	customerId: string;
	isByDomain: boolean;
	go(mayRun: boolean): void;
}

/** What an item says of its customer. */
export type NamedCustomer = { customerId: string } | { domain: string };

export class CustomerOrder {
	/** Items whose domain was not looked up yet, in input order. */
	private readonly unknown = new Set<number>();
	private readonly itemsByDomain = new Map<string, Set<number>>();
	private readonly customerByDomain = new Map<string, string>();
	/** Items of each customer that are not done, in input order. */
	private readonly itemsByCustomer = new Map<string, number[]>();
	private readonly waiting = new Map<number, WaitingItem>();

	/** @param signal ends all waiting: nothing new is started */
	constructor(private readonly signal: AbortSignal) {
		signal.addEventListener('abort', () => this.callOff(), { once: true });
	}

	/** To be called for each item in input order, before it is started. */
	add(item: number, customer: NamedCustomer): void {
		if ('customerId' in customer) {
			this.enqueue(item, customer.customerId);
			return;
		}
		const { domain } = customer;
		const known = this.customerByDomain.get(domain);
		if (known !== undefined) {
			this.enqueue(item, known);
			return;
		}
		this.unknown.add(item);
		const items = this.itemsByDomain.get(domain) ?? new Set();
		this.itemsByDomain.set(domain, items.add(item));
	}

	/** A domain was looked up, for every item that names it. */
	found(domain: string, customerId: string): void {
		this.customerByDomain.set(domain, customerId);
		for (const item of this.itemsByDomain.get(domain) ?? []) {
			this.unknown.delete(item);
			this.enqueue(item, customerId);
		}
		this.itemsByDomain.delete(domain);
		this.proceed();
	}

	/**
	 * Waits until no earlier item can be of the same customer.
	 *
	 * @returns false when the signal ended the waiting
	 */
	async turnOf(item: number, customer: NamedCustomer, customerId: string): Promise<boolean> {
		if (this.signal.aborted) return false;
		return await new Promise((go) => {
			this.waiting.set(item, { customerId, isByDomain: 'domain' in customer, go });
			this.proceed();
		});
	}

	/** The item is done, or has failed. */
	done(item: number, customer: NamedCustomer, customerId?: string): void {
		this.unknown.delete(item);
		if ('domain' in customer) {
			const items = this.itemsByDomain.get(customer.domain);
			items?.delete(item);
			if (items?.size === 0) this.itemsByDomain.delete(customer.domain);
		}
		const id = customerId ?? this.customerIdOf(customer);
		const queue = id === undefined ? undefined : this.itemsByCustomer.get(id);
		if (id !== undefined && queue !== undefined) {
			const at = queue.indexOf(item);
			if (at >= 0) queue.splice(at, 1);
			if (queue.length === 0) this.itemsByCustomer.delete(id);
		}
		this.proceed();
	}

	private customerIdOf(customer: NamedCustomer): string | undefined {
		return 'customerId' in customer
			? customer.customerId
			: this.customerByDomain.get(customer.domain);
	}

	private enqueue(item: number, customerId: string): void {
		const queue = this.itemsByCustomer.get(customerId) ?? [];
		this.itemsByCustomer.set(customerId, queue);
		const after = queue.findIndex((other) => other > item);
		if (after < 0) queue.push(item);
		else queue.splice(after, 0, item);
	}

	private proceed(): void {
		for (const [item, { customerId, isByDomain, go }] of this.waiting) {
			const [first] = this.itemsByCustomer.get(customerId) ?? [];
			const [unknown = Number.POSITIVE_INFINITY] = this.unknown;
			const isFirst = first === undefined || first >= item;
			if (isFirst && (isByDomain || unknown > item)) {
				this.waiting.delete(item);
				go(true);
			}
		}
	}

	private callOff(): void {
		for (const { go } of this.waiting.values()) go(false);
		this.waiting.clear();
	}
}
