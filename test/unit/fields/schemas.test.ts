import fc from 'fast-check';

import {
	correlationIdField,
	customerLocatorField,
	emailField,
	firstNameField,
	phoneNumberField,
	switchField,
	templateIdField,
	wholeNumberField,
} from '../../../nodes/MicrosoftPartnerCenter/fields/schemas';
import { parseGuid } from '../../../nodes/MicrosoftPartnerCenter/fields/guid';

interface Issue {
	message: string;
	params?: { fix?: string };
}
interface Schema {
	safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: Issue[] } };
}

function read(schema: Schema, value: unknown): unknown {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const issue = result.error?.issues[0];
	expect(issue?.params?.fix).toMatch(/\w{3,}.*\.$/);
	return { fault: issue?.message };
}
const fault = (text: string) => ({ fault: text });

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
		expect(read(firstNameField, name)).toBe(name);
	});

	it('is trimmed of white space of every kind', () => {
		expect(read(firstNameField, ' \t\u00a0\u3000Zoë\u2003\r\n')).toBe('Zoë');
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
		expect(read(firstNameField, value)).toEqual(fault(expected));
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
		expect(read(emailField, email)).toBe(email);
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
		expect(read(emailField, email)).toEqual(fault('is not an e-mail address'));
	});

	it('empty is called empty', () => {
		expect(read(emailField, null)).toEqual(fault('is empty'));
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
		expect(read(phoneNumberField, value)).toBe(expected);
	});

	it('is refused as an object', () => {
		expect(read(phoneNumberField, {})).toEqual(fault('is an object, not text'));
	});
});

describe("a customer's ID", () => {
	const id = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';

	it.each([id, id.toUpperCase(), `{${id}}`, ` {${id.toUpperCase()}}\n`])(
		'%s is read as the GUID in lower case',
		(value) => {
			expect(read(customerLocatorField, value)).toEqual({ customerId: id });
			expect(read(customerLocatorField, { __rl: true, mode: 'id', value })).toEqual({
				customerId: id,
			});
		},
	);

	it.each([
		'contoso.com',
		`${id}/../x`,
		`${id}%2e%2e%2f`,
		`${id}?a=1`,
		`${id}#`,
		`{${id}`,
		id.replaceAll('-', ''),
		'14876998-c0dc-46e6-9d0c-65a57a6c32eg',
	])('%s is refused', (value) => {
		expect(read(customerLocatorField, value)).toEqual(fault("is not a customer's tenant ID"));
	});

	it('one that would split a header is refused', () => {
		expect(read(customerLocatorField, `${id}\r\nX: 1`)).toEqual(
			fault('holds a line break or another control character'),
		);
	});

	it('empty is called empty', () => {
		expect(read(customerLocatorField, '')).toEqual(fault('is empty'));
	});

	it('never yields anything but a bare GUID', () => {
		const near = fc.oneof(fc.string({ unit: 'binary' }), fc.uuid(), fc.anything());
		fc.assert(
			fc.property(near, (value) => {
				const parsed = read(customerLocatorField, value) as { customerId?: string };
				if (parsed.customerId !== undefined) expect(parsed.customerId).toMatch(/^[0-9a-f-]{36}$/);
			}),
		);
	});

	it('reads every GUID, whatever its case and braces', () => {
		fc.assert(
			fc.property(fc.uuid(), fc.boolean(), fc.boolean(), (uuid, upper, braces) => {
				const cased = upper ? uuid.toUpperCase() : uuid;
				expect(parseGuid(braces ? `{${cased}}` : cased)).toBe(uuid);
			}),
		);
	});
});

describe('a customer in the resource locator', () => {
	const id = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
	const locator = (mode: string, value: unknown, cachedResultName?: string) => ({
		...{ __rl: true, mode, value },
		...(cachedResultName === undefined ? {} : { cachedResultName }),
	});

	it('from the list brings its name along', () => {
		const chosen = locator('list', id, 'Contoso (Nederland) (contoso.onmicrosoft.com)');
		expect(read(customerLocatorField, chosen)).toEqual({
			customerId: id,
			companyName: 'Contoso (Nederland)',
		});
	});

	it('by domain is looked up later, in lower case', () => {
		const domain = locator('domain', ' Contoso.OnMicrosoft.com ');
		expect(read(customerLocatorField, domain)).toEqual({ domain: 'contoso.onmicrosoft.com' });
		expect(read(customerLocatorField, locator('domain', 'bücher.example'))).toEqual({
			domain: 'bücher.example',
		});
	});

	it('an ID is an ID in every mode', () => {
		expect(read(customerLocatorField, locator('domain', id))).toEqual({ customerId: id });
	});

	it.each(['contoso', 'http://contoso.com', 'a@contoso.com', 'contoso.com/..', 'a b.com', '.com'])(
		'%s is no domain',
		(value) => {
			expect(read(customerLocatorField, locator('domain', value))).toEqual(
				fault('is not a domain'),
			);
		},
	);
});

describe('the other fields', () => {
	it('an empty template or correlation ID is absent', () => {
		expect(read(templateIdField, '')).toBeUndefined();
		expect(read(correlationIdField, ' ')).toBeUndefined();
	});

	it('a correlation ID that would split a header is refused', () => {
		expect(read(correlationIdField, 'x\r\nAuthorization: y')).toEqual(
			fault('holds a line break or another control character'),
		);
	});

	it('a whole number is read as number or text, within its limits', () => {
		const schema = wholeNumberField(1, 100);
		expect(read(schema, 10)).toBe(10);
		expect(read(schema, '10')).toBe(10);
		for (const value of [0, 101, 1.5, '', 'ten', null, Number.NaN, Infinity]) {
			expect(read(schema, value)).toEqual(fault('is not a whole number in range'));
		}
	});

	it('a switch is on or off', () => {
		expect(read(switchField, false)).toBe(false);
		expect(read(switchField, ' True ')).toBe(true);
		expect(read(switchField, 1)).toEqual(fault('is neither on nor off'));
		expect(read(switchField, undefined)).toEqual(fault('is empty'));
	});
});

it('every field answers any value without an exception', () => {
	const schemas: Schema[] = [
		firstNameField,
		emailField,
		phoneNumberField,
		customerLocatorField,
		templateIdField,
		correlationIdField,
		switchField,
		wholeNumberField(1, 5),
	];
	fc.assert(
		fc.property(fc.anything(), (value) => {
			for (const schema of schemas) read(schema, value);
		}),
	);
});
