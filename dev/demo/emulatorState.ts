/**
 * Tells the emulator of the customers in somebody's own file, so that they can be confirmed there.
 */
import type { IDataObject } from 'n8n-workflow';

import { sampleState } from '../emulator/sampleCustomers';
import { GUID, type EmulatorStateInput } from '../emulator/state';

/** The customer's GUID without braces and in lower case; undefined when it is none. */
function guidOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const guid = value
		.trim()
		.replace(/^\{(.*)\}$/, '$1')
		.toLowerCase();
	return GUID.test(guid) ? guid : undefined;
}

/**
 * The emulator's sample customers, and every further customer that the records name.
 *
 * @returns the state to start the emulator with, and how many customers were added
 */
export function stateWith(records: IDataObject[]): { state: EmulatorStateInput; added: number } {
	const known = new Set(sampleState.customers.map(({ id }) => id.toLowerCase()));
	const customers = [...sampleState.customers];
	for (const { customerId, companyName } of records) {
		const id = guidOf(customerId);
		if (id === undefined || known.has(id)) continue;
		known.add(id);
		const name = typeof companyName === 'string' ? companyName.trim() : '';
		customers.push({
			id,
			companyName: name || `Customer ${id.slice(0, 8)}`,
			domain: `customer-${id.slice(0, 8)}.onmicrosoft.com`,
		});
	}
	return {
		state: { ...sampleState, customers },
		added: customers.length - sampleState.customers.length,
	};
}
