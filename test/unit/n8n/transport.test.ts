/** One request sent with n8n's helper: what it is given, and what becomes of what it throws. */
import type { IHttpRequestOptions } from 'n8n-workflow';

import { createTransport } from '../../../nodes/MicrosoftPartnerCenter/n8n/transport';
import { API, credential, CREDENTIAL, executionContext, rejecting } from '../../support/n8nContext';

const request = {
	method: 'GET' as const,
	path: '/v1/customers?size=50',
	headers: { 'MS-RequestId': '1' },
	timeout: 10_000,
};
const write = { ...request, method: 'POST' as const, body: { a: 1 } };

/** A context whose helper answers so, with what the helper was given. */
function answering(answer: object = { statusCode: 200, headers: {}, body: '{}' }) {
	const sent: IHttpRequestOptions[] = [];
	const context = executionContext(
		{},
		{
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				sent.push(options);
				return answer;
			},
		},
	);
	return { sent, context };
}

describe('a request', () => {
	it('goes to the credential’s address, with its body as JSON', async () => {
		const { sent, context } = answering();
		await createTransport(context, CREDENTIAL).send(write);
		expect(sent).toMatchObject([
			{
				method: 'POST',
				url: `${API}/v1/customers?size=50`,
				headers: { 'MS-RequestId': '1' },
				body: { a: 1 },
				json: true,
			},
		]);
	});

	it('follows no redirect, and takes the token nowhere else', async () => {
		const { sent, context } = answering();
		await createTransport(context, CREDENTIAL).send(request);
		expect(sent).toMatchObject([
			{ disableFollowRedirect: true, sendCredentialsOnCrossOriginRedirect: false },
		]);
		expect(sent[0]).not.toHaveProperty('body');
	});

	it('of which the helper writes into the headers is as new when it is sent again', async () => {
		const { sent, context } = answering();
		const { send } = createTransport(context, CREDENTIAL);
		await send(request);
		const [first] = sent;
		if (first?.headers !== undefined) first.headers.authorization = 'Bearer old';
		await send(request);
		expect(sent[1]?.headers).toEqual({ 'MS-RequestId': '1' });
		expect(request.headers).toEqual({ 'MS-RequestId': '1' });
	});

	it('is answered with any status: none is thrown', async () => {
		const { context } = answering({ statusCode: 503, headers: { 'retry-after': '5' }, body: '' });
		await expect(createTransport(context, CREDENTIAL).send(request)).resolves.toEqual({
			status: 503,
			headers: { 'retry-after': '5' },
			body: '',
		});
	});

	it('of an app that has no token yet counts as refused, and is not sent', async () => {
		const { sent, context } = answering();
		const app = { ...credential, grantType: 'clientCredentials', oauthTokenData: undefined };
		const getCredentials = async () => app;
		const asApp = Object.assign(context, { getCredentials });
		const { status } = await createTransport(asApp, CREDENTIAL).send(request);
		expect([status, sent.length]).toEqual([401, 0]);
	});

	it('whose answer takes too long as a whole is given up as late', async () => {
		const body = (async function* () {
			yield Buffer.from('{"items":[');
			await new Promise(() => undefined);
		})();
		const { context } = answering({ statusCode: 200, headers: {}, body });
		const late = createTransport(context, CREDENTIAL).send({ ...request, timeout: 10 });
		await expect(late).rejects.toMatchObject({ name: 'NoAnswerError', code: 'ETIMEDOUT' });
	});
});

