/** The person who accepted: names, an address, a phone number. More about texts is in cleanText.test.ts. */
import {
	emailField,
	firstNameField,
	phoneNumberField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/contact';
import { fault, readWith } from '../../support/readWith';

describe('a name', () => {
	it.each([
		'Jan-Willem van IJsselmuiden',
		'Ĳsbrand',
		'Őze Árpád Bűvész',
		'Åsa Sjöström',
		'Gökçe Işık Şağlam',
		'İpek Çınar',
		'山田 花子',
		'你好',
		'שלום',
		'محمد',
		'O’Neil “Bob”',
		'e\u0301 stays decomposed',
		'\u06a9\u200c\u06a9 keeps its joiner',
		'Zoë 👩🏽‍💻',
		'Ann 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
		'葛󠄀城',
	])('%s stays as it is', (name) => {
		expect(readWith(firstNameField, name)).toBe(name);
	});

	it('is trimmed of white space of every kind', () => {
		expect(readWith(firstNameField, ' \t\u00a0\u3000Zoë\u2003\r\n')).toBe('Zoë');
	});

	it.each([
		[undefined, 'is empty'],
		[null, 'is empty'],
		['', 'is empty'],
		[' \u00a0\n', 'is empty'],
		['\u200b\u200e', 'is empty'],
		[17, 'is a number, not text'],
		[true, 'is a yes/no value, not text'],
		[['Tania'], 'is a list, not text'],
		[{ first: 'Tania' }, 'is an object, not text'],
		['{{contact.firstname}}', 'holds a placeholder that was not filled in'],
		['Tania\r\nX-Header: 1', 'holds a line break or another control character'],
		['Tania\u0000', 'holds a line break or another control character'],
		['Tan\ud800ia', 'holds a broken character (U+D800)'],
	])('%j is refused: %s', (value, expected) => {
		expect(readWith(firstNameField, value)).toEqual(fault(expected));
	});
});

describe('an e-mail address', () => {
	it.each([
		'someone@example.com',
		'first.last+tag@sub.example.co.uk',
		"o'neil@example.com",
		'info@bücher.example',
		'用户@例子.测试',
		'Someone@Example.COM',
	])('%s is plausible and stays as it is', (email) => {
		expect(readWith(emailField, email)).toBe(email);
	});

	it.each([
		'someone',
		'@example.com',
		'someone@',
		'someone@localhost',
		'someone@example..com',
		'a@b@example.com',
		'a@example.com, b@example.com',
		'a@example.com;b@example.com',
		'Tania Carr <someone@example.com>',
		'mailto:someone@example.com',
		`${'a'.repeat(320)}@example.com`,
	])('%s is refused', (email) => {
		expect(readWith(emailField, email)).toEqual(fault('is not an e-mail address'));
	});

	it('empty is called empty', () => {
		expect(readWith(emailField, null)).toEqual(fault('is empty'));
	});
});

describe('a phone number', () => {
	it.each([
		[' +31 (0)20 123 45 67 ', '+31 (0)20 123 45 67'],
		[1234567890, '1234567890'],
		['', undefined],
		['  ', undefined],
		[null, undefined],
		[undefined, undefined],
	])('%j becomes %j', (value, expected) => {
		expect(readWith(phoneNumberField, value)).toBe(expected);
	});

	it('is refused as an object', () => {
		expect(readWith(phoneNumberField, {})).toEqual(fault('is an object, not text'));
	});
});
