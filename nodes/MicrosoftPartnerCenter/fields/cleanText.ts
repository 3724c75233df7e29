/**
 * The one place that cleans and judges text which a person or a CRM has entered. A confirmation mails
 * somebody and can't be taken back. Partner Center would take two names that differ in an invisible
 * character for two contacts, so such characters are taken out; and placeholders are refused.
 *
 * Visible letters stay as they are: no case folding, no Unicode normalisation, since Partner Center
 * compares contacts character by character. The table is in docs/operations/confirm.md.
 */
import { lazyPattern } from './reading';

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
const INVISIBLE_SET = String.raw`\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB`;
const anInvisible = lazyPattern(`[${INVISIBLE_SET}]`, 'u');
const allInvisible = lazyPattern(`[${INVISIBLE_SET}]`, 'gu');
const SPACES = /[\p{Zs}]+/gu;
/** At the edges, line breaks and tabs are white space like any other. */
const edge = lazyPattern(String.raw`[\s${INVISIBLE_SET}]`, 'u');
/** They change how the character before them is drawn, so they are kept at the end of a text. */
const SELECTOR = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u180B-\u180F\u{E0020}-\u{E007F}]/u;
const LINE_BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Decoding has damaged it: the replacement character, half a pair, a code point that is no character. */
const BROKEN = /[\uFFFC\uFFFD\p{Noncharacter_Code_Point}\p{Co}\p{Cs}]/u;
/** The byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Plain ASCII with single spaces, the usual case: nothing to clean. */
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
		// A byte order mark is white space to JavaScript, and trimmed.
		const hidden = anInvisible().exec(raw.includes(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : text)?.[0];
		if (hidden !== undefined && !isBlank(text)) {
			return { fault: `holds a character that can't be seen (${codeOf(hidden)})` };
		}
		return { text: isBlank(text) ? '' : text };
	}
	const bare = invisible === 'clean' ? withoutNeedless(text) : text.replace(allInvisible(), '');
	const spaced = bare.replace(SPACES, ' ').trim();
	return { text: isBlank(spaced) ? '' : spaced };
}

/** Compares character by character: a pattern would take minutes on a long run of spaces. */
function withoutEdges(text: string): string {
	const characters = [...text];
	const isSeen = (character: string, index: number) =>
		!edge().test(character) ||
		SELECTOR.test(character) ||
		(character === JOINER && VIRAMA.test(characters[index - 1] ?? ''));
	const first = characters.findIndex(isSeen);
	if (first === -1) return '';
	let last = characters.length - 1;
	while (!isSeen(characters[last] ?? '', last)) last -= 1;
	return characters.slice(first, last + 1).join('');
}

/**
 * Whether nothing was entered, or nothing that can be seen. Unassigned characters count as seen: a later
 * version of Unicode may make letters of them.
 */
export function isBlank(value: unknown): boolean {
	if (typeof value !== 'string') return value === undefined || value === null;
	return value.replace(allInvisible(), '').trim() === '';
}

/** @returns the text with the code of each character that can't be seen in its place, to be quoted */
export function showInvisible(text: string): string {
	return text.replace(allInvisible(), (character) => `[${codeOf(character)}]`);
}

/** As people who look for it write it, e.g. `U+200B`. */
function codeOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Letters of scripts in which a joiner or a non-joiner between them changes how they are written;
 * Arabic vowel signs and the lengthening line are shared with other scripts.
 */
const joiningLetter = lazyPattern(
	String.raw`(?=[\p{L}\p{M}])[\p{Script_Extensions=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}]`,
	'u',
);
/**
 * With a joiner behind it, this sign gives the letter before it another shape, also at the end of a
 * word: names in Malayalam that end in a consonant are often written so.
 * https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
 */
