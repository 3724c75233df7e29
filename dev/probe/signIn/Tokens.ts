/** The tokens of one run: a user's, from a refresh token, and the app's, where there is a secret. */
import { z } from 'zod';
import type { Endpoints } from '../wire/endpoints';
import type { Wire } from '../wire/Wire';

export interface App {
	/** The partner's tenant: its id or domain. */
	tenant: string;
	clientId: string;
	/** A public client has none. */
	clientSecret?: string;
}

/** A refusal of Microsoft Entra, in its own words. */
export class SignInError extends Error {
	constructor(
		/** Such as `authorization_pending`. */
		readonly error: string,
		description: string,
	) {
		super(description);
	}
}

const grantedSchema = z.object({
	access_token: z.string(),
	refresh_token: z.string().optional(),
	expires_in: z.coerce.number(),
});
const refusedSchema = z.object({ error: z.string(), error_description: z.string().default('') });

interface Kept {
	token: string;
	/** Milliseconds since 1970. */
	until: number;
}

export const USER_SCOPE =
	'https://api.partnercenter.microsoft.com/user_impersonation offline_access openid';
const APP_SCOPE = 'https://api.partnercenter.microsoft.com/.default';
/** A token is not used in its last minute. */
const MARGIN_MS = 60_000;

export class Tokens {
	private refreshToken: string | undefined;
	private readonly kept = new Map<'user' | 'app', Kept>();

	constructor(
		private readonly wire: Wire,
		private readonly endpoints: Endpoints,
		readonly app: App,
	) {}

	get hasUser(): boolean {
		return this.refreshToken !== undefined || this.kept.has('user');
	}

	get hasApp(): boolean {
		return this.app.clientSecret !== undefined;
	}

	/** From now on the user of this refresh token makes the calls. */
	useRefreshToken(refreshToken: string): void {
		this.refreshToken = refreshToken;
		this.kept.delete('user');
	}

	/** @throws SignInError when Entra refuses */
	async accessToken(as: 'user' | 'app'): Promise<string> {
		const kept = this.kept.get(as);
		if (kept !== undefined && kept.until > Date.now()) return kept.token;
		if (as === 'user') return await this.redeem(this.refreshToken ?? '');
		return await this.request('app', { grant_type: 'client_credentials', scope: APP_SCOPE });
	}

	/** A new access token and, where one came, a new refresh token. @throws SignInError */
	async redeem(refreshToken: string): Promise<string> {
		return await this.request('user', {
			grant_type: 'refresh_token',
			refresh_token: refreshToken,
			scope: USER_SCOPE,
		});
	}

	/**
	 * Redeems the refresh token twice: whether a used one still works.
	 * Undefined when there is none.
	 */
	async redeemTwice(): Promise<'works' | 'refused' | undefined> {
		const first = this.refreshToken;
		if (first === undefined) return undefined;
		await this.redeem(first);
		const second = this.refreshToken;
		if (second === first) return undefined;
		try {
			await this.redeem(first);
			return 'works';
		} catch (error) {
			if (!(error instanceof SignInError)) throw error;
			return 'refused';
		} finally {
			// The newer one is good in any case.
			this.refreshToken = second;
		}
	}

	/** @throws SignInError */
	async request(as: 'user' | 'app', form: Readonly<Record<string, string>>): Promise<string> {
		const granted = grantedSchema.parse(await this.post('token', form));
		if (as === 'user' && granted.refresh_token !== undefined) {
			this.refreshToken = granted.refresh_token;
		}
		this.kept.set(as, {
			token: granted.access_token,
			until: Date.now() + granted.expires_in * 1000 - MARGIN_MS,
		});
		return granted.access_token;
	}

	/** Asks an endpoint below `/oauth2/v2.0/`. @throws SignInError */
	async post(endpoint: string, form: Readonly<Record<string, string>>): Promise<unknown> {
		const { tenant, clientId, clientSecret } = this.app;
		const { status, text } = await this.wire.send({
			method: 'POST',
			url: new URL(`/${encodeURIComponent(tenant)}/oauth2/v2.0/${endpoint}`, this.endpoints.login),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({
				client_id: clientId,
				...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
				...form,
			}).toString(),
		});
		const body: unknown = JSON.parse(text);
		if (status === 200) return body;
		const { error, error_description: description } = refusedSchema.parse(body);
		throw new SignInError(error, description);
	}
}
