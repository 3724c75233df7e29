/**
 * What n8n's request and renewal helpers throw, read for what the client has to know: which of an
 * error's properties survive depends on n8n's version.
 */

/** Codes of sockets, of TLS and of the HTTP client, e.g. `ECONNRESET`; not n8n's `EAUTH`. */
const TRANSPORT_CODE = /^(?!EAUTH$)[A-Z][A-Z0-9_]{3,}$/;

/** @returns the code of a connection that failed; undefined where the error is of another kind */
export function transportCodeOf(error: unknown): string | undefined {
	const { httpCode, code, cause } = error as {
		httpCode?: unknown;
		code?: unknown;
		cause?: { code?: unknown };
	};
	return [httpCode, code, cause?.code].find(
		(one): one is string => typeof one === 'string' && TRANSPORT_CODE.test(one),
	);
}

/** All that n8n and the token endpoint said; no token is among it. */
export function reasonOf(error: unknown): string {
	const { message, description, body } = error as {
		message?: unknown;
		description?: unknown;
		body?: { error?: unknown; error_description?: unknown };
	};
	const texts = [body?.error_description, body?.error, message, description].filter(
		(text): text is string => typeof text === 'string' && text !== '',
	);
	return texts.length > 0 ? [...new Set(texts)].join(' ') : 'no reason given';
}
