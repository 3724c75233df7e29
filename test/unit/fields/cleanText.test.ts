/** Cleaning and judging of texts: over all of Unicode, over real names, and as the page says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

import { countryField } from '../../../nodes/MicrosoftPartnerCenter/fields/codes';
import { companyNameField } from '../../../nodes/MicrosoftPartnerCenter/fields/companyName';
import {
	emailField,
	firstNameField,
	lastNameField,
	phoneNumberField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import { customerField } from '../../../nodes/MicrosoftPartnerCenter/fields/customer';
import { dateAgreed } from '../../../nodes/MicrosoftPartnerCenter/fields/dateAgreed';
import type { Field, Schema } from '../../../nodes/MicrosoftPartnerCenter/fields/field';
import { optionalText } from '../../../nodes/MicrosoftPartnerCenter/fields/readText';
import { cleanText, isBlank } from '../../../nodes/MicrosoftPartnerCenter/fields/cleanText';
import { readWith } from '../../support/readWith';

/** Unicode's own word for what is displayed as nothing; joiners and selectors have a say in shapes. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

const root = path.join(__dirname, '../../..');

type Reader = (value: unknown) => unknown;

const read = <V>(field: Field<V> | Schema<V>, value: unknown): unknown => {
	const reading = readWith(field, value);
	const isFault = typeof reading === 'object' && reading !== null && 'fault' in reading;
	return isFault ? `refused: ${reading.fault}` : reading;
};
/** A customer by that mode of the locator: its ID or its domain. */
const customerBy = (mode: string, value: unknown): unknown => {
	const reading = read(customerField, { __rl: true, mode, value });
	return typeof reading === 'object' ? Object.values(reading ?? {})[0] : reading;
};
const byId: Reader = (value) => customerBy('id', value);
const byDomain: Reader = (value) => customerBy('domain', value);
const now = Date.parse('2026-11-26T20:30:00Z');

const FIELDS: Record<string, Reader> = {
	Name: (value) => read(firstNameField, value),
	Email: (value) => read(emailField, value),
	Phone: (value) => read(phoneNumberField, value),
	ID: byId,
	Domain: byDomain,
	Company: (value) => read(companyNameField, value),
	Search: (value) => read(optionalText('Enter how it begins, or leave it empty.'), value),
	Date: (value) =>
		read(
			dateAgreed('America/New_York', () => now),
			value,
		),
	Code: (value) => read(countryField, value),
};

describe('docs/operations/confirm.md', () => {
	const page = readFileSync(path.join(root, 'docs/operations/confirm.md'), 'utf8');
	const section = page.split('## How texts are cleaned and judged')[1]?.split('\n## ')[0] ?? '';
	const rows = section
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.slice(2)
		.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
		.map(([, field = '', entered = '', result = '']) => [field, entered, result] as const);
	const valueOf = (cell: string): unknown => JSON.parse(cell.replace(/^`|`$/g, ''));

	it('has a row for every kind of field', () => {
		expect([...new Set(rows.map(([field]) => field))].sort()).toEqual(Object.keys(FIELDS).sort());
		expect(rows.length).toBeGreaterThan(20);
	});

	it.each(rows)('%s %s: %s', (field, entered, result) => {
		const expected = result.startsWith('refused: ') ? result : valueOf(result);
		expect(FIELDS[field]?.(valueOf(entered))).toBe(expected);
	});
});

const names = readFileSync(path.join(root, 'test/support/fixtures/names.txt'), 'utf8')
	.trim()
	.split('\n');

it('more than 500 names from many languages arrive unchanged', () => {
	expect(new Set(names).size).toBeGreaterThan(500);
	const changed = names.filter(
		(name) => read(firstNameField, name) !== name || read(lastNameField, name) !== name,
	);
	expect(changed).toEqual([]);
});

