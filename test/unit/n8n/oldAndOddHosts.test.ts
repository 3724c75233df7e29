/**
 * The layer that knows n8n, on hosts and with data that the engine tests don't meet: what is thrown
 * is no Error, a cancel comes early, a link leads to where it may not.
 */
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { CREDENTIALS } from '../../../nodes/MicrosoftPartnerCenter/n8n/credentials';
import { download } from '../../../nodes/MicrosoftPartnerCenter/n8n/download';
import {
	searchCountries,
	searchCustomers,
	searchLanguages,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/listSearch';
import { runItems } from '../../../nodes/MicrosoftPartnerCenter/n8n/runItems';
import { createTransport } from '../../../nodes/MicrosoftPartnerCenter/n8n/transport';

const CREDENTIAL = CREDENTIALS.appAndUser.type;
const API = 'https://api.partnercenter.microsoft.com';
const credential = {
	environment: 'partnerCenter',
	apiBaseUrl: API,
	oauthTokenData: { access_token: 'a', refresh_token: 'r' },
};

/** An execution of which only these parts are looked at. */
function host(parts: object = {}, helpers: object = {}): IExecuteFunctions {
	const node = {
		name: 'Confirm',
		type: 'node',
		parameters: {},
		credentials: { [CREDENTIAL]: { id: '1', name: 'Partner Center' } },
	};
	return {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getNodeOutputs: () => [{ type: 'main' }],
		continueOnFail: () => true,
		getCredentials: async () => credential,
		helpers,
		...parts,
	} as unknown as IExecuteFunctions;
}

const rejecting = (error: unknown) => async () => {
	throw error;
};

describe('a document’s link', () => {
	const file = async function* () {
		yield Buffer.from('PK');
	};
	const answered = async () => ({
		statusCode: 200,
		headers: { 'content-disposition': 'attachment; filename="a/b/Agreement.docx"' },
		body: file(),
	});

	it.each([
		'http://files.contoso.example/a.docx',
		'file:///etc/passwd',
		'https://user@host.example/',
	])('%s is not followed, and nothing is sent', async (url) => {
		const httpRequest = jest.fn(answered);
		await expect(download(host({}, { httpRequest }), url, 1000)).rejects.toThrow(
			'not an HTTPS address',
		);
		expect(httpRequest).not.toHaveBeenCalled();
	});

	it('over HTTPS is fetched without credentials, and its name loses its folders', async () => {
		const httpRequest = jest.fn(answered);
		const url = 'https://files.contoso.example/a.docx';
		await expect(download(host({}, { httpRequest }), url, 1000)).resolves.toMatchObject({
			status: 200,
			fileName: 'Agreement.docx',
			mimeType: undefined,
		});
		expect(JSON.stringify(httpRequest.mock.calls)).not.toMatch(/authorization|access_token/i);
	});
});

/** n8n#26453: where a request is refused, n8n's helper can throw a TypeError of its own instead. */
it('a TypeError of n8n’s helper is no answer: a write behind it may have been carried out', async () => {
	const helper = rejecting(new TypeError('error.message.replace is not a function'));
	const { send } = createTransport(host({}, { httpRequestWithAuthentication: helper }), CREDENTIAL);
	const request = { method: 'POST' as const, path: '/v1/x', headers: {}, body: {}, timeout: 1_000 };
	await expect(send(request)).rejects.toMatchObject({
		name: 'NoAnswerError',
		mayHaveArrived: true,
	});
});

describe('the lists in the form', () => {
	const form = host() as unknown as ILoadOptionsFunctions;

	it('offer everything before a letter is typed, with names and codes', async () => {
		const { results } = await searchLanguages.call(form);
		expect(results).toContainEqual({ name: expect.stringContaining('nl-NL'), value: 'nl-NL' });
		expect((await searchCountries.call(form)).results.length).toBeGreaterThan(50);
	});

	it('show a customer without a name by its ID', async () => {
		const id = '00000000-0000-4000-8000-000000000001';
		const body = { items: [{ id, companyProfile: { domain: 'contoso.example' } }] };
		const httpRequestWithAuthentication = async () => ({ statusCode: 200, headers: {}, body });
		const context = host({}, { httpRequestWithAuthentication });
		const found = await searchCustomers.call(context as unknown as ILoadOptionsFunctions);
		expect(found.results).toEqual([{ name: `${id} (contoso.example)`, value: id }]);
	});
});

describe('an operation that can’t start', () => {
	it.each([
		[new Error('no credential'), 'no credential'],
		['a text', 'a text'],
	])('fails every item for the reason, without a throw: %p', async (reason, shown) => {
		const operation = {
			option: { name: 'Confirm', value: 'confirm', action: 'Confirm' },
			signIn: 'appAndUser' as const,
			fields: [],
			outputs: ['Confirmed'],
			start: () => {
				throw reason;
			},
		};
		const [items] = await runItems(host(), operation);
		expect(items).toMatchObject([{ json: { error: expect.stringContaining(shown) } }]);
	});
});

describe('a request that n8n’s helper does not send or loses', () => {
	const request = { method: 'GET' as const, path: '/v1/customers', headers: {}, timeout: 10_000 };
	const send = async (error: unknown, parts: object = {}) => {
		const context = host(parts, { httpRequestWithAuthentication: rejecting(error) });
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
		[new Error('Invalid URL'), 'NotSentError'],
		[{ cause: { code: 'ECONNRESET' } }, 'NoAnswerError'],
		[{}, 'NoAnswerError'],
	])('%p is told as %s', async (error, name) => {
		expect(await send(error)).toMatch(new RegExp(`^${name}`));
	});

	it('after a cancel is told as cancelled, before and while it is sent', async () => {
		const aborted = AbortSignal.abort();
		const parts = { getExecutionCancelSignal: () => aborted };
		expect(await send(new Error('x'), parts)).toMatch(/^CancelledError/);
		const controller = new AbortController();
		const late = {
			getExecutionCancelSignal: () => controller.signal,
			getCredentials: async () => {
				setTimeout(() => controller.abort());
				return credential;
			},
		};
		const context = host(late, {
			httpRequestWithAuthentication: async () => {
				await new Promise((resolve) => setTimeout(resolve, 5));
				throw new Error('canceled');
			},
		});
		await expect(createTransport(context, CREDENTIAL).send(request)).rejects.toMatchObject({
			name: 'CancelledError',
			mayHaveArrived: true,
		});
	});

	it('whose address is missing from the credential is not sent', async () => {
		const parts = { getCredentials: async () => ({ ...credential, apiBaseUrl: undefined }) };
		expect(await send(new Error('unreachable'), parts)).toBe(
			`NotSentError: the credential does not point at ${API}`,
		);
	});

	it.each([
		[{ status: 503 }, 'NoAnswerError: No HTTP answer (UNAVAILABLE)'],
		[{ httpCode: '429' }, 'NoAnswerError: No HTTP answer (UNAVAILABLE)'],
		[{ message: 'AADSTS90033: A transient failure' }, 'NoAnswerError'],
		[{ code: 'ECONNREFUSED' }, 'NoAnswerError: No HTTP answer (ECONNREFUSED)'],
		[{ message: 'AADSTS50173: revoked' }, 'SignInError: AADSTS50173: revoked'],
		[{}, 'SignInError: no reason given'],
	])('a renewal that ends in %p is told as %s', async (error, told) => {
		const context = host(
			{},
			{
				httpRequestWithAuthentication: async () => ({ statusCode: 401, headers: {}, body: '' }),
				refreshOAuth2Token: rejecting(error),
			},
		);
		const { signIn, send: sendOnce } = createTransport(context, CREDENTIAL);
		const outcome = await signIn(request, sendOnce).catch(
			(reason: Error) => `${reason.name}: ${reason.message}`,
		);
		expect(outcome).toMatch(told);
	});
});
