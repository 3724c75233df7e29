/** Remembers which refresh tokens were handed out, used and revoked. */
import { randomBytes } from 'node:crypto';
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
	{ outcome: 'granted'; grant: UserGrant } | { outcome: 'unknown' | 'reused' | 'revoked' };

export class RefreshTokens {
	private readonly tokens = new Map<
		string,
		{ grant: UserGrant; used: boolean; revoked: boolean }
	>();

	issue(grant: UserGrant): string {
		const token = `1.${randomBytes(48).toString('base64url')}`;
		this.tokens.set(token, { grant, used: false, revoked: false });
		return token;
	}

	/** `refuseReused` false answers an older token again, as Entra does for confidential clients. */
	redeem(token: string, refuseReused: boolean): Redemption {
		const known = this.tokens.get(token);
		if (known === undefined) return { outcome: 'unknown' };
		if (known.revoked) return { outcome: 'revoked' };
		if (known.used && refuseReused) return { outcome: 'reused' };
		known.used = true;
		return { outcome: 'granted', grant: known.grant };
	}

	revokeAll(): void {
		for (const known of this.tokens.values()) known.revoked = true;
	}
}
