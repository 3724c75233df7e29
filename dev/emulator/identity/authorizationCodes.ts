/** Authorization codes: valid once, for ten minutes, for the address and challenge they were asked with. */
import { createHash, randomBytes } from 'node:crypto';
import { LatestMap, type Kept } from '../keepLatest';
import type { UserGrant } from './refreshTokens';

/** More are not kept; the oldest goes. */
const MAX_CODES = 10_000;
const CODE_LIFETIME_MS = 10 * 60 * 1000;

export interface CodeRequest {
	grant: UserGrant;
	/** Comes back in the id token (OpenID Connect Core, 3.1.3.7). */
	nonce?: string | undefined;
	/** Whether the scope named `openid`; the v1 endpoints ask for a resource beside it. */
	isOpenId?: boolean;
	redirectUri: string;
	codeChallenge?: string | undefined;
	codeChallengeMethod?: string | undefined;
}

type Redemption =
	| { outcome: 'granted'; grant: UserGrant; nonce: string | undefined; isOpenId: boolean }
	| { outcome: 'unknown' | 'used' | 'expired' | 'wrongRedirectUri' | 'wrongVerifier' };

export class AuthorizationCodes {
	private readonly codes = new LatestMap<CodeRequest & { expiresAt: number; used: boolean }>(
		MAX_CODES,
	);

	get counts(): Kept {
		return this.codes.counts;
	}

	issue(request: CodeRequest): string {
		const code = `1.${randomBytes(32).toString('base64url')}`;
		this.codes.set(code, { ...request, expiresAt: Date.now() + CODE_LIFETIME_MS, used: false });
		return code;
	}

	redeem(code: string, redirectUri: string | undefined, verifier: string | undefined): Redemption {
		const known = this.codes.get(code);
		if (known === undefined) return { outcome: 'unknown' };
		if (known.used) return { outcome: 'used' };
		if (known.expiresAt < Date.now()) return { outcome: 'expired' };
		if (known.redirectUri !== redirectUri) return { outcome: 'wrongRedirectUri' };
		if (!answersChallenge(known, verifier)) return { outcome: 'wrongVerifier' };
		known.used = true;
		const { grant, nonce, isOpenId = false } = known;
		return { outcome: 'granted', grant, nonce, isOpenId };
	}
}

function answersChallenge(request: CodeRequest, verifier: string | undefined): boolean {
	if (request.codeChallenge === undefined) return true;
	if (verifier === undefined) return false;
	const answer =
		request.codeChallengeMethod === 'S256'
			? createHash('sha256').update(verifier).digest('base64url')
			: verifier;
	return answer === request.codeChallenge;
}
