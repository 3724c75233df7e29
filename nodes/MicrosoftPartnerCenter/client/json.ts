/** Reads a body tolerantly (byte order mark, already parsed or not), and says what else it is. */

/** Why a body is not the answer that was asked for. */
export type BodyFault =
	| { is: 'empty' | 'webPage' | 'cutOff' | 'notJson' | 'tooDeep' }
	/** `limit` in bytes. */
	| { is: 'tooLarge'; limit: number }
	/** A success with another status than a write has. */
	| { is: 'oddStatus'; status: number }
	/** `expected`: a noun; `at`: the path of the first property that does not fit, or nothing. */
	| { is: 'notExpected'; expected: string; at: string }
	/** A bare status, without the headers that Partner Center's answers carry. */
	| { is: 'unsigned' }
	/** An agreement, but not the one that was sent. */
	| { is: 'different'; property: string };

/** `cutOff`: it began as JSON, so what is missing was lost on the way. */
export type ReadJson =
	{ ok: true; value: unknown } | { ok: false; fault: BodyFault; cutOff?: boolean };

/** A body that was not read to its end, because there was too much of it. */
export class OversizedBody {
	/**
	 * @param beginning what was read of it
	 * @param limit how much is read at most, in bytes
	 */
	constructor(
		readonly beginning: string,
		readonly limit: number,
	) {}
}

/**
 * @param body parsed JSON, or the text of a body
 * @returns the value, or why there is none
 */
export function readJson(body: unknown): ReadJson {
	if (body === undefined || body === null) return { ok: false, fault: { is: 'empty' } };
	if (body instanceof OversizedBody) {
		return { ok: false, fault: { is: 'tooLarge', limit: body.limit }, cutOff: true };
	}
	if (typeof body !== 'string') return { ok: true, value: body };
	const text = body.replace(/^\uFEFF/, '').trim();
	if (text === '') return { ok: false, fault: { is: 'empty' } };
	if (isWebPage(text)) return { ok: false, fault: { is: 'webPage' } };
	try {
		const value: unknown = JSON.parse(text);
		return value === null ? { ok: false, fault: { is: 'empty' } } : { ok: true, value };
	} catch {
		return /^[[{]/.test(text)
			? { ok: false, fault: { is: 'cutOff' }, cutOff: true }
			: { ok: false, fault: { is: 'notJson' } };
	}
}

/** A proxy or gateway answers so in place of Partner Center. */
export function isWebPage(text: string): boolean {
	return /^[\uFEFF\s]*</.test(text);
}
