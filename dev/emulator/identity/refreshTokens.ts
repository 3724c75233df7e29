/** Remembers which refresh tokens were handed out, used and revoked. */
import { randomBytes } from 'node:crypto';
import { LatestMap, type Kept } from '../keepLatest';
import type { PartnerUser } from './partnerUsers';

/** What the user agreed to at sign-in. A grant made without MFA never yields an MFA token. */
export interface UserGrant {
	user: PartnerUser;
	mfa: boolean;
	tenant: string;
	/** v2: the scopes; v1: the resource. Used when a refresh names neither. */
	scope: string;
}

type Redemption =
	| { outcome: 'granted'; grant: UserGrant }
	| { outcome: 'unknown' | 'reused' | 'revoked' | 'inactive' };

/** More are not kept; the one that was issued first goes. */
const MAX_TOKENS = 50_000;

export class RefreshTokens {
	private readonly tokens = new LatestMap<{
		grant: UserGrant;
		used: boolean;
		/** Whether the app that got it sent no secret. */
		isPublic: boolean;
		/** How many ends there had been when it was issued. */
		issuedAfter: number;
	}>(MAX_TOKENS);
	/** What became of all tokens that were issued before, the latest last. */
	private readonly ends: Array<'revoked' | 'inactive'> = [];

	get counts(): Kept {
		return this.tokens.counts;
	}

	isOfPublicClient(token: string): boolean {
		return this.tokens.get(token)?.isPublic === true;
	}

	issue(grant: UserGrant, isPublic = false): string {
		const token = `1.${randomBytes(48).toString('base64url')}`;
		this.tokens.set(token, { grant, used: false, isPublic, issuedAfter: this.ends.length });
		return token;
	}

	/**
	 * A used token works on, as Entra's do: "Refresh tokens aren't revoked when used to acquire new
	 * access tokens" (entra/identity-platform/refresh-tokens on Microsoft Learn).
	 *
	 * @param refuseReused whether a used one is refused all the same
	 */
	redeem(token: string, refuseReused: boolean): Redemption {
		const known = this.tokens.get(token);
		if (known === undefined) return { outcome: 'unknown' };
		const end = this.ends[known.issuedAfter];
		if (end !== undefined) return { outcome: end };
		if (known.used && refuseReused) return { outcome: 'reused' };
		known.used = true;
		return { outcome: 'granted', grant: known.grant };
	}

	/** As after a new password. */
	revokeAll(): void {
		this.ends.push('revoked');
	}

	/** As after 90 days without use. */
	lapseAll(): void {
		this.ends.push('inactive');
	}
}
