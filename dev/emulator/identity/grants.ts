/** The three OAuth grants of the token endpoint, each answering who the token is for. */
import type { TokenSubject } from './accessTokens';
import { entraErrors } from './entraErrors';
import type { Identity } from './Identity';
import type { UserGrant } from './refreshTokens';
import { audienceOfResource, audienceOfScope, scopeWords } from './scopes';

interface GrantRequest {
	version: 'v1' | 'v2';
	/** The tenant as written in the URL. */
	tenantSegment: string;
	tenant: string;
	form: URLSearchParams;
}

export interface Granted {
	subject: TokenSubject;
	audience: string;
	scope: string;
	/** Present for people: what the next refresh token stands for. */
	userGrant?: UserGrant;
	/** Of the sign-in request; comes back in the id token. */
	nonce?: string | undefined;
	/** Whether the sign-in request asked for an id token. */
	isOpenId?: boolean;
}

export type Grant = (identity: Identity, request: GrantRequest, refuseReused: boolean) => Granted;

const authorizationCode: Grant = (identity, request) => {
	const { form } = request;
	const redemption = identity.codes.redeem(
		required(form, 'code'),
		form.get('redirect_uri') ?? undefined,
		form.get('code_verifier') ?? undefined,
	);
	switch (redemption.outcome) {
		case 'granted':
			return {
				...grantedToUser(request, redemption.grant),
				nonce: redemption.nonce,
				isOpenId: redemption.isOpenId,
			};
		case 'used':
			throw entraErrors.usedCode();
		case 'expired':
			throw entraErrors.expiredGrant();
		case 'wrongRedirectUri':
			throw entraErrors.wrongRedirectUri();
		case 'wrongVerifier':
			throw entraErrors.wrongVerifier();
		case 'unknown':
			throw entraErrors.malformedGrant();
	}
};

const refreshToken: Grant = (identity, request, refuseReused) => {
	const token = required(request.form, 'refresh_token');
	const redemption = identity.refreshTokens.redeem(token, refuseReused);
	switch (redemption.outcome) {
		case 'granted':
			return grantedToUser(request, redemption.grant);
		case 'reused':
			throw entraErrors.expiredGrant();
		case 'revoked':
			throw entraErrors.revokedGrant();
		case 'inactive':
			throw entraErrors.inactiveGrant();
		case 'unknown':
			throw entraErrors.malformedGrant();
	}
};

const deviceCode: Grant = (identity, request) => {
	// The v1 endpoint calls it `code`.
	const { form } = request;
	const code = form.get('device_code') ?? required(form, 'code');
	const redemption = identity.deviceCodes.redeem(code);
	switch (redemption.outcome) {
		case 'granted':
			return grantedToUser(request, redemption.grant);
		case 'pending':
			throw entraErrors.authorizationPending();
		case 'declined':
			throw entraErrors.authorizationDeclined();
		case 'expired':
			throw entraErrors.expiredDeviceCode();
		case 'unknown':
			throw entraErrors.unknownDeviceCode();
	}
};

/** RFC 8628 names it; Entra's v1 endpoint takes the short name too. */
export const DEVICE_CODE_GRANTS = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];

const clientCredentials: Grant = (_identity, request) => {
	const { form, tenant, tenantSegment, version } = request;
	if (tenantSegment === 'common' || tenantSegment === 'organizations') throw entraErrors.noTenant();
	const scope = required(form, version === 'v1' ? 'resource' : 'scope');
	if (version === 'v2' && !scope.endsWith('/.default')) throw entraErrors.notDefaultScope(scope);
	return { subject: { kind: 'app' }, audience: audienceOf(version, scope, tenant), scope };
};

export const grants: Readonly<Record<string, Grant>> = {
	authorization_code: authorizationCode,
	refresh_token: refreshToken,
	client_credentials: clientCredentials,
	...Object.fromEntries(DEVICE_CODE_GRANTS.map((name) => [name, deviceCode])),
};

function grantedToUser({ version, form, tenant }: GrantRequest, grant: UserGrant): Granted {
	const asked = form.get(version === 'v1' ? 'resource' : 'scope') ?? '';
	const scope = asked === '' ? grant.scope : asked;
	// offline_access was agreed to at sign-in; a refresh need not repeat it.
	const offline = scopeWords(grant.scope).includes('offline_access') || version === 'v1';
	const subject: TokenSubject = { kind: 'user', user: grant.user, mfa: grant.mfa };
	return {
		subject,
		audience: audienceOf(asked === '' ? styleOf(grant.scope) : version, scope, tenant),
		scope,
		...(offline ? { userGrant: grant } : {}),
	};
}

/** A grant made at the v1 endpoint remembers a bare resource, one made at v2 remembers scopes. */
function styleOf(scope: string): 'v1' | 'v2' {
	return /^https:\/\/[^/ ]+\/?$/.test(scope) ? 'v1' : 'v2';
}

function audienceOf(version: 'v1' | 'v2', scope: string, tenant: string): string {
	return version === 'v1' ? audienceOfResource(scope, tenant) : audienceOfScope(scope, tenant);
}

function required(form: URLSearchParams, name: string): string {
	const value = form.get(name);
	if (value === null || value === '') throw entraErrors.missing(name);
	return value;
}
