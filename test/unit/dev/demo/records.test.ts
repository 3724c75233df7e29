import fc from 'fast-check';

import { formatOf, parseRecords, readRecords } from '../../../../dev/demo/records';

const femke = {
	companyName: 'Fabrikam',
	customerId: 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02',
	firstName: 'Femke',
	lastName: 'van der Meulen',
	email: 'femke.vandermeulen@fabrikam.example',
	phoneNumber: '+31 20 555 0142',
	dateAgreed: '2024-03-18',
};
const customer = (fields: Record<string, unknown> = {}) => ({ ...femke, ...fields });
const json = (...records: unknown[]) => parseRecords(JSON.stringify(records), 'json');

const HEADER = ['customerId', 'firstName', 'lastName', 'email', 'dateAgreed'];
const csv = (lines: string[], newline = '\n') => parseRecords(lines.join(newline), 'csv');

const NAMES: [language: string, firstName: string, lastName: string][] = [
	['Dutch', "Jan-Willem 't", 'IJsselmuiden'],
	['Hungarian', 'Győző', 'Szőke-Fűzesi'],
	['Swedish', 'Åsa', 'Ängström-Öberg'],
	['Turkish', 'İpek Çağla', 'Işıklı Yıldızoğlu'],
	['Japanese', '陽菜', '鈴木'],
	['Chinese', '𠮷祥', '欧阳'],
	['Korean', '서연', '김'],
	['Hebrew', 'נועה', 'בן־דוד'],
	['Arabic', 'فاطمة', 'الزهراء'],
];

describe('customers from JSON', () => {
	it('are the objects of the array, field by field', () => {
		expect(json(customer())).toEqual({ records: [femke], places: ['item 0'], notes: [] });
	});

	it.each(NAMES)('keep %s names as they are', (_language, firstName, lastName) => {
		expect(json(customer({ firstName, lastName })).records).toEqual([
			customer({ firstName, lastName }),
		]);
	});

	it('keep a date that is a number of milliseconds a number', () => {
		expect(json(customer({ dateAgreed: 1748775600000 })).records[0]?.dateAgreed).toBe(
			1748775600000,
		);
	});

	it('keep what a customer leaves empty or out, for the node to agreementStatusOf', () => {
		const { email, ...withoutEmail } = femke;
		expect(json({ ...withoutEmail, phoneNumber: null }, customer({ email: '' })).records).toEqual([
			{ ...withoutEmail, phoneNumber: null },
			customer({ email: '' }),
		]);
		expect(email).toBeDefined();
	});

	it('may be items as n8n’s editor copies them', () => {
		expect(json({ json: femke, pairedItem: { item: 0 } }).records).toEqual([femke]);
	});

	it('may follow a byte order mark, and use Windows line ends', () => {
		const text = `\uFEFF${JSON.stringify([femke], null, 2).replace(/\n/g, '\r\n')}\r\n`;
		expect(parseRecords(text, 'json').records).toEqual([femke]);
	});

	it.each([
		['nothing', '', 'it is empty'],
		['white space', ' \r\n\t', 'it is empty'],
		['a byte order mark only', '\uFEFF', 'it is empty'],
		['an empty array', '[]', 'it holds no customers'],
		['null', 'null', 'it holds no array of customers'],
		['a number', '42', 'it holds no array of customers'],
		['one customer', JSON.stringify(femke), 'it holds one object, not an array of customers'],
		[
			'an array inside an object',
			JSON.stringify({ total: 1, klanten: [femke] }),
			'it holds one object, not an array of customers (its "klanten" is one: save that by itself)',
		],
		[
			'a number among them',
			JSON.stringify([femke, 5]),
			'item 1 is no object with columns (the first is item 0)',
		],
		[
			'a null among them',
			JSON.stringify([null]),
			'item 0 is no object with columns (the first is item 0)',
		],
		[
			'a list among them',
			JSON.stringify([femke, femke, []]),
			'item 2 is no object with columns (the first is item 0)',
		],
	])('are refused when the file holds %s', (_what, text, reason) => {
		expect(() => parseRecords(text, 'json')).toThrow(new Error(reason));
	});

	it.each(['{"customerId": ', 'customerId,firstName\r\nx,y\r\n', "[{'customerId': 1}]"])(
		'are refused in one line when the file is not JSON: %j',
		(text) => {
			expect(() => parseRecords(text, 'json')).toThrow(/^it is not JSON: [^\n\r]+$/);
		},
	);
});

