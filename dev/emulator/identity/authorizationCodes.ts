/** Authorization codes: valid once, for ten minutes, for the address and challenge they were asked with. */
import { createHash, randomBytes } from 'node:crypto';
import type { UserGrant } from './refreshTokens';

const CODE_LIFETIME_MS = 10 * 60 * 1000;

export interface CodeRequest {
	grant: UserGrant;
	redirectUri: string;
	codeChallenge?: string | undefined;
	codeChallengeMethod?: string | undefined;
}

type Redemption =
	| { outcome: 'granted'; grant: UserGrant }
	| { outcome: 'unknown' | 'used' | 'expired' | 'wrongRedirectUri' | 'wrongVerifier' };

export class AuthorizationCodes {
	private readonly codes = new Map<string, CodeRequest & { expiresAt: number; used: boolean }>();

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
		return { outcome: 'granted', grant: known.grant };
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
