/**
 * `GET /v1/customers/{id}/subscriptions`: what was ordered for the customer here, or seeded.
 * Source: get-all-of-a-customer-s-subscriptions on Microsoft Learn. INVENTED: every subscription runs
 * for a year from its order, and is a licence that does not renew itself.
 */
import type { EmulatorContext } from '../EmulatorContext';
import type { Customer } from '../state';
import type { Subscription } from '../subscription';
import { linkTo } from './links';
import { offerLink } from './orders';
import { stableGuid } from './stableGuid';

type LinkContext = Pick<EmulatorContext, 'baseUrl' | 'switches'>;

export function customerSubscriptions(
	context: LinkContext,
	customer: Customer,
): Record<string, unknown> {
	const items = (customer.subscriptions ?? []).map((one) => shown(context, customer, one));
	return { totalCount: items.length, items, attributes: { objectType: 'Collection' } };
}

function shown(context: LinkContext, customer: Customer, subscription: Subscription) {
	const { id, offerId, friendlyName, quantity, creationDate, status, orderId } = subscription;
	const end = new Date(creationDate);
	end.setUTCFullYear(end.getUTCFullYear() + 1);
	return {
		id,
		entitlementId: stableGuid(`entitlement ${id}`),
		friendlyName,
		quantity,
		unitType: 'none',
		creationDate,
		effectiveStartDate: creationDate,
		commitmentEndDate: end.toISOString(),
		status,
		autoRenewEnabled: false,
		billingType: 'none',
		contractType: 'subscription',
		links: {
			...offerLink(context, offerId),
			self: linkTo(context, `/customers/${customer.id}/subscriptions/${id}`),
		},
		orderId,
		attributes: { etag: stableGuid(`etag ${id} ${status}`), objectType: 'Subscription' },
	};
}