it.each([
	['Malayalam, as it was written before it had letters of its own for these ends', 'അനില്\u200D'],
	['Malayalam, two words', 'അനില്\u200D കുമാര്\u200D'],
	['Bengali, likewise', 'শরত্\u200D'],
	['Sinhala', 'ශ්\u200Dරී'],
	['Persian behind a vowel sign', 'علیَ\u200Cرضا'],
	['Persian behind a lengthened letter', 'عليـ\u200Cرضا'],
	['Fulani', '𞤀𞤣\u200C𞤢𞤥'],
	['emoji of several parts', 'Zoë 👩🏽\u200D💻 👁\uFE0F\u200D🗨\uFE0F ❤\uFE0F\u200D🔥 1\uFE0F\u20E3'],
	['the flag of Scotland', 'Eilidh 🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
])('what changes the look of a name stays: %s', (_what, name) => {
	expect(read(firstNameField, name)).toBe(name);
});

it.each([
	['a joiner at the end', 'Carr\u200D', 'Carr'],
	['a joiner between Latin letters', 'Ca\u200Drr', 'Carr'],
	['joiners twice', 'علی\u200C\u200Cرضا', 'علی\u200Cرضا'],
	['one at the end of a word', 'علی\u200C رضا', 'علی رضا'],
	['behind the end of Malayalam, twice', 'അനില്\u200D\u200D\u200B', 'അനില്\u200D'],
	['a selector behind a digit', 'John 3\uFE0Frd', 'John 3rd'],
	['a selector behind what is an emoji anyway', 'Zoë 😀\uFE0F', 'Zoë 😀'],
	['a tag without a flag', 'Carr\u{E0067}', 'Carr'],
])('what changes nothing goes: %s', (_what, name, expected) => {
	expect(read(firstNameField, name)).toBe(expected);
});

describe('an e-mail address', () => {
	const unseenCodes = Array.from({ length: 0x110000 }, (_, code) => code).filter(
		(code) => !(code >= 0xd800 && code <= 0xdfff) && UNSEEN.test(String.fromCodePoint(code)),
	);

	it('with a character that nobody sees is refused, whichever and wherever it is', () => {
		expect(unseenCodes.length).toBeGreaterThan(4000);
		const address = 'tania.carr@contoso.example';
		const taken = unseenCodes.filter((code) => {
			const character = String.fromCodePoint(code);
			const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
			const words = `refused: holds a character that can't be seen (${name})`;
			return [0, 5, 10, 11, 18, address.length].some(
				(at) =>
					read(emailField, `${address.slice(0, at)}${character}${address.slice(at)}`) !== words,
			);
		});
		expect(taken).toEqual([]);
	});

	it('with nothing that is seen is empty', () => {
		expect(read(emailField, '\uFEFF\u200B ')).toBe('refused: is empty');
	});
});

it.each(['Infinity', 'Nan', 'Null', 'Undefinedová', 'A$AP', 'Loading', 'Err'])(
	'%s is a name',
	(name) => {
		expect(read(firstNameField, name)).toBe(name);
	},
);

it('a domain in a script with vowel signs is one', () => {
	expect(byDomain('उदाहरण.भारत')).toBe('उदाहरण.भारत');
});

describe('placeholders and other things that no person bears', () => {
	it.each([
		'$lead_first_name',
		'*|FNAME|*',
		'${Contacts.First Name}',
		'{!Contact.FirstName}',
		'%%first_name%%',
		'[FIRST_NAME]',
		'<<FirstName>>',
		'<First Name>',
		'{first_name}',
		'%FIRSTNAME%',
		'{{ contact.first_name | default: "" }}',
		'Dear {{first}} Carr',
		"@{triggerBody()?['firstname']}",
		'#{name}',
		'{% first %}',
		'__FIRST__',
		'#N/A',
		'#REF!',
		'#NAME?',
		'#DIV/0!',
		'#WERT!',
		'#BEZUG!',
		'#¡REF!',
		'#¿NOMBRE?',
		'#NV',
		'[object Object]',
		'undefined',
		'NaN',
		'-',
		'--',
		'???',
		'123',
		'.',
		'=A2&B2',
		'👩🏽‍💻',
		...['«First_Name»', '[Prénom]', '$First Name$', '$(FNAME)', '$[FNAME|Customer]$', '$!{first}'],
		...['@FIRSTNAME@', '~Contact.FirstName~', '|FNAME|', '###VORNAME###', '{first_name|there}'],
		...[
			'[firstname,fallback=there]',
			'{{first',
			'%%first',
			'(null)',
			'#n/a',
			'Err:502',
			'Loading...',
		],
		...['Carr #N/A', '#VALUE! Carr', 'undefined undefined', 'Tania undefined'],
		...['[object Object] Carr', 'Dear [[first]]'],
	])('%s is no first name', (value) => {
		expect(read(firstNameField, value)).toMatch(/^refused: /);
		expect(read(lastNameField, value)).toMatch(/^refused: /);
	});

	it.each([
		'#N/A',
		'3.16123E+10',
		'3,16123E+10',
		'=+31305550171',
		'[object Object]',
		'{{contact.phone}}',
		'n/a',
		'-',
	])('%s is no phone number', (value) => {
		expect(read(phoneNumberField, value)).toMatch(/^refused: /);
	});

	it.each([
		'+31 30 555 0171',
		'(030) 555-0171',
		'1-800-FLOWERS 2',
		'+31 30 555 0171 x12',
		'0305550171,,4',
		...['+31305550171;ext=4', 'tel:+31-30-555-0171;ext=4;phone-context=example.com'],
		'٠٣٠ ٥٥٥ ٠١٧١',
	])('%s is one, and stays as it is', (value) => {
		expect(read(phoneNumberField, value)).toBe(value);
	});
});

const SHAPING =
	/\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]|[\u180B-\u180F]|[\u{E0020}-\u{E007F}]/u;
