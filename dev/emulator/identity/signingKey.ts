/** One random RSA key per process signs every token; nothing about it is ever written anywhere. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, type KeyLike } from 'jose';

export interface SigningKey {
	keyId: string;
	privateKey: KeyLike;
	publicKey: KeyLike;
	publicJwk: JWK;
}

let keyOfThisProcess: Promise<SigningKey> | undefined;

export function signingKey(): Promise<SigningKey> {
	keyOfThisProcess ??= createKey();
	return keyOfThisProcess;
}

async function createKey(): Promise<SigningKey> {
	const { privateKey, publicKey } = await generateKeyPair('RS256');
	const keyId = randomUUID();
	const jwk = await exportJWK(publicKey);
	return {
		keyId,
		privateKey,
		publicKey,
		publicJwk: { ...jwk, kid: keyId, x5t: keyId, use: 'sig', alg: 'RS256' },
	};
}
