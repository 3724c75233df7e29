/** The interactive half of the code flow: what a sign-in request asks for and where its answer goes. */
import { randomUUID } from 'node:crypto';
import { EntraError, entraErrors } from './entraErrors';
import type { Identity } from './Identity';
import { DEFAULT_PARTNER_USER, partnerUsers } from './partnerUsers';
import { EMULATOR_CLIENT_ID } from './registeredApp';

export interface SignInRequest {
	tenant: string;
	/** As sent: the token endpoint compares it letter by letter. */
	redirectUri: string;
	/** v2: scope; v1: resource. */
	scope: string;
	state: string | undefined;
	codeChallenge: string | undefined;
	codeChallengeMethod: string | undefined;
}

/** @throws EntraError for what Entra shows on its own page instead of redirecting. */
export function readSignInRequest(
	identity: Identity,
	tenantSegment: string,
	query: URLSearchParams,
): SignInRequest {
	const tenant = identity.resolveTenant(tenantSegment);
	const clientId = query.get('client_id') ?? '';
	if (clientId === '') throw entraErrors.missing('client_id');
	if (clientId !== EMULATOR_CLIENT_ID) throw entraErrors.unknownClient(clientId, tenant);
	if (query.get('response_type') !== 'code') throw entraErrors.missing('response_type');
	const redirect = query.get('redirect_uri') ?? '';
	if (!/^https?:\/\//.test(redirect) || !URL.canParse(redirect)) {
		throw new EntraError(
			400,
			'invalid_request',
			50011,
			`The redirect URI '${redirect}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
		);
	}
	const scope = query.get('scope') ?? '';
	return {
		tenant,
		redirectUri: redirect,
		scope: query.get('resource') ?? scope,
		state: query.get('state') ?? undefined,
		codeChallenge: query.get('code_challenge') ?? undefined,
		codeChallengeMethod: query.get('code_challenge_method') ?? undefined,
	};
}

/** What the person chose on the sign-in page, turned into the address the browser goes to next. */
export function completeSignIn(
	identity: Identity,
	request: SignInRequest,
	choice: URLSearchParams,
): string {
	if (choice.get('action') === 'cancel') {
		return withQuery(request, {
			error: 'access_denied',
			error_subcode: 'cancel',
			error_description: 'AADSTS65004: User declined to consent to access the app.',
		});
	}
	const user = partnerUsers.find(({ oid }) => oid === choice.get('user')) ?? DEFAULT_PARTNER_USER;
	const code = identity.codes.issue({
		grant: {
			user,
			mfa: choice.get('mfa') !== 'no',
			tenant: request.tenant,
			scope: request.scope,
		},
		redirectUri: request.redirectUri,
		codeChallenge: request.codeChallenge,
		codeChallengeMethod: request.codeChallengeMethod,
	});
	return withQuery(request, { code, session_state: randomUUID() });
}

function withQuery(request: SignInRequest, values: Record<string, string>): string {
	const target = new URL(request.redirectUri);
	for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
	if (request.state !== undefined) target.searchParams.set('state', request.state);
	return target.toString();
}
