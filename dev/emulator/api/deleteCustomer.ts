/**
 * `DELETE /v1/customers/{id}`: in Microsoft's integration sandbox only, which the emulator is like.
 * Source: delete-a-customer-account-from-the-integration-sandbox on Microsoft Learn. Orders need not
 * be cancelled before: that is only asked for reserved instances and software.
 */
import { customerDeleted } from '../audit/recordedActs';
import type { EmulatorContext } from '../EmulatorContext';
import { requireCustomer } from './gates';

/** @throws ApiError 400 900118, 404 1000 or 403 20002 */
export function deleteCustomer(
	context: Pick<EmulatorContext, 'tenant' | 'store' | 'audit'>,
	customerId: string,
): void {
	const customer = requireCustomer(context, customerId);
	context.store.removeCustomer(customer);
	context.audit.add(customerDeleted(customer));
}
