/** Which resource a scope asks for: it decides the audience of the token. */
import { entraErrors } from './entraErrors';
import {
	EMULATOR_CLIENT_ID,
	GRAPH_RESOURCE,
	PARTNER_CENTER_APP_ID,
	PARTNER_CENTER_RESOURCE,
} from './registeredApp';

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);
const GRAPH_RESOURCES = [GRAPH_RESOURCE, 'https://graph.microsoft.com'];
const PARTNER_CENTER_SCOPES = new Set(['user_impersonation', '.default']);

export function scopeWords(scope: string): string[] {
	return scope.split(/\s+/).filter((word) => word !== '');
}

/** v2: the audience of the scopes. A scope without a resource belongs to Graph, as in Entra. */
export function audienceOfScope(scope: string, tenant: string): string {
	const audiences = new Set(
		scopeWords(scope)
			.filter((word) => !OPENID_SCOPES.has(word))
			.map((word) => audienceOfWord(word, tenant)),
	);
	if (audiences.size > 1) throw entraErrors.severalResources(scope);
	return [...audiences][0] ?? GRAPH_RESOURCE;
}

/** v1: the audience of the `resource` parameter. */
export function audienceOfResource(resource: string, tenant: string): string {
	const name = resource.replace(/\/$/, '');
	if (name === PARTNER_CENTER_RESOURCE || name === PARTNER_CENTER_APP_ID) {
		return PARTNER_CENTER_RESOURCE;
	}
	if (GRAPH_RESOURCES.includes(name)) return GRAPH_RESOURCE;
	throw entraErrors.unknownResource(resource, tenant);
}

function audienceOfWord(word: string, tenant: string): string {
	const slash = word.lastIndexOf('/');
	if (slash === -1) return GRAPH_RESOURCE;
	const audience = audienceOfResource(word.slice(0, slash), tenant);
	if (audience === PARTNER_CENTER_RESOURCE && !PARTNER_CENTER_SCOPES.has(word.slice(slash + 1))) {
		throw entraErrors.unknownScope(word, EMULATOR_CLIENT_ID);
	}
	return audience;
}
