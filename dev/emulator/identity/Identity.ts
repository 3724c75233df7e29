/** The emulated Microsoft Entra: one tenant, one registered app, and the tokens it handed out. */
import { LatestList } from '../keepLatest';
import { AccessTokens, type TokenSubject } from './accessTokens';
import { AuthorizationCodes } from './authorizationCodes';
import { DeviceCodes } from './deviceCodes';
import { entraErrors } from './entraErrors';
import { DEFAULT_PARTNER_USER } from './partnerUsers';
import { RefreshTokens } from './refreshTokens';
import { EMULATOR_TENANT_DOMAIN, PARTNER_CENTER_RESOURCE } from './registeredApp';

export interface IssueTokensOptions {
	/** `user`: App+User, with a refresh token. `app`: app-only, without one. */
	kind: 'user' | 'app';
	/** Whether the user signed in with multifactor authentication; default true. */
	mfa?: boolean;
	/** Default `https://api.partnercenter.microsoft.com`. */
	audience?: string;
	/** Seconds; zero or less gives an expired access token. Default: the emulator's lifetime. */
	expiresIn?: number;
	/** Default: the emulator's tenant. */
	tenant?: string;
}

export interface IssuedTokens {
	access_token: string;
	refresh_token?: string;
	token_type: 'Bearer';
	/** Seconds. */
	expires_in: number;
}

/** One call to a token endpoint, without its secrets. */
export interface TokenRequestRecord {
	time: string;
	version: 'v1' | 'v2';
	tenant: string;
	grantType: string;
	/** `scope` (v2) or `resource` (v1) as sent. */
	scope: string;
	clientAuthentication: 'body' | 'header' | 'none';
	status: number;
	/** The AADSTS number of a refusal. */
	errorCode?: number;
}

/** More are not kept; the oldest goes. */
const MAX_TOKEN_REQUESTS = 50_000;

export class Identity {
	readonly accessTokens = new AccessTokens();
	readonly refreshTokens = new RefreshTokens();
	readonly codes = new AuthorizationCodes();
	readonly deviceCodes = new DeviceCodes();
	readonly tokenRequestLog = new LatestList<TokenRequestRecord>(MAX_TOKEN_REQUESTS);

	constructor(
		readonly tenant: string,
		/** Seconds. */
		readonly accessTokenLifetime: number,
	) {}

	/** Oldest first. */
	get tokenRequests(): readonly TokenRequestRecord[] {
		return this.tokenRequestLog.entries;
	}

	/** Hands out tokens without a sign-in, as tests need them. */
	async issueTokens(options: IssueTokensOptions): Promise<IssuedTokens> {
		const tenant = options.tenant ?? this.tenant;
		const mfa = options.mfa ?? true;
		const audience = options.audience ?? PARTNER_CENTER_RESOURCE;
		const expiresIn = options.expiresIn ?? this.accessTokenLifetime;
		const subject: TokenSubject =
			options.kind === 'user' ? { kind: 'user', user: DEFAULT_PARTNER_USER, mfa } : { kind: 'app' };
		const tokens: IssuedTokens = {
			access_token: await this.accessTokens.issue({ subject, audience, tenant, expiresIn }),
			token_type: 'Bearer',
			expires_in: expiresIn,
		};
		if (subject.kind === 'app') return tokens;
		const scope = `${audience}/.default offline_access`;
		const grant = { user: subject.user, mfa, tenant, scope };
		return { ...tokens, refresh_token: this.refreshTokens.issue(grant) };
	}

	/**
	 * The tenant that a URL's first segment means: the id, the domain, or `common` for people.
	 * @throws EntraError for any other tenant.
	 */
	resolveTenant(segment: string): string {
		const name = segment.toLowerCase();
		const known = [this.tenant.toLowerCase(), EMULATOR_TENANT_DOMAIN, 'common', 'organizations'];
		if (!known.includes(name)) throw entraErrors.unknownTenant(segment);
		return this.tenant;
	}
}
