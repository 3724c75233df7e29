/**
 * `HEAD /v1/domains/{domain}`: whether anybody at Microsoft has the domain already.
 * Source: verify-domain-availability on Microsoft Learn.
 */
import { EMULATOR_TENANT_DOMAIN } from '../identity/registeredApp';
import type { EmulatorContext } from '../EmulatorContext';

export function isTaken(context: Pick<EmulatorContext, 'store'>, domain: string): boolean {
	const wanted = domain.toLowerCase();
	const known = context.store.state.customers.map((customer) => customer.domain.toLowerCase());
	return [EMULATOR_TENANT_DOMAIN, ...known].includes(wanted);
}
