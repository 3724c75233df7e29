/** The OpenID Connect discovery document of the emulated tenant. */
export function discoveryDocument(baseUrl: string, tenant: string): Record<string, unknown> {
	const root = `${baseUrl}/${tenant}`;
	return {
		issuer: `${root}/v2.0`,
		authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
		token_endpoint: `${root}/oauth2/v2.0/token`,
		jwks_uri: `${root}/discovery/v2.0/keys`,
		token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
		response_types_supported: ['code'],
		response_modes_supported: ['query'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		code_challenge_methods_supported: ['plain', 'S256'],
	};
}
