/**
 * Orders and what keeps a customer from buying: create-an-order, error-codes and
 * get-all-of-a-customer-s-subscriptions below https://learn.microsoft.com/partner-center/developer/.
 */
import orderRequest from '../../support/fixtures/partner-center/create-order.request.json';
import orderResponse from '../../support/fixtures/partner-center/create-order.response.json';
import subscriptions from '../../support/fixtures/partner-center/subscriptions.response.json';
import type { CustomerInput } from '../../../dev/emulator/state';
import {
	CONTOSO,
	FABRIKAM,
	TREY_DIRECTLY_SIGNED,
	emulatorForThisFile,
	json,
} from './support/emulator';
import { documented } from './support/fixtures';
import { shapeOf } from './support/shapeOf';

const harness = emulatorForThisFile({ switches: { linkPrefix: 'none' } });
const order = async (customerId: string, body: unknown = orderRequest, headers = {}) =>
	await harness.call({
		method: 'POST',
		url: `/v1/customers/${customerId}/orders`,
		data: JSON.stringify(body),
		headers: { 'Content-Type': 'application/json', ...headers },
	});
const subscriptionsOf = async (customerId: string) =>
	json(await harness.call({ url: `/v1/customers/${customerId}/subscriptions` }));
const codeOf = (answer: { data: string }) =>
	String((JSON.parse(answer.data) as { code: unknown }).code);
const reseller = { id: CONTOSO, name: 'ReleCloud', mpnId: '4847433', agreementSigned: false };

it('an order for a customer with the agreement is answered as the example is', async () => {
	const answer = await order(FABRIKAM);
	expect(answer.status).toBe(201);
	const body = json(answer);
	expect(shapeOf(body)).toEqual(shapeOf(orderResponse));
	const [line] = orderResponse.lineItems;
	expect(body).toMatchObject({
		referenceCustomerId: FABRIKAM,
		billingCycle: 'one_time',
		currencyCode: 'USD',
		lineItems: [{ ...line, offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8' }],
		status: 'pending',
	});
});

it('what was ordered is a subscription, as the example shows one', async () => {
	const OfferId = '0CCA44D6-68E9-4762-94EE-31ECE98783B9';
	const lines = [{ LineItemNumber: 0, OfferId, FriendlyName: 'nickname', Quantity: 1 }];
	await order(FABRIKAM, { LineItems: lines });
	const body = await subscriptionsOf(FABRIKAM);
	expect(shapeOf(body)).toEqual(shapeOf(subscriptions));
	expect(body).toMatchObject({
		items: [{ friendlyName: 'nickname', quantity: 1, status: 'active' }],
	});
	expect(await subscriptionsOf(CONTOSO)).toMatchObject({ totalCount: 0, items: [] });
});

it('the same MS-RequestId places one order', async () => {
	const headers = { 'MS-RequestId': '025f4c19-217f-49d6-a056-391902c62fb3' };
	const first = await order(FABRIKAM, orderRequest, headers);
	expect((await order(FABRIKAM, orderRequest, headers)).data).toBe(first.data);
	expect(await subscriptionsOf(FABRIKAM)).toMatchObject({ totalCount: 1 });
});

it('without an agreement it is refused with 13605, and not once there is one', async () => {
	const refused = await order(CONTOSO);
	expect([refused.status, codeOf(refused)]).toEqual([403, '13605']);
	await harness.confirm(CONTOSO, { ...documented.confirmRequest, dateAgreed: '2024-01-01' });
	expect((await order(CONTOSO)).status).toBe(201);
	expect((await order(TREY_DIRECTLY_SIGNED)).status).toBe(201);
});

it('an acceptance of the terms before April 2023 is none', async () => {
	await harness.confirm(CONTOSO, { ...documented.confirmRequest, dateAgreed: '2023-03-31' });
	expect(codeOf(await order(CONTOSO))).toBe('13605');
});

it.each<[string, Partial<CustomerInput>]>([
	['800073', { accountVerification: 'UnderReview' }],
	['800074', { accountVerification: 'Unknown' }],
	['800075', { accountVerification: 'NotAllowed' }],
	['900416', { lockedForTransactions: true }],
])('code %s for an account with %p', async (code, properties) => {
	Object.assign(harness.emulator.state.customers[1] ?? {}, properties);
	const refused = await order(FABRIKAM);
	expect([refused.status, codeOf(refused)]).toEqual([403, code]);
	expect(await subscriptionsOf(FABRIKAM)).toMatchObject({ totalCount: 0 });
});

it('an account that is allowed may buy', async () => {
	Object.assign(harness.emulator.state.customers[1] ?? {}, { accountVerification: 'Allowed' });
	expect((await order(FABRIKAM)).status).toBe(201);
});

it('a reseller that has not signed the partner agreement is refused with 900123', async () => {
	const { customers } = harness.emulator.state;
	harness.emulator.seed({ customers, indirectResellers: [reseller] });
	const [line] = orderRequest.LineItems;
	const lines = [{ ...line, PartnerIdOnRecord: reseller.mpnId }];
	const refused = await order(FABRIKAM, { ...orderRequest, LineItems: lines });
	expect([refused.status, codeOf(refused)]).toEqual([403, '900123']);
});

it('a partner that has not signed it is refused with 900124', async () => {
	const { customers } = harness.emulator.state;
	harness.emulator.seed({ customers, partnerAgreementSigned: false });
	const refused = await order(FABRIKAM);
	expect([refused.status, codeOf(refused)]).toEqual([403, '900124']);
});

it.each([{ LineItems: [] }, { LineItems: [{ LineItemNumber: 0, Quantity: 1 }] }, {}])(
	'%p is no order',
	async (body) => {
		expect((await order(FABRIKAM, body)).status).toBe(400);
	},
);