describe('a request that n8n’s helper does not send or loses', () => {
	const send = async (error: unknown, parts: object = {}) => {
		const context = executionContext(parts, { httpRequestWithAuthentication: rejecting(error) });
		return await createTransport(context, CREDENTIAL)
			.send(request)
			.then(
				() => 'sent',
				(reason: Error) => `${reason.name}: ${reason.message}`,
			);
	};

	it.each([
		[new Error('Credential "Partner Center" needs to be reconnected'), 'SignInError'],
		[new Error('The request was blocked by SSRF protection'), 'NotSentError'],
		[
			new Error(
				'Domain not allowed: This credential is restricted from accessing https://x.example. Only the following domains are allowed: y.example',
			),
			'NotSentError',
		],
		[
			new Error('The request was blocked because it resolves to a restricted IP address'),
			'NotSentError',
		],
		[new Error('Node "A" does not have any credentials of type "b" set'), 'SignInError'],
		// An answer or something on the way may say such words of a request that has arrived.
		[new Error('Your credential was blocked by the gateway'), 'NoAnswerError'],
		[new Error('Method not allowed'), 'NoAnswerError'],
		[new Error('Response blocked: disallowed content'), 'NoAnswerError'],
		[new Error('Invalid URL'), 'NotSentError'],
		[{ cause: { code: 'ECONNRESET' } }, 'NoAnswerError'],
		[{}, 'NoAnswerError'],
	])('%p is told as %s', async (error, name) => {
		expect(await send(error)).toMatch(new RegExp(`^${name}`));
	});

	/** n8n#26453: where a request is refused, n8n's helper can throw a TypeError of its own instead. */
	it('because of a TypeError has no answer: a write may have been carried out', async () => {
		const error = new TypeError('error.message.replace is not a function');
		const context = executionContext({}, { httpRequestWithAuthentication: rejecting(error) });
		await expect(createTransport(context, CREDENTIAL).send(write)).rejects.toMatchObject({
			name: 'NoAnswerError',
			mayHaveArrived: true,
		});
	});

	it('after a cancel is told as cancelled, and was not sent', async () => {
		const { sent, context } = answering();
		const cancelled = Object.assign(context, {
			getExecutionCancelSignal: () => AbortSignal.abort(),
		});
		await expect(createTransport(cancelled, CREDENTIAL).send(request)).rejects.toMatchObject({
			name: 'CancelledError',
			mayHaveArrived: false,
		});
		expect(sent).toEqual([]);
	});

	it('because of a cancel while it is sent may have arrived', async () => {
		const controller = new AbortController();
		const context = executionContext(
			{ getExecutionCancelSignal: () => controller.signal },
			{
				httpRequestWithAuthentication: async () => {
					controller.abort();
					throw new Error('canceled');
				},
			},
		);
		await expect(createTransport(context, CREDENTIAL).send(request)).rejects.toMatchObject({
			name: 'CancelledError',
			mayHaveArrived: true,
		});
	});

	it('because its address is missing from the credential is not sent', async () => {
		const parts = { getCredentials: async () => ({ ...credential, apiBaseUrl: undefined }) };
		expect(await send(new Error('unreachable'), parts)).toBe(
			`NotSentError: the credential does not point at ${API}`,
		);
	});
});

describe('a renewal', () => {
	it.each([
		[{ status: 503 }, 'NoAnswerError: No HTTP answer (UNAVAILABLE)'],
		[{ httpCode: '429' }, 'NoAnswerError: No HTTP answer (UNAVAILABLE)'],
		[{ message: 'AADSTS90033: A transient failure' }, 'NoAnswerError'],
		[{ code: 'ECONNREFUSED' }, 'NoAnswerError: No HTTP answer (ECONNREFUSED)'],
	])('that ends in %p is told as %s', async (error, told) => {
		const context = executionContext(
			{},
			{
				httpRequestWithAuthentication: async () => ({ statusCode: 401, headers: {}, body: '' }),
				refreshOAuth2Token: rejecting(error),
			},
		);
		const { sendWithToken, send } = createTransport(context, CREDENTIAL);
		const outcome = await sendWithToken(request, send).catch(
			(reason: Error) => `${reason.name}: ${reason.message}`,
		);
		expect(outcome).toMatch(told);
	});

	it('that leaves an app without a token is told as not signed in', async () => {
		const app = { ...credential, grantType: 'clientCredentials', oauthTokenData: undefined };
		const refreshOAuth2Token = jest.fn(async () => undefined);
		const context = executionContext({ getCredentials: async () => app }, { refreshOAuth2Token });
		const { sendWithToken, send } = createTransport(context, CREDENTIAL);
		await expect(sendWithToken(request, send)).rejects.toMatchObject({
			name: 'SignInError',
			reason: 'OAuth credentials not connected',
		});
		expect(refreshOAuth2Token).toHaveBeenCalledTimes(1);
	});
});
