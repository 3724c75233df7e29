import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
	listResponseBody,
	REQUEST_ID,
} from '../../support/fixtures/documented';
import { clientThatGets, type Answer } from '../../support/clientThatGets';
import { inWords } from '../../support/inWords';

const call = {
	correlationId: CORRELATION_ID,
	timeout: 60_000,
	maxRetries: 0,
	maxRateLimitWait: 0,
};
const confirm = (...answers: Answer[]) => {
	const { client, sent } = clientThatGets(...answers);
	return {
		sent,
		result: inWords(
			client.agreements.confirm(
				{ customerId: CONFIRM_CUSTOMER_ID, agreement: confirmRequestBody },
				call,
			),
		),
	};
};

describe('confirming an agreement', () => {
	it('sends the documented request', async () => {
		const { sent, result } = confirm({ status: 201, body: confirmResponseBody });
		await result;
		expect(sent).toEqual([
			{
				method: 'POST',
				path: `/v1/customers/${CONFIRM_CUSTOMER_ID}/agreements`,
				headers: {
					Accept: 'application/json',
					'Content-Type': 'application/json',
					'MS-RequestId': REQUEST_ID,
					'MS-CorrelationId': CORRELATION_ID,
				},
				body: confirmRequestBody,
				timeout: 60_000,
			},
		]);
	});

	it('answers the documented 201 with the agreement as it came', async () => {
		const { result } = confirm({ status: 201, body: confirmResponseBody });
		await expect(result).resolves.toEqual({
			outcome: 'confirmed',
			agreement: confirmResponseBody,
			reconciled: false,
			requestId: REQUEST_ID,
			correlationId: CORRELATION_ID,
		});
	});

	it.each([200, 201])('takes HTTP status %d for success', async (status) => {
		const { result } = confirm({ status, body: confirmResponseBody });
		await expect(result).resolves.toMatchObject({ outcome: 'confirmed' });
	});

	it('keeps fields that it does not know', async () => {
		const { result } = confirm({ status: 201, body: { ...confirmResponseBody, later: [1] } });
		await expect(result).resolves.toMatchObject({ agreement: { later: [1] } });
	});

	it('reads a body with a byte order mark', async () => {
		const { result } = confirm({
			status: 201,
			body: `\uFEFF${JSON.stringify(confirmResponseBody)}`,
		});
		await expect(result).resolves.toMatchObject({ agreement: confirmResponseBody });
	});

	it.each([
		['409', 409, alreadyExistsBody],
		['400', 400, alreadyExistsBody],
		['a code as text', 409, { ...alreadyExistsBody, code: '600061' }],
		['the name without the code', 409, { errorName: alreadyExistsBody.errorName }],
		['the code alone', 422, { code: 600061 }],
		['a byte order mark', 409, `\uFEFF${JSON.stringify(alreadyExistsBody)}`],
	])('takes 600061 for an outcome: %s', async (_what, status, body) => {
		const { result } = confirm({ status, body });
		await expect(result).resolves.toMatchObject({
			outcome: 'alreadyExists',
			requestId: REQUEST_ID,
		});
	});

	it.each([
		['a web page', '<html>Sign in to the Wi-Fi</html>', /web page/],
		['nothing', '', /empty/],
		['a cut-off body', '{"userId": "3d6f2c09', /cut off/],
		['text', 'OK', /not JSON/],
		['a list', [], /not an agreement/],
		['an agreement without a template', { primaryContact: {} }, /not an agreement/],
	])('never takes a success with %s for a confirmation', async (_what, body, reason) => {
		const { result } = confirm({ status: 201, body });
		await expect(result).rejects.toMatchObject({
			message: expect.stringMatching(reason),
			advice: expect.stringMatching(/not known.*MS-RequestId/s),
		});
	});

	it('says of a cut connection that the outcome is not known', async () => {
		const { result } = confirm(new NoAnswerError('ECONNRESET'));
		await expect(result).rejects.toMatchObject({
			message: 'The connection to Partner Center was cut before an answer came',
			advice: expect.stringContaining('is not known'),
		});
	});

	it('says of a refused connection that nothing was sent', async () => {
		const { result } = confirm(new NoAnswerError('ECONNREFUSED'));
		await expect(result).rejects.toMatchObject({
			message: 'Partner Center could not be reached',
			advice: expect.stringContaining('Nothing was changed'),
		});
	});

	it('names the time that it waited', async () => {
		const { result } = confirm(new NoAnswerError('ECONNABORTED'));
		await expect(result).rejects.toThrow('Partner Center did not answer within 60 seconds');
	});

	it.each([
		[new SignInError('OAuth credentials not connected'), 'The credential is not connected'],
		[new NotSentError('SSRF'), 'n8n did not send the request'],
		[new CancelledError(), 'The execution was cancelled before this item was done'],
	])('explains %s', async (error, message) => {
		await expect(confirm(error).result).rejects.toThrow(message);
	});

	it.each([
		[401, { code: '900421', description: 'MFA required' }, /multi-factor/],
		[401, { code: 900420 }, /retired directory API/],
		[403, { code: 900329, message: 'x' }, /App-only/],
		[403, { code: '20002' }, /no reseller relationship/],
		[404, { code: '1000', description: 'Not found' }, /does not know this customer/],
		[400, { code: '3000', description: 'Invalid', data: ['dateAgreed'] }, /did not accept a value/],
		[429, { statusCode: 429, message: 'Rate limit is exceeded.' }, /rate limit/],
		[503, '', /could not process/],
		[502, '<html></html>', /could not process/],
		[302, '', /HTTP status 302/],
		[401, '', /refused the token/],
		[403, '', /does not let this user/],
		[404, '', /does not know/],
	])('explains HTTP %d %j, quoting status and ids', async (status, body, message) => {
		await expect(confirm({ status, body }).result).rejects.toMatchObject({
			message: expect.stringMatching(message),
			advice: expect.stringMatching(
				new RegExp(`HTTP ${status}.*MS-RequestId ${REQUEST_ID}.*${CORRELATION_ID}`),
			),
		});
	});

	it('quotes what Microsoft said of which property', async () => {
		const body = { code: '3000', description: 'Invalid\r\n property', data: ['dateAgreed'] };
		await expect(confirm({ status: 400, body }).result).rejects.toMatchObject({
			advice: expect.stringContaining('code 3000, "Invalid property", dateAgreed'),
		});
	});
});

