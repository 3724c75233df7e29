/**
 * n8n's writing rules, as far as a machine can tell: Title Case and sentence case, "e.g.",
 * "Whether", full stops, and the words that a message does without.
 */
import type { FormWord, FormWordKind } from './formWords';
import type { Message } from './messages';

/** What is written with a capital wherever it stands. */
const PROPER = new Set(
	`Microsoft Partner Center Entra Azure Customer Cloud Agreement App User Admin Sales Word
	January Unicode Conditional Access Web Emulator Environment English Germany Government App-only`.split(
		/\s+/,
	),
);
/** Small in Title Case, unless they come first. */
const MINOR = new Set('a an and as at by for from in of on or per the to via with'.split(' '));
const AVOIDED = /\b(errors?|problems?|failures?|mistakes?|please|sorry|oops|illegal|invalid)\b|!/i;

/** Labels, quotations and what stands in braces are somebody else's words. */
function ownWords(text: string): string {
	return text
		.replace(/(?<![\w])'[^']+'(?!\w)/g, 'Q')
		.replace(/"[^"]*"/g, 'Q')
		.replace(/\{[^}]*\}(?= \p{Lu})/gu, 'Q.')
		.replace(/\{[^}]*\}/g, 'Q')
		.replace(/https?:\S+|<[^>]*>/g, 'Q');
}

const sentencesOf = (text: string) => text.split(/(?<=[.:;?] )/);

/** A word of capitals, digits or mixed case is a name: GUID, MS-RequestId, n8n, en-US. */
const isName = (word: string) => /[A-Z].*[A-Z]|\d/.test(word);

function notTitleCase(text: string): string | undefined {
	const words = ownWords(text).split(/[\s/–-]+/);
	const wrong = words.filter(
		(word, index) =>
			/^[a-z]/.test(word) && !(index > 0 && MINOR.has(word)) && !/^e\.g|n8n/.test(word),
	);
	return wrong.length > 0 ? `not Title Case: ${wrong.join(', ')}` : undefined;
}

function notSentenceCase(text: string): string | undefined {
	const wrong = sentencesOf(ownWords(text)).flatMap((sentence) =>
		(sentence.match(/[\p{L}\p{N}'’-]+/gu) ?? [])
			.slice(1)
			.filter((word) => /^[A-Z][a-z]/.test(word) && !isName(word))
			.filter((word) => !PROPER.has(word) && !PROPER.has(word.replace(/'s$/, ''))),
	);
	return wrong.length > 0 ? `capitals inside a sentence: ${wrong.join(', ')}` : undefined;
}

function fullStop(text: string): string | undefined {
	const several = /[.?] [\p{Lu}\d]/u.test(text.replace(/\be\.g\. /g, ''));
	if (several) return text.endsWith('.') ? undefined : 'several sentences without a full stop';
	return text.endsWith('.') ? 'one sentence with a full stop' : undefined;
}

const startsSmall = (text: string) =>
	/^[a-z]/.test(text) && !text.startsWith('n8n') ? 'starts with a small letter' : undefined;

const RULES: Record<FormWordKind, Array<(text: string, word: FormWord) => string | undefined>> = {
	name: [notTitleCase],
	output: [notTitleCase],
	label: [notTitleCase],
	mode: [notTitleCase],
	choice: [notTitleCase],
	action: [
		startsSmall,
		notSentenceCase,
		(text) => (/\b(a|an|the)\b/i.test(text) ? 'has an article' : undefined),
	],
	description: [startsSmall, notSentenceCase, fullStop],
	hint: [startsSmall, notSentenceCase, fullStop],
	notice: [startsSmall, notSentenceCase],
	whether: [
		(text) => (text.startsWith('Whether ') ? undefined : 'does not start with Whether'),
		notSentenceCase,
		fullStop,
	],
	placeholder: [
		(text) =>
			/^(e\.g\. \S|Add [a-z]|Select a [a-z]+…$)/.test(text)
				? undefined
				: 'is no example that starts with e.g.',
	],
};

const avoided = (text: string) => {
	const word = AVOIDED.exec(ownWords(text))?.[0];
	return word === undefined ? undefined : `uses "${word}"`;
};

/** @returns what is against the rules, one line each */
export function faultsOfForm(words: FormWord[]): string[] {
	return words.flatMap((word) =>
		[...RULES[word.kind], avoided]
			.map((rule) => rule(word.text, word))
			.filter((fault) => fault !== undefined)
			.map((fault) => `${word.of}: ${word.where}: ${word.kind} "${word.text}" ${fault}`),
	);
}

/** @returns what is against the rules, one line each */
export function faultsOfMessages(messages: Message[]): string[] {
	return messages.flatMap(({ file, kind, what, next }) =>
		[
			kind === 'message' ? startsSmall(what) : undefined,
			what.endsWith('.') ? 'ends with a full stop' : undefined,
			next.trim() === '' ? 'has no next step' : undefined,
			/[.}]$/.test(next) ? undefined : 'its next step ends without a full stop',
			startsSmall(next),
			notSentenceCase(kind === 'message' ? what : `X ${what}`),
			notSentenceCase(next),
			avoided(what),
			avoided(next),
		]
			.filter((fault) => fault !== undefined)
			.map((fault) => `${file}: "${what}" / "${next}" ${fault}`),
	);
}
