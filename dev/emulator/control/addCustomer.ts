/** A new customer, as when the partner creates one: the activity log tells of it. */
import { customerResource } from '../api/customerResource';
import { customerAdded } from '../audit/recordedActs';
import type { Customer } from '../state';
import type { World } from '../World';

/** @throws ZodError when the shape is wrong or the id is taken */
export function addCustomer(world: World, input: unknown): Customer {
	const customer = world.store.addCustomer(input);
	world.audit.add(customerAdded(customer, customerResource(world, customer)));
	return customer;
}
