/**
 * The one place that cleans and judges text which a person or a CRM has entered. A confirmation mails
 * somebody and can't be taken back, so what nobody sees must make no other contact, and what is
 * plainly no text of a person must not leave.
 *
 * Visible letters stay as they are: no case folding, no Unicode normalisation, since Partner Center
 * compares contacts character by character. The table is in docs/operations/confirm.md.
 */

/** What becomes of characters that nobody sees. */
export type Invisible =
	/** They are taken out; joiners and variants stay where a script or an emoji needs them. */
	| 'clean'
	/** They are taken out, all of them. */
	| 'remove'
	/** The text is refused: taking one out could make another address of it. */
	| 'refuse';

/** What is wrong with a text, in words that finish "'Label' …". */
export interface TextFault {
	fault: string;
}

export type TextReading = { text: string } | TextFault;

/**
 * Unicode's list of what is displayed as nothing (zero-width and direction marks, soft hyphens,
 * fillers, joiners, variation selectors, tags), and two that look like a space but are none: the
 * blank Braille pattern and the interlinear annotations.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u;
const INVISIBLES = new RegExp(INVISIBLE.source, 'gu');
const SPACES = /[\p{Zs}]+/gu;
/** At the edges, line breaks and tabs are white space like any other. */
const EDGE = new RegExp(`[\\s${INVISIBLE.source.slice(1)}`, 'u');
/** They change the character before them, so at the end of a text they are none of its edge. */
const SELECTOR = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u180B-\u180F\u{E0020}-\u{E007F}]/u;
const LINE_BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Decoding has damaged it: the replacement character, half a pair, a code point that is no character. */
const BROKEN = /[\uFFFC\uFFFD\p{Noncharacter_Code_Point}\p{Co}\p{Cs}]/u;
/** The usual case needs no further look. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Cleans a text.
 *
 * @returns the text, empty where there is nothing to see, or what is wrong with it in words that
 * finish "'Label' …"
 */
export function cleanText(raw: string, invisible: Invisible): TextReading {
	if (PLAIN.test(raw)) return { text: raw };
	const text = invisible === 'refuse' ? raw.trim() : withoutEdges(raw);
	const broken = BROKEN.exec(text)?.[0];
	if (broken !== undefined) return { fault: `holds a broken character (${codeOf(broken)})` };
	if (LINE_BREAK.test(text)) return { fault: 'holds a line break or another control character' };
	if (invisible === 'refuse') {
		const hidden = INVISIBLE.exec(text)?.[0];
		if (hidden !== undefined && !isBlank(text)) {
			return { fault: `holds a character that can't be seen (${codeOf(hidden)})` };
		}
		return { text: isBlank(text) ? '' : text };
	}
	const bare = invisible === 'clean' ? withoutNeedless(text) : text.replace(INVISIBLES, '');
	const spaced = bare.replace(SPACES, ' ').trim();
	return { text: isBlank(spaced) ? '' : spaced };
}

/** Not by a pattern: on a long run of spaces inside the text it would take minutes. */
function withoutEdges(text: string): string {
	const characters = [...text];
	const isSeen = (character: string) => !EDGE.test(character) || SELECTOR.test(character);
	const first = characters.findIndex(isSeen);
	if (first === -1) return '';
	let end = characters.length;
	while (!isSeen(characters[end - 1] ?? '')) end -= 1;
	return characters.slice(first, end).join('');
}

/** Whether nothing of it can be seen. Unassigned characters count as seen: Unicode grows. */
export function isBlank(text: string): boolean {
	return text.replace(INVISIBLES, '').trim() === '';
}

