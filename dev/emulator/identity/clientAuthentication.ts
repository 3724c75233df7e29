/** Checks the app's id and secret, sent in the body or as HTTP basic authentication. */
import { entraErrors } from './entraErrors';
import { EMULATOR_CLIENT_ID, EMULATOR_CLIENT_SECRET } from './registeredApp';

export interface ClientCredentials {
	id: string | undefined;
	secret: string | undefined;
	sentIn: 'body' | 'header' | 'none';
}

export function readClientCredentials(
	form: URLSearchParams,
	authorization: string | undefined,
): ClientCredentials {
	const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
	if (basic !== undefined) {
		const pair = Buffer.from(basic, 'base64').toString('utf8');
		const colon = pair.indexOf(':');
		return {
			id: formDecode(pair.slice(0, colon)),
			secret: formDecode(pair.slice(colon + 1)),
			sentIn: 'header',
		};
	}
	const secret = form.get('client_secret') ?? undefined;
	return {
		id: form.get('client_id') ?? undefined,
		secret,
		sentIn: secret === undefined ? 'none' : 'body',
	};
}

/**
 * @param needsSecret false for the device code flow, which apps without a secret use
 * @throws EntraError when the app or its secret is wrong
 */
export function requireRegisteredApp(
	client: ClientCredentials,
	tenant: string,
	needsSecret = true,
): void {
	if (client.id === undefined || client.id === '') throw entraErrors.missing('client_id');
	if (client.id !== EMULATOR_CLIENT_ID) throw entraErrors.unknownClient(client.id, tenant);
	if (client.secret === undefined || client.secret === '') {
		if (!needsSecret) return;
		throw entraErrors.noSecret();
	}
	if (client.secret !== EMULATOR_CLIENT_SECRET) throw entraErrors.wrongSecret(client.id);
}

/** RFC 6749 form-encodes both halves of the pair before base64. */
function formDecode(text: string): string {
	try {
		return decodeURIComponent(text.replace(/\+/g, ' '));
	} catch {
		return text;
	}
}
