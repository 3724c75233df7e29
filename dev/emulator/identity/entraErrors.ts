/** Microsoft Entra's error answers, with its AADSTS texts. */
import { randomUUID } from 'node:crypto';

export class EntraError extends Error {
	constructor(
		readonly status: number,
		/** The OAuth error, such as `invalid_grant`. */
		readonly error: string,
		/** The number behind AADSTS. */
		readonly code: number,
		readonly text: string,
		/** Of a grant that only a new sign-in replaces: MSAL asks for one then. */
		readonly suberror?: 'bad_token',
	) {
		super(`AADSTS${code}: ${text}`);
		this.name = 'EntraError';
	}

	/** The body as the token endpoint sends it. */
	body(): Record<string, unknown> {
		const timestamp = new Date()
			.toISOString()
			.replace('T', ' ')
			.replace(/\.\d+Z$/, 'Z');
		const traceId = randomUUID();
		const correlationId = randomUUID();
		return {
			error: this.error,
			error_description: `${this.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
			error_codes: [this.code],
			timestamp,
			trace_id: traceId,
			correlation_id: correlationId,
			error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
			...(this.suberror === undefined ? {} : { suberror: this.suberror }),
		};
	}
}

export const entraErrors = {
	unknownTenant: (tenant: string) =>
		new EntraError(
			400,
			'invalid_request',
			90002,
			`Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
		),
	noTenant: () =>
		new EntraError(
			400,
			'invalid_request',
			50059,
			'No tenant-identifying information found in either the request or implied by any provided credentials.',
		),
	unknownClient: (clientId: string, tenant: string) =>
		new EntraError(
			400,
			'unauthorized_client',
			700016,
			`Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
		),
	wrongSecret: (clientId: string) =>
		new EntraError(
			401,
			'invalid_client',
			7000215,
			`Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
		),
	noSecret: () =>
		new EntraError(
			401,
			'invalid_client',
			7000218,
			"The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
		),
	missing: (parameter: string) =>
		new EntraError(
			400,
			'invalid_request',
			900144,
			`The request body must contain the following parameter: '${parameter}'.`,
		),
	unsupportedGrant: (grantType: string) =>
		new EntraError(
			400,
			'unsupported_grant_type',
			70003,
			`The app requested an unsupported grant type '${grantType}'.`,
		),
	malformedGrant: () =>
		new EntraError(
			400,
			'invalid_grant',
			9002313,
			'Invalid request. Request is malformed or invalid.',
		),
	expiredGrant: () =>
		new EntraError(
			400,
			'invalid_grant',
			70008,
			'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
			'bad_token',
		),
	revokedGrant: () =>
		new EntraError(
			400,
			'invalid_grant',
			50173,
			'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
			'bad_token',
		),
	inactiveGrant: () =>
		new EntraError(
			400,
			'invalid_grant',
			700082,
			'The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.',
			'bad_token',
		),
	unsupportedResponseMode: (mode: string) =>
		new EntraError(
			400,
			'invalid_request',
			90023,
			`The response mode '${mode}' is not one of query, fragment and form_post.`,
		),
	/** The device code flow's own answers: RFC 8628, section 3.5, with Entra's numbers. */
	authorizationPending: () =>
		new EntraError(
			400,
			'authorization_pending',
			70016,
			'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
		),
	authorizationDeclined: () =>
		new EntraError(
			400,
			'authorization_declined',
			70018,
			'The user declined to sign in with this code.',
		),
	expiredDeviceCode: () =>
		new EntraError(400, 'expired_token', 70020, 'The device code has expired.'),
	unknownDeviceCode: () =>
		new EntraError(400, 'bad_verification_code', 70019, 'The device code is not known.'),
	usedCode: () =>
		new EntraError(
			400,
			'invalid_grant',
			54005,
			'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
		),
	wrongRedirectUri: () =>
		new EntraError(
			400,
			'invalid_client',
			500112,
			'The reply address does not match the reply address provided when requesting Authorization code.',
		),
	wrongVerifier: () =>
		new EntraError(
			400,
			'invalid_grant',
			501481,
			'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
		),
	unknownResource: (resource: string, tenant: string) =>
		new EntraError(
			400,
			'invalid_resource',
			500011,
			`The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
		),
	severalResources: (scope: string) =>
		new EntraError(
			400,
			'invalid_scope',
			28000,
			`Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
		),
	unknownScope: (scope: string, clientId: string) =>
		new EntraError(
			400,
			'invalid_client',
			650053,
			`The application '${clientId}' asked for scope '${scope}' that doesn't exist on the resource.`,
		),
	notDefaultScope: (scope: string) =>
		new EntraError(
			400,
			'invalid_scope',
			1002012,
			`The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
		),
};
