/**
 * What all executions in this process share of one customer of one API, whatever their credential:
 * the lane in which its confirmations go one after another, and which of them are known.
 *
 * A CRM may start two executions for one deal. If both wrote at once, neither could tell its own
 * unanswered write from the other's.
 */
import { Lanes } from '../client/Lanes';
import type { AgreementToCreate } from '../client/schemas';
import { createProcessState } from './processState';

const MAX_CUSTOMERS = 20_000;

/** The confirmations of one customer that this process has seen. */
export interface CustomerState {
	/** Contact and template of what Partner Center is known to hold. */
	readonly known: Set<string>;
	/** The agreements that writes of this process recorded. */
	readonly confirmed: AgreementToCreate[];
}

/** One lane for each customer for whom a confirmation is under way. */
const lanes = new Lanes();

/** A cache: customers that were confirmed within the last hour. */
const stateByCustomer = createProcessState<CustomerState>(MAX_CUSTOMERS);

/**
 * Runs alone among everything in this process that confirms the same customer.
 *
 * @param baseUrl of the API
 * @param customerId as Partner Center lists it
 * @param signal ends the waiting for its turn
 * @returns undefined when the signal ended the waiting; nothing was run then
 */
export async function withCustomerLock<T>(
	baseUrl: string,
	customerId: string,
	signal: AbortSignal,
	run: (state: CustomerState) => Promise<T>,
): Promise<T | undefined> {
	const key = JSON.stringify([baseUrl, customerId.toLowerCase()]);
	const leave = await lanes.enter(key, signal);
	if (leave === undefined) return undefined;
	try {
		const create = (): CustomerState => ({ known: new Set(), confirmed: [] });
		return await run(stateByCustomer.getOrCreate(key, create));
	} finally {
		leave();
	}
}