const VIRAMA = /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA]/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
/** Drawn as an emoji also without the selector U+FE0F, so that the selector changes nothing. */
const IS_EMOJI_ANYWAY = /\p{Emoji_Presentation}/u;
/** Draws a frame around the digit before it. */
const KEYCAP = '\u20E3';
const HAN = /\p{Script=Han}/u;
const MONGOLIAN = /\p{Script=Mongolian}/u;

const JOINER = '\u200D';
const JOINERS = new Set(['\u200C', JOINER]);
const isBetween = (code: number, first: number, last: number) => code >= first && code <= last;

/** Takes out invisible characters, except joiners that change how letters look. */
function withoutNeedless(text: string): string {
	if (!anInvisible().test(text)) return text;
	const characters = [...text];
	// For each character the next one that can be seen, found from the end in one pass: searched anew for
	// each, a long run would take minutes.
	const next: string[] = [];
	let after = '';
	for (let index = characters.length - 1; index >= 0; index -= 1) {
		next[index] = after;
		const character = characters[index] ?? '';
		if (!anInvisible().test(character)) after = character;
	}
	const kept: string[] = [];
	characters.forEach((character, index) => {
		const isKept =
			!anInvisible().test(character) || isNeeded(character, kept.at(-1) ?? '', next[index] ?? '');
		if (isKept) kept.push(character);
	});
	return kept.join('');
}