/** As people who look for it write it, e.g. `U+200B`. */
function codeOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Scripts in which a joiner or a non-joiner between letters changes how they are written. */
const JOINING_LETTER =
	/[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const HAN = /\p{Script=Han}/u;
const MONGOLIAN = /\p{Script=Mongolian}/u;

const JOINERS = new Set(['\u200C', '\u200D']);
const isBetween = (code: number, first: number, last: number) => code >= first && code <= last;

/** Takes out what is not seen, except where it changes what is seen. */
function withoutNeedless(text: string): string {
	if (!INVISIBLE.test(text)) return text;
	const characters = [...text];
	const kept: string[] = [];
	characters.forEach((character, index) => {
		if (!INVISIBLE.test(character)) {
			kept.push(character);
			return;
		}
		const before = kept.at(-1) ?? '';
		const after = characters.slice(index + 1).find((one) => !INVISIBLE.test(one)) ?? '';
		if (isNeeded(character, before, after)) kept.push(character);
	});
	return kept.join('');
}

/** @param before the character that is kept before it; @param after the next that can be seen */
function isNeeded(character: string, before: string, after: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	if (JOINERS.has(character)) {
		const isInWord = JOINING_LETTER.test(before) && JOINING_LETTER.test(after);
		const isInEmoji = (EMOJI.test(before) || before === '\uFE0F') && EMOJI.test(after);
		return isInWord || (character === '\u200D' && isInEmoji);
	}
	// How an emoji, a Han or a Mongolian character is drawn.
	if (code === 0xfe0e || code === 0xfe0f) return EMOJI.test(before) || /[0-9#*]/.test(before);
	if (isBetween(code, 0xfe00, 0xfe0d) || isBetween(code, 0xe0100, 0xe01ef)) return HAN.test(before);
	if (isBetween(code, 0x180b, 0x180f)) return MONGOLIAN.test(before);
	// The flags of England, Scotland and Wales are a black flag and a word of tags.
	const isTag = isBetween(code, 0xe0020, 0xe007f);
	return (
		isTag && (before === '\u{1F3F4}' || isBetween(before.codePointAt(0) ?? 0, 0xe0020, 0xe007e))
	);
}

/**
 * Fields of mail and CRM tools that were not filled in, wherever they stand in the text. No pattern
 * can run over the whole text twice: on text full of braces it would take seconds.
 */
const MARKS: ReadonlyArray<readonly [string, string]> = [
	['{{', '}}'],
	['${', '}'],
	['#{', '}'],
	['@{', '}'],
	['{!', '}'],
	['{$', '}'],
	['*|', '|*'],
	['%%', '%%'],
	['<<', '>>'],
	['[[', ']]'],
	['<%', '%>'],
	['{%', '%}'],
];
/** The same where it is the whole text: `$first_name`, `[FIRST_NAME]`, `{first_name}`, `%FNAME%` … */
const WHOLE =
	/^(?:\$[A-Za-z_][\w.]{0,80}|\[[\w .:-]{1,80}\]|\{[\w .:-]{1,80}\}|<[\w .:-]{1,80}>|%[\w.-]{1,80}%|__\w{1,80}__|:\w{1,80}:)$/;
/** What programs write in place of a value that they do not have. */
const NO_VALUE = new Set(['undefined', 'NaN', '[object Object]', '[object Undefined]', 'Infinity']);
/** `#N/A`, `#REF!`, `#NAME?`, also as Excel writes them in other languages, e.g. `#BEZUG!`, `#¡REF!`. */
const SPREADSHEET = /^#[\p{Lu}\d/_¡¿]{1,20}[!?]?$/u;

/** @returns what is wrong with a text that no person wrote */
export function placeholderIn(text: string): TextFault | undefined {
	if (SPREADSHEET.test(text)) {
		return { fault: 'holds what a spreadsheet shows in place of a value' };
	}
	const isPlaceholder =
		NO_VALUE.has(text) ||
		WHOLE.test(text) ||
		MARKS.some(([open, close]) => {
			const start = text.indexOf(open);
			return start !== -1 && text.includes(close, start + open.length);
		});
	if (isPlaceholder) return { fault: 'holds a placeholder that was not filled in' };
	return text.startsWith('=') ? { fault: 'is the formula of a spreadsheet' } : undefined;
}

/** Unassigned characters may be letters of a script that this Node.js does not know yet. */
const LETTER = /[\p{L}\p{Cn}]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}\p{Cn}]/u;

/** @returns what is wrong with the name of a person */
export function faultOfName(text: string): TextFault | undefined {
	return placeholderIn(text) ?? (LETTER.test(text) ? undefined : { fault: 'has no letter' });
}

/** @returns what is wrong with the name of a company, such as `3M` or `1&1` */
export function faultOfCompanyName(text: string): TextFault | undefined {
	return (
		placeholderIn(text) ??
		(LETTER_OR_DIGIT.test(text) ? undefined : { fault: 'has no letter or digit' })
	);
}

/** A number that a spreadsheet has rounded, e.g. `3.16123E+10`. */
const EXPONENT = /\d[.,]?\d*e[+-]?\d/i;

/** @returns what is wrong with a phone number */
export function faultOfPhoneNumber(text: string): TextFault | undefined {
	const placeholder = placeholderIn(text);
	if (placeholder !== undefined) return placeholder;
	if (EXPONENT.test(text)) return { fault: 'is a number that a spreadsheet has rounded' };
	const character = /[#=]/.exec(text)?.[0];
	if (character !== undefined) return { fault: `holds the sign "${character}"` };
	return /\p{Nd}/u.test(text) ? undefined : { fault: 'has no digit' };
}
