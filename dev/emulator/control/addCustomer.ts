/** A new customer, as when the partner creates one: the activity log tells of it. */
import { customerResource } from '../api/customerResource';
import { customerAdded } from '../audit/recordedActs';
import type { Customer } from '../state';
import type { EmulatorContext } from '../EmulatorContext';

/** @throws ZodError when the shape is wrong or the id is taken */
export function addCustomer(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'store' | 'audit'>,
	input: unknown,
): Customer {
	const customer = context.store.addCustomer(input);
	context.audit.add(customerAdded(customer, customerResource(context, customer)));
	return customer;
}