const seen = (text: string) =>
	[...text]
		.filter((one) => !UNSEEN.test(one) && !/[\s\p{Zs}\u2800\uFFF9-\uFFFB]/u.test(one))
		.join('');

const unseen = fc.constantFrom(
	...['\u200B', '\u200E', '\u200F', '\u202A', '\u202C', '\u202D', '\u2060', '\u2061', '\u2066'],
	...['\u2069', '\u00AD', '\u034F', '\u061C', '\u115F', '\u1160', '\u17B4', '\u3164'],
	...['\uFEFF', '\uFFA0', '\u2800', '\u{1D173}', '\u{E0001}'],
);
const space = fc.constantFrom(' ', '\u00A0', '\u2003', '\u202F', '\u3000', '\u205F', '  ');
/** What decides whether a joiner, a selector or a tag is needed, close together. */
const shaping = fc.string({
	unit: fc.constantFrom(
		...[
			'\u200C',
			'\u200D',
			'\uFE0E',
			'\uFE0F',
			'\u{E0100}',
			'\u180B',
			'\u180E',
			'\u200B',
			' ',
			'\n',
		],
		...['\u{E0067}', '\u{E007F}', '🏴', '👩', '🏽', '❤', '1', '\u20E3', '葛', 'ᠮ', 'a', '\u0308'],
		...['ب', 'د', '\u064E', 'ـ', 'ب', 'क', '\u094D', 'ന', '\u0D4D', 'ර', '\u0DCA', '\u00A0'],
	),
	maxLength: 8,
});
const anyText = fc.oneof(
	shaping,
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.array(fc.oneof(fc.constantFrom(...names), unseen, space)).map((parts) => parts.join('')),
);

