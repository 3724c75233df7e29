/** Which customer an item means: an ID costs no request, a domain one for the whole execution. */
import type { Customer, Customers } from '../../../nodes/MicrosoftPartnerCenter/client/Customers';
import {
	CustomerResolver,
	laneOf,
} from '../../../nodes/MicrosoftPartnerCenter/resources/CustomerResolver';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

const ID = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const call = { correlationId: ID, timeout: 60_000, maxRetries: 0 };

function resolverWith(find: (domain: string) => Promise<Customer>) {
	const findByDomain = jest.fn(find);
	const customers = { findByDomain } as unknown as Customers;
	return { resolver: new CustomerResolver(customers, new SimulatedClock()), findByDomain };
}
const found = (companyName?: string): Customer => ({
	id: ID.toUpperCase(),
	...(companyName === undefined ? {} : { companyProfile: { companyName } }),
});

it('takes an ID as it is, without a request', async () => {
	const { resolver, findByDomain } = resolverWith(async () => found());
	const locator = { customerId: ID, companyName: 'Contoso' };
	await expect(resolver.resolve(locator, call)).resolves.toEqual(locator);
	expect(findByDomain).not.toHaveBeenCalled();
});

it('looks a domain up once for all items, also for those at the same time', async () => {
	const { resolver, findByDomain } = resolverWith(async () => found('Contoso'));
	const resolve = async () => await resolver.resolve({ domain: 'contoso.com' }, call);
	const resolved = [...(await Promise.all([resolve(), resolve()])), await resolve()];
	expect(new Set(resolved.map((one) => JSON.stringify(one))).size).toBe(1);
	expect(resolved[0]).toEqual({ customerId: ID, companyName: 'Contoso' });
	expect(findByDomain).toHaveBeenCalledTimes(1);
});

it('has no name where Partner Center gives none', async () => {
	const { resolver } = resolverWith(async () => found());
	await expect(resolver.resolve({ domain: 'contoso.com' }, call)).resolves.toEqual({
		customerId: ID,
	});
});

it('looks each domain up by itself, and again after a failure', async () => {
	let fails = true;
	const { resolver, findByDomain } = resolverWith(async () => {
		if (fails) throw new Error('out of order');
		return found();
	});
	const resolve = async () => await resolver.resolve({ domain: 'contoso.com' }, call);
	await expect(resolve()).rejects.toThrow('out of order');
	fails = false;
	await expect(resolve()).resolves.toEqual({ customerId: ID });
	await resolver.resolve({ domain: 'fabrikam.com' }, call);
	expect(findByDomain.mock.calls.map(([domain]) => domain)).toEqual([
		'contoso.com',
		'contoso.com',
		'fabrikam.com',
	]);
});

it('gives items of one customer one lane', () => {
	expect(laneOf({ customerId: ID, companyName: 'Contoso' })).toBe(laneOf({ customerId: ID }));
	expect(laneOf({ domain: 'contoso.com' })).not.toBe(laneOf({ domain: 'fabrikam.com' }));
});
