/** A confirmation that is refused: which refusals are taken for the announced end of the call. */
import { retirementIn } from '../../../nodes/MicrosoftPartnerCenter/messages/retirement';
import { call, clientThatAnswers, refusalOf } from '../../support/refusals';

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const confirm = (status: number, body: unknown) =>
	refusalOf(
		clientThatAnswers({ status, body }).agreements.confirm(
			{
				customerId: CUSTOMER,
				agreement: {
					primaryContact: { firstName: 'Tania', lastName: 'Carr', email: 'someone@example.com' },
					templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
					dateAgreed: '2025-06-12T00:00:00.000Z',
					type: 'MicrosoftCustomerAgreement',
				},
			},
			call,
		),
	);
const OTHER_WAYS =
	/Enhanced attestation: resource 'Attestation'.*"Confirm customer acceptance and create agreement for MCA using APIs".*the customer accepts in the Microsoft 365 admin center.*'Get Status' shows/;
const RETIRED = 'Partner Center answered that this way to confirm is retired';

describe('a confirmation that is refused', () => {
	it.each([
		[410, ''],
		[410, { code: '777777', description: 'Gone' }],
		[400, { code: '777777', description: 'This API has been retired.' }],
		[403, { description: 'The operation is deprecated. Use enhanced attestation.' }],
		[404, { code: 888888, message: 'x', errorName: 'ApiRetired retirement' }],
		[405, 'This endpoint is no longer supported.'],
		[400, { description: 'You called a deprecated method.' }],
		[404, { description: 'This API version will no longer be available.' }],
		[403, 'Retired.'],
		[400, { description: "The operation 'Confirm agreement' is retired." }],
	])(
		'HTTP %d %j is the end of the call: what Microsoft said, then what to do',
		async (status, body) => {
			const { message, advice, inDoubt } = await confirm(status, body);
			expect(message).toBe(RETIRED);
			expect(advice).toMatch(new RegExp(`^Microsoft's answer: HTTP ${status}`));
			expect(advice).toMatch(
				/MS-CorrelationId [0-9a-f-]{36}\. What to do: there are two other ways\./,
			);
			expect(advice).toMatch(OTHER_WAYS);
			expect(inDoubt).toBe(false);
		},
	);

	it('HTTP 501 leaves the doubt of every 5xx, and comes with what to do', async () => {
		const { message, advice, inDoubt } = await confirm(501, { description: 'Retired' });
		expect(message).toBe(RETIRED);
		expect(advice).toMatch(/^Whether the confirmation was recorded is not known/);
		expect(advice).toMatch(OTHER_WAYS);
		expect(inDoubt).toBe(true);
	});

	it("quotes Microsoft's code and text of a retirement", async () => {
		const { advice } = await confirm(400, { code: '777777', description: 'This API is retired.' });
		expect(advice).toContain('HTTP 400, code 777777, "This API is retired."');
	});

	it.each([
		[400, { code: '777777', description: 'Bad request' }, 'Partner Center did not accept a value'],
		[403, '', 'Partner Center does not let this user do that'],
		[404, '', 'Partner Center does not know this customer'],
		[405, '', 'Partner Center refused the request with HTTP status 405'],
		[409, { code: '777777' }, 'Partner Center refused the request with HTTP status 409'],
	])('HTTP %d %j may be it: the usual words, and the possibility', async (status, body, usual) => {
		const { message, advice } = await confirm(status, body);
		expect(message).toBe(usual);
		expect(advice).toMatch(
			/announced .* for 5 January 2026\. If that is the reason, there are two/,
		);
		expect(advice).toMatch(OTHER_WAYS);
	});

	it.each([
		[400, { code: '2000', description: "The email 'joe@sunset.example' is invalid." }],
		[400, { code: '2000', description: "The operation failed for 'Obsolete Call GmbH'" }],
		[400, { code: 2001, message: 'Invalid property', parameters: { name: 'Retired API Ltd' } }],
		[400, { code: '2000', description: 'x', data: ['firstName: Obsolete'] }],
		[400, { description: 'The template 117a77b0 is no longer accepted. Use the current one.' }],
		[400, { description: 'The templateId is deprecated; use the latest template.' }],
		[400, { description: 'The operation failed: the template is deprecated.' }],
		[400, { description: 'The operation failed because the template is deprecated.' }],
		[400, { errorName: 'TemplateDeprecated', description: 'x' }],
		[409, { description: 'The customer relationship is being retired.' }],
		[404, { description: 'This customer is no longer available.' }],
		[404, { description: 'The call failed. The customer is no longer available.' }],
	])(
		'HTTP %d %j is about something else than the call, which may still be it',
		async (status, body: unknown) => {
			const { message, advice } = await confirm(status, body);
			expect(message).not.toBe(RETIRED);
			expect(advice).toContain('If that is the reason, there are two other ways');
		},
	);

	it('a long text is read in no time', async () => {
		const { message } = await confirm(400, { description: 'api call '.repeat(100_000) });
		expect(message).not.toBe(RETIRED);
		// Were it read again from every word on, that would take minutes: the limit is then over.
		await new Promise((next) => setTimeout(next, 1));
	}, 30_000);

	it.each([
		[401, { code: '900421', description: 'MFA required' }],
		[401, 'The token version is no longer supported'],
		[403, { code: '20002', description: 'no commerce relationship' }],
		[403, { code: '900329', description: 'does not support app-only; retired' }],
		[404, { code: '1000', description: 'Not found' }],
		[400, { code: '3000', description: 'Invalid property' }],
		[412, { code: '2055', description: 'ETag no longer valid' }],
		[429, { statusCode: 429, message: 'Rate limit is exceeded.' }],
		[500, 'This endpoint is deprecated'],
	])('HTTP %d %j has a reason of its own: no word of retirement', async (status, body) => {
		const { message, advice } = await confirm(status, body);
		expect(message).not.toBe(RETIRED);
		expect(advice).not.toMatch(/two other ways|announced/);
	});
});

describe('whether the call has ended', () => {
	it.each([
		[{ status: 410 }, 'yes'],
		[{ status: 400, text: 'This API has been retired.' }, 'yes'],
		[{ status: 400, errorName: 'ApiVersionRetired' }, 'yes'],
		[{ status: 400, text: 'The template is retired.' }, 'perhaps'],
		[{ status: 403 }, 'perhaps'],
		[{ status: 404, code: '1000' }, 'no'],
		[{ status: 401 }, 'no'],
		[{ status: 429 }, 'no'],
		[{ status: 503, text: 'This API has been retired.' }, 'no'],
	] as const)('%j: %s', (facts, expected) => {
		expect(retirementIn(facts)).toBe(expected);
	});
});