describe('over all of Unicode', () => {
	it('a cleaned text is stable under cleaning', () => {
		for (const mode of ['clean', 'remove', 'refuse'] as const) {
			fc.assert(
				fc.property(anyText, (raw) => {
					const once = cleanText(raw, mode);
					if ('text' in once) expect(cleanText(once.text, mode)).toEqual(once);
				}),
				{ numRuns: 2000 },
			);
		}
	});

	it('nothing visible is lost, and nothing is added', () => {
		fc.assert(
			fc.property(anyText, (raw) => {
				for (const mode of ['clean', 'remove', 'refuse'] as const) {
					const cleaned = cleanText(raw, mode);
					if ('text' in cleaned) expect(seen(cleaned.text)).toBe(seen(raw));
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('two that differ in what nobody sees only are one', () => {
		const parts = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
		const noise = fc.array(fc.oneof(unseen, space), { maxLength: 3 });
		fc.assert(
			fc.property(parts, noise, noise, fc.array(unseen, { maxLength: 3 }), (words, a, b, c) => {
				const plain = words.join(' ');
				const [word = '', ...others] = words;
				// Noise at the edges, beside the spaces, and inside of a word.
				const split = Math.ceil(word.length / 2);
				const isWhole = !/[\uDC00-\uDFFF]/.test(word[split] ?? '');
				fc.pre(isWhole && !SHAPING.test(word));
				const hidden = c.join('');
				const first = `${word.slice(0, split)}${hidden}${word.slice(split)}`;
				const joined = [first, ...others].join(`${hidden}\u00A0 `);
				const noisy = `${a.join('')}${joined}${b.join('')}`;
				expect(read(firstNameField, noisy)).toBe(read(firstNameField, plain));
			}),
			{ numRuns: 2000 },
		);
		fc.assert(
			fc.property(noise, noise, (a, b) => {
				const noisy = `${a.join('')}+31${b.join('')} 30 555 0171`;
				expect(read(phoneNumberField, noisy)).toBe('+31 30 555 0171');
			}),
		);
	});

	it.each([
		['\uFFFD', 'U+FFFD'],
		['\uFFFC', 'U+FFFC'],
		['\uFFFE', 'U+FFFE'],
		['\u{1FFFF}', 'U+1FFFF'],
		['\uE000', 'U+E000'],
		['\u{F0000}', 'U+F0000'],
		['\uDC00', 'U+DC00'],
	])('what decoding has damaged is refused everywhere, by its number', (character, code) => {
		const words = `refused: holds a broken character (${code})`;
		expect(read(firstNameField, `Bj${character}rn`)).toBe(words);
		expect(read(companyNameField, `Bj${character}rn`)).toBe(words);
		expect(read(emailField, `bj${character}rn@contoso.example`)).toBe(words);
		expect(read(phoneNumberField, `+31${character}30`)).toBe(words);
		expect(byDomain(`bj${character}rn.example`)).toBe(words);
	});

	it('the separator of Mongolian vowels stays in Mongolian and goes elsewhere', () => {
		expect(read(firstNameField, 'ᠮᠣᠩ\u180Eᠭᠣᠯ')).toBe('ᠮᠣᠩ\u180Eᠭᠣᠯ');
		expect(read(firstNameField, 'Car\u180Er')).toBe('Carr');
	});

	it('texts of a length that nobody types are judged like any other', () => {
		for (const text of [
			' '.repeat(200_000) + 'x',
			'x' + ' '.repeat(200_000) + 'x',
			'\u200B'.repeat(200_000),
			'{'.repeat(200_000),
			'[' + 'a'.repeat(200_000),
			'9e'.repeat(100_000),
			'9'.repeat(200_000),
			`x${'\u200B'.repeat(200_000)}x`,
			'ब\u094D\u200D'.repeat(60_000),
			'a\u00AD'.repeat(100_000),
			...['#', '$', '@', '|', '~', '«', '<', ';a', ' #A', 'undefined'].map((one) =>
				one.repeat(100_000),
			),
			`${'#'.repeat(100_000)}a${'#'.repeat(100_000)}x`,
		]) {
			for (const readAs of Object.values(FIELDS)) readAs(text);
		}
	});
});

describe('dates', () => {
	const date = (zone = 'UTC') => dateAgreed(zone, () => now);

	it('characters that nobody sees change no date', () => {
		expect(read(date(), '\u200E2026-07-02\u200B')).toBe('2026-07-02T00:00:00.000Z');
		expect(read(date(), '2026-07-02\u202F09:30:00Z')).toBe('2026-07-02T09:30:00.000Z');
	});

	it.each([46205, '46205', 46205.75])("%s is told for a spreadsheet's day number", (value) => {
		expect(read(date(), value)).toBe(
			"refused: is a spreadsheet's day number: it stands for 2026-07-02",
		);
	});

	it.each([
		['{{deal.closedate}}', 'holds a placeholder that was not filled in'],
		['#N/A', 'holds what a spreadsheet shows in place of a value'],
		['=TODAY()', 'is the formula of a spreadsheet'],
		['2026-07-0\uFFFD', 'holds a broken character (U+FFFD)'],
	])('%s is judged as in any other field', (value, words) => {
		expect(read(date(), value)).toBe(`refused: ${words}`);
		expect(byId(value)).toBe(`refused: ${words}`);
	});

	it('a time without a zone that lies in the future says how it was read', () => {
		const result = date('America/New_York').safeParse('2026-11-26 20:06:15');
		const issue = result.error?.issues[0] as unknown as {
			message: string;
			params: { fix: string };
		};
		expect(issue.message).toBe(
			'lies in the future, read as 2026-11-26 20:06:15 in America/New_York',
		);
		expect(issue.params.fix).toMatch(/^Add Z to it if it is UTC/);
	});
});

it.each([undefined, null, '', ' \n', '\u200b'])('%j is blank', (value) => {
	expect(isBlank(value)).toBe(true);
});

it.each([0, false, 'a', {}])('%j is not blank', (value) => {
	expect(isBlank(value)).toBe(false);
});
