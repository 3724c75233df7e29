/** Answers `POST /{tenant}/oauth2/v2.0/token` and its v1 sibling. */
import { SignJWT } from 'jose';
import type { TokenSubject } from './accessTokens';
import { readClientCredentials, requireRegisteredApp } from './clientAuthentication';
import { EntraError, entraErrors } from './entraErrors';
import { DEVICE_CODE_GRANTS, grants, type Granted } from './grants';
import type { Identity, TokenRequestRecord } from './Identity';
import { EMULATOR_CLIENT_ID } from './registeredApp';
import { scopeWords } from './scopes';
import { signingKey } from './signingKey';

export interface TokenCall {
	version: 'v1' | 'v2';
	tenantSegment: string;
	form: URLSearchParams;
	authorization: string | undefined;
	refuseReusedRefreshToken: boolean;
	/** Where this emulator answers; the issuer of id tokens. */
	baseUrl: string;
}

export interface TokenAnswer {
	status: number;
	body: Record<string, unknown>;
}

/** Never throws: a refusal is an answer with Entra's error body. */
export async function answerTokenCall(identity: Identity, call: TokenCall): Promise<TokenAnswer> {
	const { form, version } = call;
	const client = readClientCredentials(form, call.authorization);
	const record: TokenRequestRecord = {
		time: new Date().toISOString(),
		version,
		tenant: call.tenantSegment,
		grantType: form.get('grant_type') ?? '',
		scope: form.get(version === 'v1' ? 'resource' : 'scope') ?? '',
		clientAuthentication: client.sentIn,
		status: 200,
	};
	identity.tokenRequestLog.push(record);
	try {
		const tenant = identity.resolveTenant(call.tenantSegment);
		requireRegisteredApp(client, tenant, needsSecret(identity, form, record.grantType));
		if (record.grantType === '') throw entraErrors.missing('grant_type');
		const grant = grants[record.grantType];
		if (grant === undefined) throw entraErrors.unsupportedGrant(record.grantType);
		const request = { version, tenantSegment: call.tenantSegment, tenant, form };
		const granted = grant(identity, request, call.refuseReusedRefreshToken);
		return { status: 200, body: await tokenBody(identity, call, tenant, granted) };
	} catch (error) {
		if (!(error instanceof EntraError)) throw error;
		record.status = error.status;
		record.errorCode = error.code;
		return { status: error.status, body: error.body() };
	}
}

async function tokenBody(
	identity: Identity,
	call: TokenCall,
	tenant: string,
	granted: Granted,
): Promise<Record<string, unknown>> {
	const { subject, audience, userGrant } = granted;
	const expiresIn = identity.accessTokenLifetime;
	const accessToken = await identity.accessTokens.issue({ subject, audience, tenant, expiresIn });
	const isPublic = readClientCredentials(call.form, call.authorization).sentIn === 'none';
	const refreshToken =
		userGrant === undefined ? undefined : identity.refreshTokens.issue(userGrant, isPublic);
	const wantsIdToken =
		granted.isOpenId === true ||
		scopeWords(call.form.get('scope') ?? granted.scope).includes('openid');
	const idToken = wantsIdToken ? await signIdToken(call, granted, tenant, expiresIn) : undefined;
	const tokens = {
		access_token: accessToken,
		...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
		...(idToken === undefined ? {} : { id_token: idToken }),
		...clientInfoOf(call.form, subject, tenant),
	};
	if (call.version === 'v2') {
		return {
			token_type: 'Bearer',
			...(subject.kind === 'user' ? { scope: scopeOfAnswer(audience) } : {}),
			expires_in: expiresIn,
			ext_expires_in: expiresIn,
			...tokens,
		};
	}
	// v1 sends every number as a string.
	const now = Math.floor(Date.now() / 1000);
	return {
		token_type: 'Bearer',
		...(subject.kind === 'user' ? { scope: 'user_impersonation' } : {}),
		expires_in: String(expiresIn),
		ext_expires_in: String(expiresIn),
		expires_on: String(now + expiresIn),
		not_before: String(now),
		resource: audience,
		...tokens,
	};
}

function scopeOfAnswer(audience: string): string {
	return `${audience}/user_impersonation ${audience}/.default`;
}

/**
 * MSAL asks for it, and keeps accounts apart by it: `{uid, utid}`, as base64url.
 */
function clientInfoOf(form: URLSearchParams, subject: TokenSubject, tenant: string) {
	if (form.get('client_info') !== '1' || subject.kind === 'app') return {};
	const info = JSON.stringify({ uid: subject.user.oid, utid: tenant });
	return { client_info: Buffer.from(info).toString('base64url') };
}

/** Neither the device code flow nor what it gave out needs one: such apps can keep none. */
function needsSecret(identity: Identity, form: URLSearchParams, grantType: string): boolean {
	if (DEVICE_CODE_GRANTS.includes(grantType)) return false;
	const refreshToken = form.get('refresh_token') ?? '';
	return grantType !== 'refresh_token' || !identity.refreshTokens.isOfPublicClient(refreshToken);
}

/** Its issuer is that of the discovery document of the same version. */
export function issuerOf(baseUrl: string, tenant: string, version: 'v1' | 'v2'): string {
	return version === 'v2' ? `${baseUrl}/${tenant}/v2.0` : `${baseUrl}/${tenant}/`;
}

async function signIdToken(
	{ version, baseUrl }: TokenCall,
	{ subject, nonce }: Granted,
	tenant: string,
	expiresIn: number,
): Promise<string | undefined> {
	if (subject.kind === 'app') return undefined;
	const { oid, upn, name } = subject.user;
	const key = await signingKey();
	const now = Math.floor(Date.now() / 1000);
	return await new SignJWT({
		oid,
		name,
		...(version === 'v2' ? { preferred_username: upn } : { upn, unique_name: upn }),
		tid: tenant,
		ver: version === 'v2' ? '2.0' : '1.0',
		...(nonce === undefined ? {} : { nonce }),
	})
		.setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.keyId })
		.setIssuer(issuerOf(baseUrl, tenant, version))
		.setAudience(EMULATOR_CLIENT_ID)
		.setSubject(oid)
		.setIssuedAt(now)
		.setNotBefore(now)
		.setExpirationTime(now + expiresIn)
		.sign(key.privateKey);
}
