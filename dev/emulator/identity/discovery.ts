/** The OpenID Connect discovery documents of the emulated tenant, and what tells Entra's hosts apart. */
import { issuerOf } from './tokenEndpoint';

/** @param baseUrl the address that clients reach the emulator at */
export function discoveryDocument(
	baseUrl: string,
	tenant: string,
	version: 'v1' | 'v2',
): Record<string, unknown> {
	const root = `${baseUrl}/${tenant}`;
	const [oauth, keys] =
		version === 'v2'
			? [`${root}/oauth2/v2.0`, `${root}/discovery/v2.0/keys`]
			: [`${root}/oauth2`, `${root}/discovery/keys`];
	return {
		issuer: issuerOf(baseUrl, tenant, version),
		authorization_endpoint: `${oauth}/authorize`,
		token_endpoint: `${oauth}/token`,
		device_authorization_endpoint: `${oauth}/devicecode`,
		jwks_uri: keys,
		token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
		response_types_supported: ['code'],
		response_modes_supported: ['query', 'fragment', 'form_post'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		code_challenge_methods_supported: ['plain', 'S256'],
	};
}

/** `GET /common/discovery/instance`: by which names a client may know this Entra. MSAL asks for it. */
export function instanceDiscovery(baseUrl: string, tenant: string): Record<string, unknown> {
	const { host } = new URL(baseUrl);
	return {
		tenant_discovery_endpoint: `${baseUrl}/${tenant}/v2.0/.well-known/openid-configuration`,
		'api-version': '1.1',
		metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
	};
}
