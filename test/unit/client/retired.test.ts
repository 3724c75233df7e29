/** A confirmation that is refused: which refusals are taken for the announced end of the call. */
import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import type { HttpResponse } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const ID = 'ba35d250-e45f-433a-b660-3fa3660401f6';
const call = { correlationId: ID, timeout: 60_000, maxRetries: 0, maxRateLimitWait: 0 };

function clientThatGets(
	answer: Partial<HttpResponse> | (() => Partial<HttpResponse>),
	appOnly = false,
): PartnerCenterClient {
	const next = typeof answer === 'function' ? answer : () => answer;
	const clock = new SimulatedClock();
	return new PartnerCenterClient({
		clock,
		appOnly,
		throttle: new Throttle(clock).join(10),
		newId: () => ID,
		send: () => Promise.resolve({ status: 200, headers: {}, body: '', ...next() }),
	});
}

async function refusalOf(work: Promise<unknown>): Promise<PartnerCenterError & { advice: string }> {
	const error: unknown = await inWords(work).catch((reason: unknown) => reason);
	if (!(error instanceof PartnerCenterError)) throw new Error('It was not refused');
	return error as PartnerCenterError & { advice: string };
}

const confirm = (status: number, body: unknown) =>
	refusalOf(
		clientThatGets({ status, body }).agreements.confirm(
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
			const { message, advice, outcomeUnknown } = await confirm(status, body);
			expect(message).toBe(RETIRED);
			expect(advice).toMatch(new RegExp(`^Microsoft's answer: HTTP ${status}`));
			expect(advice).toMatch(
				/MS-CorrelationId [0-9a-f-]{36}\. What to do: there are two other ways\./,
			);
			expect(advice).toMatch(OTHER_WAYS);
			expect(outcomeUnknown).toBe(false);
		},
	);

	it('HTTP 501 leaves the doubt of every 5xx, and comes with what to do', async () => {
		const { message, advice, outcomeUnknown } = await confirm(501, { description: 'Retired' });
		expect(message).toBe(RETIRED);
		expect(advice).toMatch(/^Whether the confirmation was recorded is not known/);
		expect(advice).toMatch(OTHER_WAYS);
		expect(outcomeUnknown).toBe(true);
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

describe('what the app alone is told', () => {
	const read = (answer: Partial<HttpResponse>) =>
		refusalOf(clientThatGets(answer, true).customers.get(CUSTOMER, call));

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

describe('an attestation', () => {
	const wanted = {
		...{ country: 'NL', language: 'nl-NL', companyName: 'Contoso' },
		...{ signatoryFirstName: 'Tania', signatoryLastName: 'Carr' },
	};
	const create = (answer: Partial<HttpResponse>) =>
		clientThatGets(answer, true).attestations.create('1', wanted, {}, call);

	it.each([
		['an object', { status: 201, body: '{"id": "a", "more": [1]}' }, { id: 'a', more: [1] }],
		['a text in JSON', { status: 200, body: '"a1"' }, 'a1'],
		['a bare text', { status: 201, body: 'a1' }, 'a1'],
		['nothing', { status: 202, body: '' }, undefined],
	])('is created, whatever the answer: %s', async (_what, answer, expected) => {
		const created = await create({ ...answer, headers: { location: '/v1/attestations/a1' } });
		expect(created).toMatchObject({ requestId: ID, location: '/v1/attestations/a1' });
		expect(created.answer).toEqual(expected);
	});

	it.each([
		['a web page', { status: 200, body: '<html>' }],
		['JSON that breaks off', { status: 201, body: '{"id": "a' }],
		['a server out of order', { status: 503 }],
	])(
		'that ends in %s may have been created, and a second one is warned of',
		async (_what, answer) => {
			const { advice, outcomeUnknown } = await refusalOf(create(answer));
			expect(advice).toMatch(
				/Whether the attestation was created is not known\. .* a second one\./,
			);
			expect(outcomeUnknown).toBe(true);
		},
	);

	it.each([
		['a web page', '<html>Sign in to the Wi-Fi</html>'],
		['JSON that breaks off', '{"id": "a'],
	])('is not asked for again after a success with %s', async (_what, body) => {
		let requests = 0;
		const client = clientThatGets(() => {
			requests += 1;
			return { status: 201, body };
		});
		const { advice, outcomeUnknown } = await refusalOf(
			client.attestations.create('1', wanted, {}, { ...call, maxRetries: 3 }),
		);
		expect(requests).toBe(1);
		expect(advice).toMatch(/^Whether the attestation was created is not known\./);
		expect(outcomeUnknown).toBe(true);
	});

	it.each([0, 7, '200', 399, 600, 'pending', null])(
		'whose answer has a "statusCode" of %j is created',
		async (statusCode) => {
			const created = await create({ status: 201, body: { statusCode } });
			expect(created.answer).toEqual({ statusCode });
		},
	);

	it('that may exist from an earlier call stays a doubt when it is refused', async () => {
		const again = { ...call, requestId: ID, isAskedAgain: true };
		const client = clientThatGets({ status: 400 });
		const { advice } = await refusalOf(client.attestations.create('1', wanted, {}, again));
		expect(advice).toMatch(/^Whether the attestation was created is not known\./);
	});

	it.each([
		[{ status: 404 }, 'Partner Center does not know this call', "Compare 'API Version'"],
		[
			{ status: 200, body: { statusCode: 404, message: 'Resource not found' } },
			'Partner Center does not know this call',
			'HTTP 404, "Resource not found"',
		],
		[
			{ status: 200, body: { code: 600061 } },
			'A confirmation with the same contact exists already',
			'another first name',
		],
		[
			{ status: 409, body: { code: 600061 } },
			'A confirmation with the same contact exists already',
			'another first name',
		],
	])('%j is explained', async (answer, what, step) => {
		const { message, advice } = await refusalOf(create(answer));
		expect(message).toBe(what);
		expect(advice).toContain(step);
	});
});