describe("listing a customer's agreements", () => {
	const list = (answer: Answer) => {
		const { client, sent } = clientThatGets(answer);
		return {
			sent,
			result: inWords(
				client.agreements.list(CONFIRM_CUSTOMER_ID, 'MicrosoftCustomerAgreement', call),
			),
		};
	};

	it('asks for the Customer Agreement, which Partner Center leaves out unless asked', async () => {
		const { sent, result } = list({ body: listResponseBody });
		await expect(result).resolves.toMatchObject({ agreements: listResponseBody.items });
		expect(sent[0]?.path).toBe(
			`/v1/customers/${CONFIRM_CUSTOMER_ID}/agreements?agreementType=MicrosoftCustomerAgreement`,
		);
	});

	it('reads a bare list like a collection', async () => {
		await expect(list({ body: listResponseBody.items }).result).resolves.toMatchObject({
			agreements: listResponseBody.items,
		});
	});

	it.each([
		['an empty collection', { status: 200, body: { totalCount: 0, items: [] } }],
		['code 600009', { status: 404, body: { code: 600009, message: 'No agreements' } }],
	])('takes %s for none', async (_what, answer) => {
		await expect(list(answer).result).resolves.toMatchObject({ agreements: [] });
	});

	it('does not take another refusal for none', async () => {
		await expect(list({ status: 404, body: { code: 1000 } }).result).rejects.toThrow(/know/);
	});
});
