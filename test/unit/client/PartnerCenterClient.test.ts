import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import type { AgreementTemplate } from '../../../nodes/MicrosoftPartnerCenter/client/schemas';
import { SharedLookup } from '../../../nodes/MicrosoftPartnerCenter/client/SharedLookup';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { HOUR_MS, templatesOf } from '../../support/templatesOf';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { findExisting } from '../../../nodes/MicrosoftPartnerCenter/client/existingAgreement';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
	listResponseBody,
	metadataResponseBody,
	REQUEST_ID,
} from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';

type Answer = Partial<HttpResponse> | Error;

function clientThatGets(...answers: Answer[]) {
	const sent: HttpRequest[] = [];
	const clock = new SimulatedClock();
	const client = new PartnerCenterClient({
		clock,
		throttle: new Throttle(clock).join(10),
		newId: () => REQUEST_ID,
		send: (request) => {
			sent.push(request);
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (answer instanceof Error) return Promise.reject(answer);
			return Promise.resolve({ status: 200, headers: {}, body: '', ...answer });
		},
	});
	return { client, sent, clock };
}

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

describe('the existing agreement', () => {
	const [item] = listResponseBody.items;
	const at = (dateAgreed: string, change: object = {}) => ({
		...item,
		templateId: confirmRequestBody.templateId,
		dateAgreed,
		primaryContact: { ...confirmRequestBody.primaryContact, ...change },
	});

	it('is the newest one with the same contact, also where a newer one has another', () => {
		const wanted = at('2020-01-01T00:00:00');
		const all = [at('2019-01-01T00:00:00'), wanted, at('2024-01-01T00:00:00', { email: 'x@y.z' })];
		expect(findExisting(all, confirmRequestBody)).toEqual(wanted);
	});

	it('is else the newest of all, comparing dates with and without a zone', () => {
		const newest = at('2024-01-01T01:30:00', { firstName: 'tania' });
		const all = [at('2024-01-01T02:00:00+02:00', { lastName: 'CARR' }), newest];
		expect(findExisting(all, confirmRequestBody)).toEqual(newest);
	});

	it('a missing phone number equals an empty one', () => {
		const { firstName, lastName, email } = confirmRequestBody.primaryContact;
		const empty = at('2020-01-01T00:00:00', { phoneNumber: '' });
		const newer = at('2021-01-01T00:00:00', { phoneNumber: '1' });
		const wanted = { ...confirmRequestBody, primaryContact: { firstName, lastName, email } };
		expect(findExisting([empty, newer], wanted)).toEqual(empty);
	});

	it('is null when there is none', () => {
		expect(findExisting([], confirmRequestBody)).toBeNull();
	});
});

describe('the template', () => {
	const template = (templateId: string, versionRank: number, agreementType?: string) => ({
		...metadataResponseBody.items[0],
		templateId,
		versionRank,
		...(agreementType === undefined ? {} : { agreementType }),
	});
	const chooser = (items: object[]) => {
		const { client, sent } = clientThatGets({ body: { items } });
		const templates = templatesOf(client);
		const choose = async (wanted: string | undefined, options: typeof call) =>
			await inWords(templates.resolve(wanted, options));
		return { sent, choose };
	};

	it('is the documented one', async () => {
		const { choose } = chooser(metadataResponseBody.items);
		await expect(choose(undefined, call)).resolves.toEqual({
			templateId: confirmRequestBody.templateId,
		});
	});

	it('is the one with the highest rank, also where ranks are text', async () => {
		const items = [template('a', 1), { ...template('b', 0), versionRank: '10' }, template('c', 9)];
		await expect(chooser(items).choose(undefined, call)).resolves.toEqual({ templateId: 'b' });
	});

	it('is asked for once, however many ask', async () => {
		const { choose, sent } = chooser(metadataResponseBody.items);
		await Promise.all([choose(undefined, call), choose(undefined, call)]);
		await choose(undefined, call);
		expect(sent).toHaveLength(1);
	});

	it('of another agreement type is refused: it would make another kind of agreement', async () => {
		const items = [template('a', 1), template('cloud', 2, 'MicrosoftCloudAgreement')];
		const { choose } = chooser(items);
		await expect(choose(undefined, call)).resolves.toEqual({ templateId: 'a' });
		await expect(choose('cloud', call)).resolves.toEqual({ listed: ['a'] });
	});

	it('reads the type under its other name', async () => {
		const { templateId } = confirmRequestBody;
		const { choose } = chooser([{ templateId, type: 'MicrosoftCustomerAgreement' }]);
		await expect(choose(undefined, call)).resolves.toHaveProperty('templateId');
	});

	it('that does not exist is explained', async () => {
		await expect(chooser([]).choose(undefined, call)).rejects.toThrow(/no template/);
	});

	describe('that everybody with the same credential knows', () => {
		const known = metadataResponseBody.items;
		const newer = [template('newer', 5)];
		const stage = (...answers: Answer[]) => {
			const { client, sent, clock } = clientThatGets(...answers);
			const lookup = new SharedLookup<AgreementTemplate[]>(clock, HOUR_MS);
			const execution = () => templatesOf(client, clock, lookup);
			return { sent, clock, execution };
		};

		it('is looked up by the first execution only', async () => {
			const { sent, execution } = stage({ body: { items: known } });
			await execution().resolve(undefined, call);
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
		});

		it('is looked up anew where a confirmation is refused and an outdated one may be why', async () => {
			const { sent, clock, execution } = stage(
				{ body: { items: known } },
				{ body: { items: newer } },
			);
			await execution().resolve(undefined, call);
			const refusedWith = (status: number) =>
				new PartnerCenterError({ kind: 'documentRefused', status });
			const refusal = refusedWith(400);
			await execution().forgetIfOutdated(refusal);
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
			await clock.run(clock.after(120_000));
			await execution().forgetIfOutdated(refusedWith(503));
			await execution().forgetIfOutdated(refusedWith(403));
			await execution().resolve(undefined, call);
			expect(sent).toHaveLength(1);
			await execution().forgetIfOutdated(refusal);
			await expect(execution().resolve(undefined, call)).resolves.toEqual({ templateId: 'newer' });
		});

		it('given by hand is looked for again before it is called unknown', async () => {
			const { clock, execution } = stage({ body: { items: known } }, { body: { items: newer } });
			await execution().resolve(undefined, call);
			await clock.run(clock.after(120_000));
			await expect(execution().resolve('newer', call)).resolves.toEqual({ templateId: 'newer' });
		});

		it('is not known where none was listed, or the look-up failed', async () => {
			const { sent, execution } = stage(
				{ body: { items: [] } },
				{ status: 503 },
				{ body: { items: known } },
			);
			await expect(inWords(execution().resolve(undefined, call))).rejects.toThrow(/no template/);
			await expect(inWords(execution().resolve(undefined, call))).rejects.toThrow(
				/could not process/,
			);
			await expect(execution().resolve(undefined, call)).resolves.toHaveProperty('templateId');
			expect(sent).toHaveLength(3);
		});
	});
});
