/**
 * n8n's authenticated request helper, seen as the client's `send`.
 *
 * Every request goes out with `ignoreHttpStatusErrors`, so that an answer's status, headers and
 * body are readable on every n8n version; that switches n8n's own token renewal off, which
 * `keepSignedIn` takes over.
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

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

/** Who sends: a node that runs, a trigger that polls, a list that opens in the form. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Only executions can be cancelled. */
export function cancelSignalOf(context: RequestContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

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
export function createSend(context: RequestContext): Send {
	const credential = new ExecutionCredential(context);

	async function sendOnce(request: HttpRequest): Promise<HttpResponse> {
		const { baseUrl, caller } = await credential.read();
		if (cancelSignalOf(context)?.aborted) throw new CancelledError();
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
				caller,
				CREDENTIAL,
				options,
			);
			return asHttpResponse(response);
		} catch (error) {
			throw asSendError(error, context);
		}
	}

	return keepSignedIn(sendOnce, () => credential.renew(), signInStateOf(context));
}

function signInStateOf(context: RequestContext): SignInState {
	const id = context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const state = signInCacheByCredential.get(id) ?? { renewals: 0, underWay: undefined };
	signInCacheByCredential.set(id, state);
	return state;
}

/** What one execution knows of its credential. */
interface Reading {
	/** Where requests go, without a slash at its end. */
	baseUrl: string;
	accessToken: string;
	/** The execution's context with the credential answered from memory. */
	caller: RequestContext;
}

/**
 * The credential of one execution. n8n's helper would read and decrypt it from the database for
 * every request; it is read once, and once more after each renewal of its token.
 */
class ExecutionCredential {
	private reading: Promise<Reading> | undefined;
	/** Renewals in this process when it was read; after another one it is read anew. */
	private readWith = -1;

	constructor(private readonly context: RequestContext) {}

	async read(): Promise<Reading> {
		const { renewals } = signInStateOf(this.context);
		if (this.reading === undefined || this.readWith !== renewals) {
			this.readWith = renewals;
			this.reading = this.readNow();
			// A reading that failed is no reading: the next request tries again.
			this.reading.catch(() => {
				this.reading = undefined;
			});
		}
		return await this.reading;
	}

	private async readNow(): Promise<Reading> {
		let credential: ICredentialDataDecryptedObject;
		try {
			credential = await this.context.getCredentials(CREDENTIAL);
		} catch (error) {
			throw asSignInError(error);
		}
		// n8n would send "Bearer undefined" for a credential that was saved but never connected.
		const accessToken = accessTokenOf(credential);
		if (accessToken === undefined) throw new SignInError('OAuth credentials not connected');
		const signing = withoutRefreshToken(credential);
		const caller = Object.create(this.context, {
			// A copy each time: the helper may change what it gets.
			getCredentials: { value: () => Promise.resolve(copyOf(signing)) },
		}) as RequestContext;
		return { baseUrl: baseUrlOf(credential), accessToken, caller };
	}

	/**
	 * Has n8n renew the token and store it. Another process may have done so meanwhile, and used the
	 * refresh token up: then the stored credential holds a token that this execution has not used.
	 */
	async renew(): Promise<void> {
		const used = (await this.reading)?.accessToken;
		if (await this.isRenewedElsewhere(used)) return;
		try {
			await this.context.helpers.refreshOAuth2Token.call(this.context, CREDENTIAL);
		} catch (error) {
			if (await this.isRenewedElsewhere(used)) return;
			const code = transportCodeOf(error) ?? (isPassing(error) ? 'UNAVAILABLE' : undefined);
			throw code === undefined ? asSignInError(error) : asUnreachableSignIn(code);
		}
	}

	private async isRenewedElsewhere(used: string | undefined): Promise<boolean> {
		const stored = await this.readNow().catch(() => undefined);
		return stored !== undefined && stored.accessToken !== used;
	}
}

/**
 * What requests are signed with. A 401 whose body breaks off is thrown by n8n's helper, which would
 * then renew the token by itself, beside the renewal that everybody waits for.
 */
