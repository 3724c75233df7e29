/** Text from outside, made fit for one line: no control characters, no tokens, not too long. */

const MAX_TEXT = 300;

/** A bearer token: whoever echoes the request's headers must not get it into an item. */
const TOKEN = /\beyJ[\w-]{8,}(\.[\w-]*)*|(?<=\bBearer )[\w.~+/-]{20,}=*/g;

/** Where the text was cut, a token may have lost its end, and TOKEN would not match it. */
const TOKEN_AT_END = /(\beyJ|(?<=\bBearer ))[\w.~+/-]*$/;
/** At most this many characters are read, so that a huge text can't hold up the process. */
const MAX_READ = 10_000;

/** Control characters and tokens out, white space folded, at most 300 characters: fit for a message. */
export function inOneLine(text: string, limit = MAX_TEXT): string {
	const isCut = text.length > MAX_READ;
	// Where the cut parts a pair of surrogates, its first half goes too.
	const read = isCut ? text.slice(0, MAX_READ).replace(/[\uD800-\uDBFF]$/, '') : text;
	const line = read
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.replace(/\p{Cs}/gu, '\uFFFD')
		.replace(TOKEN, '…')
		.replace(isCut ? TOKEN_AT_END : '', '')
		.trim();
	const characters = [...line];
	return characters.length > limit || isCut ? `${characters.slice(0, limit).join('')}…` : line;
}
