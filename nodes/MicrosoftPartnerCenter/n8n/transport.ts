/**
 * n8n's authenticated request helper, seen as the client's `send`.
 *
 * Every request goes out with `ignoreHttpStatusErrors`, so that an answer's status, headers and
 * body are readable on every n8n version; that switches n8n's own token renewal off, which
 * `keepSignedIn` takes over.
 */
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpRequest,
	type HttpResponse,
	type Send,
} from '../client/http';
import { keepSignedIn, type SignInState } from '../client/signIn';

export const CREDENTIAL = 'microsoftPartnerCenterOAuth2Api';
const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';

/**
 * A cache: renewals of each credential in this process, so that executions that run at the same
 * time make one token request between them. Holds counts and promises, never a token.
 */
const signInCacheByCredential = new Map<string, SignInState>();

/**
 * @returns a `send` for this execution; the credential is looked at when the first request is sent
 */
export function createSend(context: IExecuteFunctions): Send {
	let address: Promise<string> | undefined;

	async function sendOnce(request: HttpRequest): Promise<HttpResponse> {
		address ??= readBaseUrl(context);
		const baseUrl = await address;
		if (context.getExecutionCancelSignal()?.aborted) throw new CancelledError();
		// A fresh object for every try: the helper writes the Authorization header into it.
		const options: IHttpRequestOptions = {
			method: request.method,
			url: `${baseUrl}${request.path}`,
			headers: { ...request.headers },
			json: true,
			timeout: request.timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		if (request.body !== undefined) options.body = request.body as IDataObject;
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL,
				options,
			);
			return asHttpResponse(response);
		} catch (error) {
			throw asSendError(error, context);
		}
	}

	async function renew(): Promise<void> {
		try {
			await context.helpers.refreshOAuth2Token.call(context, CREDENTIAL);
		} catch (error) {
			throw asSignInError(error);
		}
	}

	return keepSignedIn(sendOnce, renew, signInStateOf(context));
}

function signInStateOf(context: IExecuteFunctions): SignInState {
	const id = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const state = signInCacheByCredential.get(id) ?? { renewals: 0, underWay: undefined };
	signInCacheByCredential.set(id, state);
	return state;
}

/**
 * The address comes from the credential's own expression. Stored data can't point it elsewhere:
 * outside the emulator, only Partner Center's own address gets the token.
 */
async function readBaseUrl(context: IExecuteFunctions): Promise<string> {
	let credential;
	try {
		credential = await context.getCredentials(CREDENTIAL);
	} catch (error) {
		throw asSignInError(error);
	}
	const { environment, apiBaseUrl, emulatorUrl, oauthTokenData } = credential;
	// n8n would send "Bearer undefined" for a credential that was saved but never connected.
	if (!hasAccessToken(oauthTokenData)) throw new SignInError('OAuth credentials not connected');
	const baseUrl = String(apiBaseUrl ?? '').replace(/\/+$/, '');
	const expected =
		environment === 'emulator'
			? String(emulatorUrl ?? '')
					.trim()
					.replace(/\/+$/, '')
			: PARTNER_CENTER;
	if (baseUrl !== expected || !/^https?:\/\/[^/?#@]+$/.test(baseUrl)) {
		throw new NotSentError(
			environment === 'emulator'
				? "'Emulator URL' in the credential is not an address such as http://localhost:8787"
				: `the credential does not point at ${PARTNER_CENTER}`,
		);
	}
	return baseUrl;
}

function hasAccessToken(tokenData: unknown): boolean {
	const token = (tokenData as { access_token?: unknown } | undefined)?.access_token;
	return typeof token === 'string' && token !== '';
}

function asHttpResponse(response: unknown): HttpResponse {
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, unknown>;
		body: unknown;
	};
	return { status: statusCode, headers, body };
}

/** Codes of sockets and of the HTTP client, e.g. `ECONNRESET`, `ERR_BAD_RESPONSE`; not n8n's `EAUTH`. */
const TRANSPORT_CODE =
	/^(E[A-Z_]{3,}|ERR_[A-Z_]+|CERT_[A-Z_]+|UNABLE_TO_[A-Z_]+|DEPTH_ZERO_[A-Z_]+)$/;

/** n8n wraps what the socket said; which properties survive depends on its version. */
function asSendError(error: unknown, context: IExecuteFunctions): Error {
	if (context.getExecutionCancelSignal()?.aborted) return new CancelledError();
	const { httpCode, code, cause } = error as {
		httpCode?: unknown;
		code?: unknown;
		cause?: { code?: unknown };
	};
	const transportCode = [httpCode, code, cause?.code].find(
		(one): one is string => typeof one === 'string' && TRANSPORT_CODE.test(one) && one !== 'EAUTH',
	);
	if (transportCode !== undefined) return new NoAnswerError(transportCode);
	const reason = reasonOf(error);
	return /credential|OAuth|token/i.test(reason)
		? new SignInError(reason)
		: new NotSentError(reason);
}

function asSignInError(error: unknown): SignInError {
	return new SignInError(reasonOf(error));
}

/** All that n8n and the token endpoint said; no token is among it. */
function reasonOf(error: unknown): string {
	const { message, description, body } = error as {
		message?: unknown;
		description?: unknown;
		body?: { error_description?: unknown };
	};
	const texts = [body?.error_description, message, description].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return texts.length > 0 ? [...new Set(texts)].join(' ') : 'no reason given';
}
