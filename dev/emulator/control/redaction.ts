/** Keeps secrets out of the request log. */
import type { IncomingHttpHeaders } from 'node:http';

const SECRET_HEADERS = new Set([
	'authorization',
	'proxy-authorization',
	'cookie',
	'x-api-key',
	'ocp-apim-subscription-key',
]);

const SECRET_PARAMETERS = [
	'client_secret',
	'client_assertion',
	'refresh_token',
	'access_token',
	'id_token',
	'code',
	'code_verifier',
	'assertion',
	'password',
	// what opens a link to an agreement's document
	'sig',
	// whoever has it can accept the agreement
	'attestationid',
	'device_code',
];

const REDACTED = '[redacted]';

export function redactHeaders(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([name]) => !SECRET_HEADERS.has(name))
			.map(([name, value]) => [name, String(value)]),
	);
}

export function redactForm(body: string): string {
	const form = new URLSearchParams(body);
	for (const name of SECRET_PARAMETERS) if (form.has(name)) form.set(name, REDACTED);
	return form.toString().replaceAll(encodeURIComponent(REDACTED), REDACTED);
}

/** The path with its query; left as it came when it carries no secret. */
export function redactUrl(url: string): string {
	const question = url.indexOf('?');
	if (question === -1) return url;
	const query = new URLSearchParams(url.slice(question + 1));
	if (!SECRET_PARAMETERS.some((name) => query.has(name))) return url;
	return `${url.slice(0, question)}?${redactForm(url.slice(question + 1))}`;
}