function withoutRefreshToken(
	credential: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	const tokenData = credential.oauthTokenData as Record<string, string | undefined>;
	const signing = Object.entries(tokenData).filter(([name]) => !/^refresh_?token$/i.test(name));
	return { ...credential, oauthTokenData: Object.fromEntries(signing) as Record<string, string> };
}

function copyOf(credential: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	const tokenData = credential.oauthTokenData as Record<string, string>;
	return { ...credential, oauthTokenData: { ...tokenData } };
}

/**
 * The address comes from the credential's own expression. Stored data can't point it elsewhere:
 * outside the emulator, only Partner Center's own address gets the token.
 */
function baseUrlOf({ environment, apiBaseUrl, emulatorUrl }: IDataObject): string {
	const trimmed = (url: unknown) =>
		String(url ?? '')
			.trim()
			.replace(/\/+$/, '');
	const isEmulator = environment === 'emulator';
	const baseUrl = trimmed(apiBaseUrl);
	const expected = isEmulator ? trimmed(emulatorUrl) : PARTNER_CENTER;
	if (baseUrl === expected && /^https?:\/\/[^/?#@]+$/.test(baseUrl)) return baseUrl;
	throw new NotSentError(
		isEmulator
			? "'Emulator URL' in the credential is not an address such as http://localhost:8787"
			: `the credential does not point at ${PARTNER_CENTER}`,
	);
}

function accessTokenOf({ oauthTokenData }: IDataObject): string | undefined {
	const token = (oauthTokenData as { access_token?: unknown } | undefined)?.access_token;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function asHttpResponse(response: unknown): HttpResponse {
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, unknown>;
		body: unknown;
	};
	return { status: statusCode, headers, body };
}

/** Codes of sockets, of TLS and of the HTTP client, e.g. `ECONNRESET`; not n8n's `EAUTH`. */
const TRANSPORT_CODE = /^(?!EAUTH$)[A-Z][A-Z0-9_]{3,}$/;

/** n8n wraps what the socket said; which properties survive depends on its version. */
function transportCodeOf(error: unknown): string | undefined {
	const { httpCode, code, cause } = error as {
		httpCode?: unknown;
		code?: unknown;
		cause?: { code?: unknown };
	};
	return [httpCode, code, cause?.code].find(
		(one): one is string => typeof one === 'string' && TRANSPORT_CODE.test(one),
	);
}

/** What n8n says when it declines to send: its own network rules, or an address that is none. */
const DECLINED = /SSRF|blocked|not allowed|disallowed|invalid url/i;

/**
 * Whatever is not known to have stayed here may have arrived: an answer that breaks off or can't be
 * decoded reaches us as one of many errors, and the confirmation behind it is recorded.
 */
function asSendError(error: unknown, context: RequestContext): Error {
	if (cancelSignalOf(context)?.aborted) return new CancelledError(true);
	const code = transportCodeOf(error);
	if (code !== undefined) return new NoAnswerError(code);
	const reason = reasonOf(error);
	if (/credential/i.test(reason)) return new SignInError(reason);
	if (DECLINED.test(reason)) return new NotSentError(reason);
	return new NoAnswerError('UNKNOWN');
}

/** Microsoft Entra is busy or broken: nothing is wrong with the sign-in. */
function isPassing(error: unknown): boolean {
	const { status, httpCode } = error as { status?: unknown; httpCode?: unknown };
	const code = Number(status ?? httpCode);
	if (code === 408 || code === 429 || code >= 500) return true;
	return /temporarily_unavailable|AADSTS90033/.test(reasonOf(error));
}

function asUnreachableSignIn(code: string): NoAnswerError {
	return new NoAnswerError(code, 'Microsoft Entra');
}

function asSignInError(error: unknown): SignInError {
	return new SignInError(reasonOf(error));
}

/** All that n8n and the token endpoint said; no token is among it. */
function reasonOf(error: unknown): string {
	const { message, description, body } = error as {
		message?: unknown;
		description?: unknown;
		body?: { error?: unknown; error_description?: unknown };
	};
	const texts = [body?.error_description, body?.error, message, description].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return texts.length > 0 ? [...new Set(texts)].join(' ') : 'no reason given';
}
