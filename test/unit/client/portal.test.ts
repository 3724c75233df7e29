/** Addresses of Partner Center: which customer one means, and where a customer's page is. */
import { customerIdsIn, customerPage } from '../../../nodes/MicrosoftPartnerCenter/client/portal';

const ID = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const OTHER = '25987009-d1ed-47f7-8e1d-76b68b7d43fd';
const PORTAL = 'https://partner.microsoft.com';

it.each([
	`${PORTAL}/dashboard/v2/customers/${ID}/servicemanagementpage`,
	`${PORTAL}/en-us/dashboard/v2/customers/${ID}`,
	`${PORTAL}/commerce/customers/${ID}/subscriptions?tab=all#top`,
	`${PORTAL}/dashboard/home?returnUrl=%2Fdashboard%2Fv2%2Fcustomers%2F${ID}%2Faccount`,
	`${PORTAL}/dashboard/v2/Customers/${ID.toUpperCase()}/account`,
	`partner.microsoft.com/dashboard/v2/customers/${ID}/account`,
	`https://partnercenter.microsoft.com/pcv/customers/${ID}/account`,
	`https://api.partnercenter.microsoft.com/v1/customers/${ID}/agreements`,
	`${PORTAL}/dashboard/v2/customers/${ID}/a?from=/customers/${ID}`,
])('%s means the customer', (address) => {
	expect(customerIdsIn(address)).toEqual([ID]);
});

it('an address with two customers means both', () => {
	const address = `${PORTAL}/dashboard/v2/customers/${ID}?from=/customers/${OTHER}`;
	expect(customerIdsIn(address)).toEqual([ID, OTHER]);
});

it.each([
	`${PORTAL}/dashboard/v2/customers/list`,
	`${PORTAL}/dashboard/v2/customers/indirectresellers/relationshiprequest/${ID}`,
	`${PORTAL}/dashboard/v2/customers/${ID}-66089676-abaf-4914-8512-6fd1ec20f03d`,
	`${PORTAL}/dashboard/v2/customers/${ID}0`,
])('%s means none', (address) => {
	expect(customerIdsIn(address)).toEqual([]);
});

it.each([
	ID,
	`customers/${ID}`,
	`https://example.com/customers/${ID}`,
	`https://partner.microsoft.com.example.com/customers/${ID}`,
	`https://example.com/?x=partner.microsoft.com/customers/${ID}`,
	`https://notpartner.microsoft.com/customers/${ID}`,
	'',
])('%s is no address of Partner Center', (text) => {
	expect(customerIdsIn(text)).toBeUndefined();
});

it('the page of a customer is read as the customer', () => {
	expect(customerIdsIn(customerPage(ID))).toEqual([ID]);
});
