/**
 * n8n's authenticated request helper, seen as the client's `send`.
 *
 * Every request goes out with `ignoreHttpStatusErrors`, so that an answer's status, headers and
 * body are readable on every n8n version; that switches n8n's own token renewal off, which
 * `keepSignedIn` takes over.
 */
import { createHash } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
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
import { IdleMap } from '../client/IdleMap';
import {
	keepSignedIn,
	TokenRenewals,
	type SignedSend,
	type TokenFacts,
	type Tokens,
} from '../client/signIn';
import { createClock, processClock } from './clock';
import { cancelSignalOf, type RequestContext } from './context';
import { startDeadline, type Deadline } from './deadline';
import { readResponse } from './readResponse';

const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
/** When to look again for tokens that another process may be about to store; milliseconds. */
const LOOK_AGAIN_AFTER_MS = [250, 500, 1_000];

const MAX_IDLE_MS = 60 * 60_000;
const MAX_CREDENTIALS = 200;

/**
 * A cache: renewals of each credential in this process, so that executions that run at the same
 * time make one token request between them. Holds counts and promises, never a token.
 */
const renewalsByCredential = new IdleMap<TokenRenewals>({
	maxIdle: MAX_IDLE_MS,
	maxEntries: MAX_CREDENTIALS,
	now: () => processClock.monotonic(),
	isBusy: (renewals) => renewals.isBusy,
});

/** How an execution reaches Partner Center with its credential. */
export interface Transport {
	/** Sends once. The credential is looked at when the first request is sent. */
	send: Send;
	/** Sends with a token that is renewed where it has to be. */
	signIn: SignedSend;
	/** @throws {SignInError | NotSentError} when the credential can't be used */
	identify(): Promise<CredentialIdentity>;
}

/** What tells a credential, as it is now, from every other. No secret is in it. */
export interface CredentialIdentity {
	/** Its ID, tenant, app and address: what was learned with one is worth sharing with the same. */
	key: string;
	/** Of the token that it holds. */
	tokenId: string;
	/** The API's address, without a slash at its end. */
	baseUrl: string;
}

/** @param type the type of the credential to sign in with */
export function createTransport(context: RequestContext, type: string): Transport {
	const id = context.getNode().credentials?.[type]?.id ?? '';
	const renewals = renewalsByCredential.getOrCreate(id, () => new TokenRenewals(processClock));
	const credential = new ExecutionCredential(context, type, renewals);

	async function send(request: HttpRequest): Promise<HttpResponse> {
		const { baseUrl, accessToken, caller } = await credential.read();
		if (cancelSignalOf(context)?.aborted) throw new CancelledError();
		// n8n would ask for a token for each of these requests; a renewal asks once for all.
		if (accessToken === undefined) return WITHOUT_TOKEN;
		const deadline = startDeadline(cancelSignalOf(context), request.timeout);
		// A fresh object for every try: the helper writes the Authorization header into it.
		const options: IHttpRequestOptions = {
			method: request.method,
			url: `${baseUrl}${request.path}`,
			headers: { ...request.headers },
			json: true,
			encoding: 'stream',
			timeout: request.timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		if (request.body !== undefined) options.body = request.body as IDataObject;
		try {
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				endingWith(deadline.signal, caller),
				type,
				options,
			);
			return await readResponse(response, request, deadline.signal);
		} catch (error) {
			throw asSendError(error, context, deadline);
		} finally {
			deadline.clear();
		}
	}

	const keptSignedIn = keepSignedIn(credential, renewals, createClock(context));
	const signIn: SignedSend = async (request, sendInTurn) => {
		const response = await keptSignedIn(request, sendInTurn);
		if (response === WITHOUT_TOKEN) throw new SignInError('OAuth credentials not connected');
		return response;
	};
	return { send, signIn, identify: async () => await credential.identify() };
}

/** What Partner Center would answer to a request without a token, if it were sent. */
const WITHOUT_TOKEN: HttpResponse = { status: 401, headers: {}, body: '' };

/** What one execution knows of its credential. */
interface Reading {
	/** See `CredentialIdentity`. */
	key: string;
	/** Where requests go, without a slash at its end. */
	baseUrl: string;
	/** Undefined for an app that has had none yet: nobody connects its credential. */
	accessToken: string | undefined;
	token: TokenFacts;
	/** The execution's context with the credential answered from memory. */
	caller: RequestContext;
}

/**
 * The credential of one execution. n8n's helper would read and decrypt it from the database for
 * every request; it is read once, and once more after each renewal of its token.
 */
class ExecutionCredential implements Tokens {
	private reading: Promise<Reading> | undefined;
	/** Renewals in this process when it was read; after another one it is read anew. */
	private readWith = -1;

	constructor(
		private readonly context: RequestContext,
		private readonly type: string,
		private readonly renewals: TokenRenewals,
	) {}

	async identify(): Promise<CredentialIdentity> {
		const { key, token, baseUrl } = await this.read();
		return { key, tokenId: token.id, baseUrl };
	}

	async current(): Promise<TokenFacts> {
		return (await this.read()).token;
	}

	async read(): Promise<Reading> {
		const { count } = this.renewals;
		if (this.reading === undefined || this.readWith !== count) {
			this.readWith = count;
			this.reading = this.readNow();
			// A reading that failed is no reading: the next request tries again.
			this.reading.catch(() => {
				this.reading = undefined;
			});
		}
		return await this.reading;
	}

