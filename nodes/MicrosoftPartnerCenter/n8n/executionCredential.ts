/**
 * The stored credential as one execution uses it: read once, checked, made ready for n8n's helper to
 * sign with, and renewed for everybody in this process who uses the same credential.
 */
import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { NoAnswerError, NotSentError, PARTNER_CENTER, SignInError } from '../client/http';
import { TokenRenewals, type TokenFacts, type Tokens } from '../client/tokenRenewal';
import { processClock } from './clock';
import type { RequestContext } from './context';
import { reasonOf, transportCodeOf } from './helperErrors';
import { createProcessState, MAX_CREDENTIALS } from './processState';

/** After which pauses to read the credential again for a token that another process may be storing; milliseconds. */
const REREAD_AFTER_MS = [250, 500, 1_000];

/**
 * A cache: renewals of each credential in this process, so that executions that run at the same
 * time make one token request between them. Holds counts and promises, never a token.
 */
const renewalsByCredential = createProcessState<TokenRenewals>(
	MAX_CREDENTIALS,
	(renewals) => renewals.isBusy,
);

/** @param type the type of the node's credential whose renewals are meant */
export function renewalsOf(context: RequestContext, type: string): TokenRenewals {
	const id = context.getNode().credentials?.[type]?.id ?? '';
	return renewalsByCredential.getOrCreate(id, () => new TokenRenewals(processClock));
}

/** Tells a credential from others, and from itself before it was edited. No secret is in it. */
export interface CredentialIdentity {
	/** Its ID, tenant, app and address: executions with the same key share a throttle and templates. */
	key: string;
	/** Of the token that it holds. */
	tokenId: string;
	/** The API's address, without a slash at its end. */
	baseUrl: string;
}

/** What one execution knows of its credential. */
interface ReadCredential {
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
export class ExecutionCredential implements Tokens {
	private reading: Promise<ReadCredential> | undefined;
	/** How many renewals there had been when it was read; after another one it is read anew. */
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

	async read(): Promise<ReadCredential> {
		const { count } = this.renewals;
		if (this.reading === undefined || this.readWith !== count) {
			this.readWith = count;
			this.reading = this.readNow();
			// A failed read is not kept: the next request reads again.
			this.reading.catch(() => {
				this.reading = undefined;
			});
		}
		return await this.reading;
	}

	private async readNow(): Promise<ReadCredential> {
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
	 * It is not cancelled with the execution, because others wait for it.
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
		for (const wait of REREAD_AFTER_MS) {
			await processClock.sleep(wait);
			if (await this.isRenewedElsewhere(used)) return true;
		}
		return false;
	}

	/** n8n renews an app's token only if there is `oauthTokenData`; an empty one is enough. */
	private async withTokenData(): Promise<ICredentialDataDecryptedObject> {
		const credential = await this.decrypt();
		if (!isOfAnApp(credential)) return credential;
		return { ...credential, oauthTokenData: credential.oauthTokenData ?? {} };
	}

	/** A credential that was saved anew holds no token; that does not count as renewed. */
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

/** Whether Microsoft Entra is only busy or broken: then reconnecting the credential would not help. */
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
