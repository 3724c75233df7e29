/** Reads a body tolerantly (byte order mark, already parsed or not), and says what else it is. */

export type ReadJson = { ok: true; value: unknown } | { ok: false; reason: string };

/**
 * @param body parsed JSON, or the text of a body
 * @returns the value, or why there is none in words that fit after "can't be read:"
 */
export function readJson(body: unknown): ReadJson {
	if (body === undefined || body === null) return { ok: false, reason: 'it is empty' };
	if (typeof body !== 'string') return { ok: true, value: body };
	const text = body.replace(/^\uFEFF/, '').trim();
	if (text === '') return { ok: false, reason: 'it is empty' };
	if (text.startsWith('<')) return { ok: false, reason: 'it is a web page, not JSON' };
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch {
		const reason = /^[[{]/.test(text) ? 'it is cut off or not valid JSON' : 'it is not JSON';
		return { ok: false, reason };
	}
}
