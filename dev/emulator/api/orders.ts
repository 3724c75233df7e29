/**
 * `POST /v1/customers/{id}/orders`: refused while something keeps the customer from buying, else
 * placed at once. Sources: create-an-order and error-codes on Microsoft Learn, the states of an
 * account: retrieve-validation-status. INVENTED: the order in which refusals are looked for, that an
 * account `Unknown` is answered with 800074 and one under review with 800073, that any offer exists.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { orderCreated } from '../audit/recordedActs';
import { hasCurrentAgreement } from '../currentAgreement';
import type { EmulatorContext } from '../EmulatorContext';
import type { Customer } from '../state';
import type { ApiError } from './apiErrors';
import { apiErrors } from './apiErrors';
import { requireCustomer } from './gates';
import { linkTo } from './links';
import { onceByRequestId, type WriteAnswer, type WriteCall } from './replay';
import { readBody } from './requestBody';

const lineSchema = z.object({
	lineItemNumber: z.number().int().nonnegative(),
	offerId: z.string().min(1),
	friendlyName: z.string().optional(),
	quantity: z.number().int().positive(),
	/** The indirect reseller's MPN id, where an indirect provider orders for one. */
	partnerIdOnRecord: z.string().optional(),
});
type OrderLine = z.output<typeof lineSchema>;

const orderSchema = z.object({
	billingCycle: z.string().default('monthly'),
	currencyCode: z.string().default('USD'),
	lineItems: z.array(lineSchema).min(1),
});

/** Where error-codes sends the reader; its text has a placeholder. */
const REVIEW_PAGE = 'https://learn.microsoft.com/partner-center';

export interface OrderCall extends WriteCall {
	customerId: string;
}

/** The same MS-RequestId and body place one order. */
export function createOrder(context: EmulatorContext, call: OrderCall): WriteAnswer {
	return onceByRequestId(context, call, () => write(context, call));
}

function write(context: EmulatorContext, { customerId, body }: OrderCall): WriteAnswer {
	const customer = requireCustomer(context, customerId);
	const { billingCycle, currencyCode, lineItems } = readBody(body, orderSchema);
	const refusal = refusalOf(context, customer, lineItems);
	if (refusal !== undefined) throw refusal;
	const id = randomUUID().replaceAll('-', '');
	const creationDate = new Date().toISOString();
	const bought = lineItems.map(({ offerId, friendlyName, quantity }) => ({
		id: randomUUID(),
		offerId,
		friendlyName: friendlyName ?? offerId,
		quantity,
		creationDate,
		orderId: id,
		status: 'active' as const,
	}));
	customer.subscriptions = [...(customer.subscriptions ?? []), ...bought];
	const path = `/customers/${customer.id}/orders/${id}`;
	const order = {
		id,
		referenceCustomerId: customer.id,
		billingCycle: billingCycle.toLowerCase(),
		currencyCode,
		lineItems: lineItems.map((line) => shownLine(context, line)),
		creationDate,
		status: 'pending',
		links: {
			provisioningStatus: linkTo(context, `${path}/provisioningstatus`),
			self: linkTo(context, path),
		},
		attributes: { objectType: 'Order' },
	};
	context.audit.add(orderCreated(customer, id, order));
	return { status: 201, body: order };
}

function shownLine(context: EmulatorContext, line: OrderLine): Record<string, unknown> {
	const { lineItemNumber, offerId, friendlyName, quantity, partnerIdOnRecord } = line;
	return {
		lineItemNumber,
		offerId,
		friendlyName,
		quantity,
		partnerIdOnRecord,
		links: offerLink(context, offerId),
	};
}

/** A catalogue item is `product:sku:availability`; an older offer is a GUID. */
export function offerLink(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches'>,
	offerId: string,
): Record<string, unknown> {
	const [product, sku] = offerId.split(':');
	return sku === undefined
		? { offer: linkTo(context, `/offers/${offerId}`) }
		: { sku: linkTo(context, `/products/${product}/skus/${sku}?country=US`) };
}

function refusalOf(
	{ store }: Pick<EmulatorContext, 'store'>,
	customer: Customer,
	lines: readonly OrderLine[],
): ApiError | undefined {
	const { indirectResellers, partnerAgreementSigned } = store.state;
	if (!partnerAgreementSigned) {
		return apiErrors.orderRefused(
			900124,
			'Your company has not accepted the Microsoft Partner Agreement (MPA).',
		);
	}
	const hasUnsignedReseller = lines.some(({ partnerIdOnRecord }) =>
		indirectResellers.some(
			({ mpnId, agreementSigned }) => mpnId === partnerIdOnRecord && !agreementSigned,
		),
	);
	if (hasUnsignedReseller) {
		return apiErrors.orderRefused(
			900123,
			'Microsoft Partner Agreement has not been accepted by the indirect reseller',
		);
	}
	if (customer.lockedForTransactions === true) {
		return apiErrors.orderRefused(900416, 'The customer account is locked for transactions.');
	}
	const review = refusalOfReview(customer);
	if (review !== undefined) return review;
	if (hasCurrentAgreement(customer)) return undefined;
	return apiErrors.orderRefused(
		13605,
		'Either a partner confirmation of the customer acceptance of the Microsoft Customer Agreement must be provided or the customer must accept the Microsoft Customer Agreement in the Microsoft Admin Center before you can complete this purchase',
	);
}

/** An account without a status, or one that is `Allowed` or `NotReady`, may buy. */
function refusalOfReview({ accountVerification }: Customer): ApiError | undefined {
	const underReview = `Your customer account is currently under review. Check back in few days. Your patience is appreciated during this time. Learn more at ${REVIEW_PAGE}`;
	switch (accountVerification) {
		case 'UnderReview':
			return apiErrors.orderRefused(800073, underReview);
		case 'Unknown':
			return apiErrors.orderRefused(800074, underReview);
		case 'NotAllowed':
			return apiErrors.orderRefused(
				800075,
				`Your Customer account wasn't approved. Transactions for this customer aren't allowed. Verify the customer account information is correct. For more information, refer to ${REVIEW_PAGE}`,
			);
		default:
			return undefined;
	}
}