/** @param before the character that is kept before it; @param after the next that can be seen */
function isNeeded(character: string, before: string, after: string): boolean {
	const code = character.codePointAt(0) ?? 0;
	if (JOINERS.has(character)) {
		const isInWord = joiningLetter().test(before) && joiningLetter().test(after);
		if (isInWord || character !== JOINER) return isInWord;
		const isInEmoji = (EMOJI.test(before) || before === '\uFE0F') && EMOJI.test(after);
		return isInEmoji || VIRAMA.test(before);
	}
	// Variation selectors: they say how the emoji, Han or Mongolian character before them is drawn.
	if (code === 0xfe0e || code === 0xfe0f) {
		if (/[0-9#*]/.test(before)) return after === KEYCAP;
		return EMOJI.test(before) && !(code === 0xfe0f && IS_EMOJI_ANYWAY.test(before));
	}
	if (isBetween(code, 0xfe00, 0xfe0d) || isBetween(code, 0xe0100, 0xe01ef)) return HAN.test(before);
	if (isBetween(code, 0x180b, 0x180f)) return MONGOLIAN.test(before);
	// The flags of England, Scotland and Wales are a black flag and a word of tags.
	const isTag = isBetween(code, 0xe0020, 0xe007f);
	return (
		isTag && (before === '\u{1F3F4}' || isBetween(before.codePointAt(0) ?? 0, 0xe0020, 0xe007e))
	);
}

/**
 * Fields of mail and CRM tools that were not filled in, wherever they stand in the text. They are found
 * with `indexOf`: a pattern for open and close marks would take seconds on a text full of braces.
 */
const PLACEHOLDER_MARKS: ReadonlyArray<readonly [string, string]> = [
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
const WHOLE_PLACEHOLDER =
	/^(?:\$[A-Za-z_][\w.]{0,80}|\[[^[\]]{1,80}\]|\{[^{}]{1,80}\}|<[^<>]{1,80}>|%[\w.-]{1,80}%|__\w{1,80}__|:\w{1,80}:)$/u;
/** What programs write in place of a value that they do not have. */
const NO_VALUE = new Set(['undefined', 'NaN', '(null)', '[object Undefined]']);
const OBJECT_AS_TEXT = '[object Object]';
/** `#N/A`, `#REF!`, `#NAME?`, also as Excel writes them in other languages, e.g. `#BEZUG!`, `#¡REF!`. */
const SPREADSHEET_ERROR = /^(?:#[\p{Lu}\d/_¡¿]{1,20}[!?]?|#n\/a|Err:\d{3}|Loading\.\.\.)$/u;

const OF_SPREADSHEET: TextFault = { fault: 'holds what a spreadsheet shows in place of a value' };
const OF_PLACEHOLDER: TextFault = { fault: 'holds a placeholder that was not filled in' };

/** @returns what is wrong with a text that no person wrote */
export function placeholderIn(text: string): TextFault | undefined {
	if (SPREADSHEET_ERROR.test(text)) return OF_SPREADSHEET;
	const isPlaceholder =
		NO_VALUE.has(text) ||
		text.includes(OBJECT_AS_TEXT) ||
		WHOLE_PLACEHOLDER.test(text) ||
		PLACEHOLDER_MARKS.some(([open, close]) => {
			const start = text.indexOf(open);
			return start !== -1 && text.includes(close, start + open.length);
		});
	if (isPlaceholder) return OF_PLACEHOLDER;
	return text.startsWith('=') ? { fault: 'is the formula of a spreadsheet' } : undefined;
}

/** Unassigned characters may be letters of a script that this Node.js does not know yet. */
const letter = lazyPattern(String.raw`[\p{L}\p{Cn}]`, 'u');
const letterOrDigit = lazyPattern(String.raw`[\p{L}\p{Nd}\p{Cn}]`, 'u');

/** Placeholders that are a whole name; a company's may look so: `«First_Name»`, `$First Name$`, `~Contact.FirstName~` … */
const WHOLE_NAME =
	/^(?:«[^«»]{1,80}»|\$.{1,80}|@[^@]{1,80}@|~[^~]{1,80}~|\|[^|]{1,80}\||#+[^#]{1,80}#+)$/u;
/** A word among others: `Carr #N/A`, `undefined undefined`. */
const PLACEHOLDER_WORD = /(?:^| )(?:undefined|#[NI]\/[ADTVB]|#[\p{Lu}\d/_¡¿]{2,20}[!?])(?= |$)/u;

/** @returns what is wrong with the name of a person */
export function faultOfName(text: string): TextFault | undefined {
	const placeholder = placeholderIn(text);
	if (placeholder !== undefined) return placeholder;
	const word = PLACEHOLDER_WORD.exec(text)?.[0].trim();
	if (word?.startsWith('#') === true) return OF_SPREADSHEET;
	// A name with an opening mark alone is a placeholder whose end was cut off.
	const isPlaceholder =
		word !== undefined ||
		WHOLE_NAME.test(text) ||
		PLACEHOLDER_MARKS.some(([open]) => text.includes(open));
	if (isPlaceholder) return OF_PLACEHOLDER;
	return letter().test(text) ? undefined : { fault: 'has no letter' };
}

/** @returns why a text that is no ID, date or other code is none, where its characters show the reason */
export function faultOfCode(raw: string): TextFault | undefined {
	const reading = cleanText(raw, 'remove');
	return 'fault' in reading ? reading : placeholderIn(reading.text);
}

/** @returns what is wrong with the name of a company, such as `3M` or `1&1` */
export function faultOfCompanyName(text: string): TextFault | undefined {
	return (
		placeholderIn(text) ??
		(letterOrDigit().test(text) ? undefined : { fault: 'has no letter or digit' })
	);
}

/** A number that a spreadsheet has rounded, e.g. `3.16123E+10`. */
const EXPONENT = /\d[.,]?e[+-]?\d/i;

/** An extension as phones write it: `;ext=4`. https://www.rfc-editor.org/rfc/rfc3966#section-3 */
const PARAMETER = /;[a-z-]{1,40}=/gi;

/** @returns what is wrong with a phone number */
export function faultOfPhoneNumber(text: string): TextFault | undefined {
	const placeholder = placeholderIn(text);
	if (placeholder !== undefined) return placeholder;
	if (EXPONENT.test(text)) return { fault: 'is a number that a spreadsheet has rounded' };
	const character = /[#=]/.exec(text.replace(PARAMETER, ''))?.[0];
	if (character !== undefined) return { fault: `holds the sign "${character}"` };
	return /\p{Nd}/u.test(text) ? undefined : { fault: 'has no digit' };
}
