/** What a refusal means, and to whom; the whole table of answers is in explain.test.ts. */
import { explainCode } from '../../../nodes/MicrosoftPartnerCenter/messages/errorCodes';
import type { HttpResponse } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { call, clientThatAnswers, refusalOf } from '../../support/refusals';

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
describe('what the app alone is told', () => {
	const read = (answer: Partial<HttpResponse>) =>
		refusalOf(clientThatAnswers(answer, true).customers.get(CUSTOMER, call));

	it.each([
		[{ status: 401 }, 'Partner Center refused the token, also after it was renewed'],
		[{ status: 401, body: { code: '900421' } }, 'Partner Center refused the token'],
		[{ status: 403 }, 'Partner Center does not let this app do that'],
	])('%j: nothing about connecting as a user', async (answer, what) => {
		const { message, advice } = await read(answer);
		expect(message).toContain(what);
		expect(advice).toContain('App management');
		expect(advice).not.toMatch(/reconnect|as a user|multi-factor/);
	});
});

it('20002 says that there is no relationship, and which link to send', async () => {
	const answer = { status: 403, body: { code: 20002, description: 'No relationship' } };
	const { message, advice } = await refusalOf(
		clientThatAnswers(answer).customers.get(CUSTOMER, call),
	);
	expect(message).toBe('There is no reseller relationship with this customer');
	expect(advice).toContain("'Relationship → Get Link'");
});

it('a 403 without a code may also be an indirect reseller’s', async () => {
	const { advice } = await refusalOf(
		clientThatAnswers({ status: 403 }).customers.get(CUSTOMER, call),
	);
	expect(advice).toContain('indirect reseller');
});

describe('a code', () => {
	it.each(['10001', '900420', '20002', '1000', '900150', '3000', '600061'])(
		'%s has words of its own',
		(code) => {
			expect(explainCode(code)).toMatchObject({
				message: expect.stringMatching(/\w+ \w+/),
				advice: expect.stringMatching(/\w+ \w+/),
			});
		},
	);

	it.each(['', '4711', 'constructor', '__proto__'])('%j has none', (code) => {
		expect(explainCode(code)).toBeUndefined();
	});
});
