/**
 * Signs and checks access tokens. They look like Entra's version 1.0 tokens, the version that
 * carries `amr`, which is where Partner Center looks for multifactor authentication.
 */
import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { z } from 'zod';
import { LatestMap, type Kept } from '../keepLatest';
import type { PartnerUser } from './partnerUsers';
import { EMULATOR_CLIENT_ID } from './registeredApp';
import { signingKey } from './signingKey';

/** Who a token speaks for. */
export type TokenSubject = { kind: 'user'; user: PartnerUser; mfa: boolean } | { kind: 'app' };

export interface AccessTokenRequest {
	subject: TokenSubject;
	audience: string;
	tenant: string;
	/** Seconds; zero or less gives a token that has expired already. */
	expiresIn: number;
}

const claimsSchema = z.object({
	aud: z.string(),
	tid: z.string(),
	uti: z.string(),
	oid: z.string().optional(),
	amr: z.array(z.string()).default([]),
	idtyp: z.string().optional(),
	upn: z.string().optional(),
	appid: z.string().default(''),
});

type AccessTokenClaims = z.infer<typeof claimsSchema>;
export type TokenCheck =
	{ outcome: 'valid'; claims: AccessTokenClaims } | { outcome: 'missing' | 'invalid' | 'expired' };

/** More are not kept; the oldest then counts as expired. */
const MAX_LIVE = 100_000;

export class AccessTokens {
	/** Ids of the tokens that still count; emptied by `expireAll`. */
	private readonly live = new LatestMap<true>(MAX_LIVE);

	get counts(): Kept {
		return this.live.counts;
	}

	async issue(request: AccessTokenRequest): Promise<string> {
		const key = await signingKey();
		const now = Math.floor(Date.now() / 1000);
		const uti = randomUUID();
		this.live.set(uti, true);
		return await new SignJWT({
			...subjectClaims(request.subject),
			uti,
			tid: request.tenant,
			ver: '1.0',
		})
			.setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.keyId, x5t: key.keyId })
			.setIssuer(`https://sts.windows.net/${request.tenant}/`)
			.setAudience(request.audience)
			.setIssuedAt(now)
			.setNotBefore(now)
			.setExpirationTime(now + request.expiresIn)
			.sign(key.privateKey);
	}

	/** Reads an Authorization header. */
	async check(authorization: string | undefined): Promise<TokenCheck> {
		const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1];
		if (token === undefined) return { outcome: 'missing' };
		try {
			const { publicKey } = await signingKey();
			const { payload } = await jwtVerify(token.trim(), publicKey, {
				algorithms: ['RS256'],
				// The clock that it was issued by, also where a test moves that one.
				currentDate: new Date(Date.now()),
			});
			const claims = claimsSchema.safeParse(payload);
			if (!claims.success) return { outcome: 'invalid' };
			return this.live.get(claims.data.uti) === true
				? { outcome: 'valid', claims: claims.data }
				: { outcome: 'expired' };
		} catch (error) {
			return { outcome: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
		}
	}

	/** Every token issued so far is answered as expired from now on. */
	expireAll(): void {
		this.live.clear();
	}
}

function subjectClaims(subject: TokenSubject): JWTPayload {
	const app = { appid: EMULATOR_CLIENT_ID, appidacr: '1' };
	if (subject.kind === 'app') {
		return { ...app, idtyp: 'app', oid: 'b7c1d0aa-52f8-4e0b-a7e4-6f0f7c1b9e21' };
	}
	return {
		...app,
		idtyp: 'user',
		scp: 'user_impersonation',
		oid: subject.user.oid,
		upn: subject.user.upn,
		unique_name: subject.user.upn,
		name: subject.user.name,
		amr: subject.mfa ? ['pwd', 'mfa'] : ['pwd'],
	};
}