describe('customers from CSV', () => {
	const line = (separator: string, fields: string[]) => fields.join(separator);
	const required = [
		femke.customerId,
		femke.firstName,
		femke.lastName,
		femke.email,
		femke.dateAgreed,
	];
	const { companyName, phoneNumber, ...requiredOnly } = femke;

	it.each([
		['commas', ','],
		['semicolons', ';'],
		['tabs', '\t'],
	])('are separated by %s', (_what, separator) => {
		expect(csv([line(separator, HEADER), line(separator, required)])).toEqual({
			records: [requiredOnly],
			places: ['line 2'],
			notes: [],
		});
	});

	it.each([
		['Unix', '\n'],
		['Windows', '\r\n'],
		['old Macintosh', '\r'],
	])('have %s line ends, a last one or none', (_what, newline) => {
		const lines = [line(';', HEADER), line(';', required), line(';', required)];
		expect(csv(lines, newline).records).toEqual([requiredOnly, requiredOnly]);
		expect(csv([...lines, ''], newline).records).toEqual([requiredOnly, requiredOnly]);
	});

	it.each([
		['plain', HEADER],
		['quoted', HEADER.map((name) => `"${name}"`)],
	])('follow Excel’s byte order mark, which is no part of a %s first column', (_what, header) => {
		const lines = [`\uFEFF${line(';', header)}`, line(';', required)];
		expect(csv(lines).records).toEqual([requiredOnly]);
	});

	it.each(NAMES)('keep %s names as they are', (_language, firstName, lastName) => {
		const fields = [femke.customerId, firstName, lastName, femke.email, femke.dateAgreed];
		expect(csv([line(';', HEADER), line(';', fields)]).records).toEqual([
			{ ...requiredOnly, firstName, lastName },
		]);
	});

	it('keep separators and quotes inside quoted values', () => {
		const { records } = csv([
			'"companyName","customerId","firstName","lastName","email","dateAgreed"',
			`"Bakkerij ""De Ĳssel"", Kampen; Zwolle","${femke.customerId}","Åsa, Linnéa","Björkström, f. Sjöö","${femke.email}","2024-03-18"`,
		]);
		expect(records).toEqual([
			{
				...requiredOnly,
				companyName: 'Bakkerij "De Ĳssel", Kampen; Zwolle',
				firstName: 'Åsa, Linnéa',
				lastName: 'Björkström, f. Sjöö',
			},
		]);
	});

	it('are separated by what the header uses, whatever the values hold', () => {
		const fields = [femke.customerId, 'Özgür', 'Güneş, Jr., MSc, PhD, MBA, RA', femke.email, 'x'];
		expect(csv([line(';', HEADER), line(';', fields)]).records[0]?.lastName).toBe(
			'Güneş, Jr., MSc, PhD, MBA, RA',
		);
	});

	it('lose white space around names of columns and values', () => {
		expect(csv([line(' ; ', HEADER), `  ${line(' ; ', required)}  `]).records).toEqual([
			requiredOnly,
		]);
	});

	it('skip empty lines, before the header too', () => {
		const lines = ['', line(';', HEADER), '', line(';', required), '', ''];
		expect(csv(lines).records).toEqual([requiredOnly]);
	});

	it('stay text: phone numbers keep their zeros, and milliseconds their digits', () => {
		const { records } = csv([
			'customerId,firstName,lastName,email,dateAgreed,phoneNumber',
			`${femke.customerId},Çağla,Işıklı,cagla@proseware.example,1748775600000,0030123`,
		]);
		expect(records[0]).toMatchObject({ dateAgreed: '1748775600000', phoneNumber: '0030123' });
	});

	it('may end each line with a separator, as spreadsheets do: nothing to mention', () => {
		const [header, row] = [`${line(';', HEADER)};`, `${line(';', required)};`];
		expect(csv([header, row])).toMatchObject({ records: [requiredOnly], notes: [] });
	});

	it.each([
		['nothing', '', 'it is empty'],
		['a byte order mark and line ends only', '\uFEFF\r\n\r\n', 'it is empty'],
		['a header only', line(',', HEADER), 'it holds no customers'],
	])('are refused when the file holds %s', (_what, text, reason) => {
		expect(() => parseRecords(text, 'csv')).toThrow(new Error(reason));
	});

	it('come back whatever they hold, once quoted', () => {
		const value = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
		fc.assert(
			fc.property(value, value, fc.constantFrom(',', ';', '\t'), (first, last, separator) => {
				const quoted = [femke.customerId, first, last, femke.email, femke.dateAgreed].map(
					(field) => `"${field.replace(/"/g, '""')}"`,
				);
				const { records } = csv([line(separator, HEADER), line(separator, quoted)], '\r\n');
				expect(records).toEqual([{ ...requiredOnly, firstName: first, lastName: last }]);
			}),
		);
	});

	it('need neither a company nor a phone number', () => {
		expect([companyName, phoneNumber]).not.toContain(undefined);
		expect(() => csv([line(',', HEADER), line(',', required)])).not.toThrow();
	});
});

