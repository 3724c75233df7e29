/** Whom an item names, whatever else is wrong with it. */
import { givenCustomer } from '../../../nodes/MicrosoftPartnerCenter/n8n/givenCustomer';
import { executionContext } from '../../support/n8nContext';

const ID = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });
const given = (value: unknown) =>
	givenCustomer(executionContext({ getNodeParameter: () => value }), 0);

it.each([
	['an ID', locator('id', ` {${ID.toUpperCase()}} `), ID],
	['the value of an expression', ID, ID],
	['an address', locator('url', `https://partner.microsoft.com/dashboard/v2/customers/${ID}`), ID],
	['an ID as a domain', locator('domain', ID), ID],
	['a domain', locator('domain', 'Contoso.onmicrosoft.com'), 'contoso.onmicrosoft.com'],
	['a text that is neither', locator('id', 'Contoso'), 'Contoso'],
	['nothing', locator('list', ''), ''],
	['what is no text', locator('id', 7), null],
	['no value at all', undefined, null],
])('%s', (_, value, expected) => {
	expect(given(value)).toBe(expected);
});

it('an expression that can not be evaluated names nobody', () => {
	const context = executionContext({
		getNodeParameter: () => {
			throw new Error('not defined');
		},
	});
	expect(givenCustomer(context, 0)).toBeNull();
});