	private async readNow(): Promise<Reading> {
		const credential = await this.decrypt();
		// n8n would send "Bearer undefined" for a credential that was saved but never connected.
		const accessToken = accessTokenOf(credential);
		if (accessToken === undefined && !isOfAnApp(credential)) {
			throw new SignInError('OAuth credentials not connected');
		}
		const signing = forSigning(credential);
		// A copy each time: the helper may change what it gets.
		const caller = this.callerWith(() => Promise.resolve(copyOf(signing)));
		const baseUrl = baseUrlOf(credential);
		const id = this.context.getNode().credentials?.[this.type]?.id;
		const key = JSON.stringify([id, baseUrl, credential.tenantId, credential.clientId]);
		const token = tokenFactsOf(credential, accessToken);
		return { key, baseUrl, accessToken, token, caller };
	}

	private async decrypt(): Promise<ICredentialDataDecryptedObject> {
		try {
			return await this.context.getCredentials(this.type);
		} catch (error) {
			throw asSignInError(error);
		}
	}

	/** The execution's context with another answer to what the credential holds. */
	private callerWith(getCredentials: () => Promise<ICredentialDataDecryptedObject>) {
		return Object.create(this.context, {
			getCredentials: { value: getCredentials },
		}) as RequestContext;
	}

	/**
	 * Has n8n renew the token and store it. Another process may have done so meanwhile, and used the
	 * refresh token up: then the stored credential holds a token that this execution has not used.
	 * Others wait for it too, so the execution's own end is none to it.
	 */
	async renew(): Promise<void> {
		const used = (await this.reading)?.accessToken;
		if (await this.isRenewedElsewhere(used)) return;
		try {
			const caller = this.callerWith(() => this.withTokenData());
			await this.context.helpers.refreshOAuth2Token.call(caller, this.type);
		} catch (error) {
			if (await this.isRenewedElsewhere(used)) return;
			const code = transportCodeOf(error) ?? (isPassing(error) ? 'UNAVAILABLE' : undefined);
			if (code !== undefined) throw asUnreachableSignIn(code);
			if (await this.isRenewedElsewhereSoon(used)) return;
			throw asSignInError(error);
		}
	}

	/**
	 * n8n 1.x lets two workers renew at once. The slower one is refused, and may hear of it before the
	 * quicker one has stored what it got.
	 */
	private async isRenewedElsewhereSoon(used: string | undefined): Promise<boolean> {
		for (const wait of LOOK_AGAIN_AFTER_MS) {
			await processClock.sleep(wait);
			if (await this.isRenewedElsewhere(used)) return true;
		}
		return false;
	}

	/** For an app, n8n renews only where there is something to renew, be it empty. */
	private async withTokenData(): Promise<ICredentialDataDecryptedObject> {
		const credential = await this.decrypt();
		if (!isOfAnApp(credential)) return credential;
		return { ...credential, oauthTokenData: credential.oauthTokenData ?? {} };
	}

	/** A token that was taken away, e.g. by saving the credential anew, is no renewed one. */
	private async isRenewedElsewhere(used: string | undefined): Promise<boolean> {
		const stored = await this.readNow().catch(() => undefined);
		return stored?.accessToken !== undefined && stored.accessToken !== used;
	}
}

/**
 * What requests are signed with. A 401 whose body breaks off is thrown by n8n's helper, which would
 * then renew the token by itself, beside the renewal that everybody waits for: with the refresh
 * token, or for an app with its secret.
 */
function forSigning(credential: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	const signing = Object.entries(tokenDataOf(credential)).filter(
		([name]) => !/^(refresh_?token|token_?type)$/i.test(name),
	);
	return {
		...credential,
		grantType: 'authorizationCode',
		// With any other type, n8n's helper puts the token into the address of the request.
		oauthTokenData: { ...Object.fromEntries(signing), token_type: 'Bearer' } as Record<
			string,
			string
		>,
	};
}

function isOfAnApp({ grantType }: ICredentialDataDecryptedObject): boolean {
	return grantType === 'clientCredentials';
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

function tokenDataOf({ oauthTokenData }: IDataObject): Record<string, unknown> {
	return typeof oauthTokenData === 'object' && oauthTokenData !== null ? { ...oauthTokenData } : {};
}

function accessTokenOf(credential: IDataObject): string | undefined {
	const { access_token: token } = tokenDataOf(credential);
	return typeof token === 'string' && token !== '' ? token : undefined;
}

/** @returns when it expires, in milliseconds since 1970: as n8n notes it, or Entra's older endpoint */
function expiryOf({ n8n_expires_at: noted, expires_on: seconds }: Record<string, unknown>) {
	const at = Number(noted ?? Number.NaN);
	const expiresAt = Number.isFinite(at) ? at : Number(seconds ?? Number.NaN) * 1000;
	return Number.isFinite(expiresAt) && expiresAt > 0 ? expiresAt : undefined;
}

function tokenFactsOf(credential: IDataObject, accessToken = ''): TokenFacts {
	const id = createHash('sha256').update(accessToken).digest('base64url');
	const expiresAt = expiryOf(tokenDataOf(credential));
	return expiresAt === undefined ? { id } : { id, expiresAt };
}

/** n8n ends a request with the execution's cancel signal, whatever its options say: this is it. */
function endingWith(signal: AbortSignal, caller: RequestContext): RequestContext {
	return Object.create(caller, {
		getExecutionCancelSignal: { value: () => signal },
	}) as RequestContext;
}

/** Codes of sockets, of TLS and of the HTTP client, e.g. `ECONNRESET`; not n8n's `EAUTH`. */
const TRANSPORT_CODE = /^(?!EAUTH$)[A-Z][A-Z0-9_]{3,}$/;

/** n8n wraps what the socket said; which properties survive depends on its version. */
export function transportCodeOf(error: unknown): string | undefined {
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
function asSendError(error: unknown, context: RequestContext, deadline: Deadline): Error {
	if (cancelSignalOf(context)?.aborted) return new CancelledError(true);
	if (deadline.isTimeUp()) return new NoAnswerError('ETIMEDOUT');
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
