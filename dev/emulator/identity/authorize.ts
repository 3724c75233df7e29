/** The interactive half of the code flow: what a sign-in request asks for and where its answer goes. */
import { randomUUID } from 'node:crypto';
import { EntraError, entraErrors } from './entraErrors';
import type { Identity } from './Identity';
import { DEFAULT_PARTNER_USER, partnerUsers } from './partnerUsers';
import { EMULATOR_CLIENT_ID } from './registeredApp';
import { scopeWords } from './scopes';

export interface SignInRequest {
	tenant: string;
	/** As sent: the token endpoint compares it letter by letter. */
	redirectUri: string;
	/** v2: scope; v1: resource. */
	scope: string;
	state: string | undefined;
	codeChallenge: string | undefined;
	codeChallengeMethod: string | undefined;
	nonce: string | undefined;
	isOpenId: boolean;
	responseMode: ResponseMode;
	/** Whether the app wants no page: here nobody is signed in, so the answer is no. */
	isSilent: boolean;
}

const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const;
type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where the browser goes next, and how it takes the answer there. */
export interface SignInAnswer {
	redirectUri: string;
	responseMode: ResponseMode;
	values: Record<string, string>;
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
		nonce: query.get('nonce') ?? undefined,
		isOpenId: scopeWords(scope).includes('openid'),
		responseMode: readResponseMode(query.get('response_mode')),
		isSilent: query.get('prompt') === 'none',
	};
}

function readResponseMode(text: string | null): ResponseMode {
	if (text === null || text === '') return 'query';
	const mode = RESPONSE_MODES.find((one) => one === text.toLowerCase());
	if (mode === undefined) throw entraErrors.unsupportedResponseMode(text);
	return mode;
}

/** What an app gets that asked for no page. */
export function refuseSilentSignIn(request: SignInRequest): SignInAnswer {
	return answerTo(request, {
		error: 'login_required',
		error_description: 'AADSTS50058: A silent sign-in request was sent but no user is signed in.',
	});
}

/** What the person chose on the sign-in page, turned into what the browser takes back to the app. */
export function completeSignIn(
	identity: Identity,
	request: SignInRequest,
	choice: URLSearchParams,
): SignInAnswer {
	if (choice.get('action') === 'cancel') {
		return answerTo(request, {
			error: 'access_denied',
			error_subcode: 'cancel',
			error_description: 'AADSTS65004: User declined to consent to access the app.',
		});
	}
	const { tenant, scope, ...asked } = request;
	const { redirectUri, codeChallenge, codeChallengeMethod, nonce, isOpenId } = asked;
	const code = identity.codes.issue({
		grant: { ...whoSignedIn(choice), tenant, scope },
		redirectUri,
		codeChallenge,
		codeChallengeMethod,
		nonce,
		isOpenId,
	});
	return answerTo(request, { code, session_state: randomUUID() });
}

/** Who, and how, of a sign-in page's form. */
export function whoSignedIn(choice: URLSearchParams) {
	const user = partnerUsers.find(({ oid }) => oid === choice.get('user')) ?? DEFAULT_PARTNER_USER;
	return { user, mfa: choice.get('mfa') !== 'no' };
}

function answerTo(
	{ redirectUri, responseMode, state }: SignInRequest,
	values: Record<string, string>,
): SignInAnswer {
	return {
		redirectUri,
		responseMode,
		values: { ...values, ...(state === undefined ? {} : { state }) },
	};
}

/** The address of an answer in its query or behind its hash. */
export function addressOf({ redirectUri, responseMode, values }: SignInAnswer): string {
	const target = new URL(redirectUri);
	if (responseMode === 'fragment') {
		target.hash = new URLSearchParams(values).toString();
		return target.toString();
	}
	for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
	return target.toString();
}