describe('columns', () => {
	it('that the workflow does not read are left out, with one note that names them', () => {
		const other = { ...femke, customerId: '14876998-c0dc-46e6-9d0c-65a57a6c32ec' };
		expect(
			json(customer({ Ügyfélszám: 17 }), { ...other, müşteriNo: 'A', Ügyfélszám: 18 }),
		).toMatchObject({
			records: [femke, other],
			notes: ['Ignored: Ügyfélszám, müşteriNo (not among the columns that the workflow reads)'],
		});
	});

	it('of another workflow are all kept', () => {
		const text = JSON.stringify([{ klant: 'Contoso', plaats: 'IJmuiden' }]);
		expect(readRecords(text, 'json').records).toEqual([{ klant: 'Contoso', plaats: 'IJmuiden' }]);
	});

	it.each(HEADER)(
		'are required: without %s the file is refused, and the column named',
		(column) => {
			const others = HEADER.filter((name) => name !== column).join(',');
			const reason = `it lacks the required column ${column}; it has `;
			expect(() => csv([others, 'a,b,c,d'])).toThrow(`${reason}${others.split(',').join(', ')}`);
			expect(() => json(customer({ [column]: undefined }))).toThrow(reason);
		},
	);

	it('that are missing are named all at once', () => {
		expect(() => csv(['customerId;firstName', 'x;Märta'])).toThrow(
			new Error(
				'it lacks the required columns lastName, email, dateAgreed; it has customerId, firstName',
			),
		);
	});

	it('may be spelled in any case, with spaces and underscores, in JSON too', () => {
		const { customerId, firstName, ...others } = femke;
		expect(json({ CustomerID: customerId, first_name: firstName, ...others }).records).toEqual([
			femke,
		]);
	});
});

describe('a customer who is listed more than once', () => {
	it('is told of, with every line', () => {
		const row = (id: string) => `${id};A;B;c@d.example;2025-01-01`;
		expect(csv([HEADER.join(';'), row('x'), row('y'), row('{X}'), row('x')]).notes).toEqual([
			'The same customer: line 2 (item 0), line 4 (item 2), line 5 (item 3)',
		]);
	});

	it('is told of, with every entry of a JSON array', () => {
		expect(json(customer(), customer({ customerId: 5 }), customer()).notes).toEqual([
			'The same customer: item 0, item 2',
		]);
	});
});

describe('a file’s format', () => {
	it.each([
		['klanten.csv', '[]', 'csv'],
		['KUNDER.CSV', '[]', 'csv'],
		['ügyfelek.tsv', '[]', 'csv'],
		['müşteriler.json', 'a,b', 'json'],
		['MÜŞTERİLER.JSON', 'a,b', 'json'],
		['klanten.csv.json', 'a,b', 'json'],
		['顧客', ' \n[{}]', 'json'],
		['export.txt', '{"a": []}', 'json'],
		['export.txt', 'customerId;firstName', 'csv'],
		['/dev/stdin', '\uFEFF[', 'json'],
		['/dev/stdin', '\uFEFFcustomerId', 'csv'],
	])('of %s starting with %j is %s', (path, text, format) => {
		expect(formatOf(path, text)).toBe(format);
	});
});

it("a CSV whose first line names Excel's separator is read", () => {
	const text = '\uFEFFsep=;\r\ncustomerId;firstName\r\n1;Győző\r\n';
	expect(readRecords(text, 'csv').records).toEqual([{ customerId: '1', firstName: 'Győző' }]);
});
