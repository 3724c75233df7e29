/** Records as CRMs, spreadsheets and forms send them, and what becomes of each, on the wire. */
import type { IDataObject } from 'n8n-workflow';

import { open } from './place';
import { customer, customers, json, record, writes } from './workplace';

interface Sent {
	firstName?: string;
	lastName?: string;
	email?: string;
	phoneNumber?: string;
}

const sent: Array<[what: string, fields: IDataObject, contact: Sent]> = [
	[
		'a no-break space from a web form',
		{ lastName: 'van\u00A0den Bergh' },
		{ lastName: 'van den Bergh' },
	],
	[
		'direction marks of a phone app',
		{ phoneNumber: '\u202D+31 30 555 0171\u202C' },
		{ phoneNumber: '+31 30 555 0171' },
	],
	['a left-to-right mark before a name', { lastName: '\u200ECarr' }, { lastName: 'Carr' }],
	['a soft hyphen from a PDF', { lastName: 'Wiśniew\u00ADska' }, { lastName: 'Wiśniewska' }],
	['a full-width space of a Japanese form', { firstName: '花子\u3000' }, { firstName: '花子' }],
	[
		'a Persian name with its non-joiner',
		{ firstName: 'علی\u200Cرضا' },
		{ firstName: 'علی\u200Cرضا' },
	],
	[
		'a Malayalam name from an old keyboard',
		{ firstName: 'അനില്\u200D' },
		{ firstName: 'അനില്\u200D' },
	],
	[
		'an extension of a softphone',
		{ phoneNumber: '+31305550171;ext=4' },
		{ phoneNumber: '+31305550171;ext=4' },
	],
	['a decomposed name of a Mac', { firstName: 'Zoe\u0308' }, { firstName: 'Zoe\u0308' }],
	['the surname Null', { lastName: 'Null' }, { lastName: 'Null' }],
	['a single letter', { lastName: 'Y' }, { lastName: 'Y' }],
	['a phone number as a number', { phoneNumber: 31305550171 }, { phoneNumber: '31305550171' }],
	['an extension', { phoneNumber: '030-5550171 ext. 12' }, { phoneNumber: '030-5550171 ext. 12' }],
	[
		'a tag in the address',
		{ email: 'tania+mca@contoso.example' },
		{ email: 'tania+mca@contoso.example' },
	],
	['an address in another script', { email: '用户@例子.测试' }, { email: '用户@例子.测试' }],
];

const refused: Array<[what: string, fields: IDataObject, error: RegExp]> = [
	[
		'a letter that a wrong encoding has lost',
		{ firstName: 'Bj\uFFFDrn' },
		/^'First Name' holds a broken character \(U\+FFFD\)/,
	],
	[
		'a zero-width space behind the address',
		{ email: 'tania.carr@contoso.example\u200B' },
		/^'Email' holds a character that can't be seen \(U\+200B\)/,
	],
	[
		'a merge field of a mailing tool',
		{ firstName: '*|FNAME|*' },
		/^'First Name' holds a placeholder/,
	],
	[
		'a Salesforce merge field',
		{ firstName: '{!Contact.FirstName}' },
		/^'First Name' holds a placeholder/,
	],
	[
		'a look-up that found nothing',
		{ lastName: '#N/A' },
		/^'Last Name' holds what a spreadsheet shows/,
	],
	[
		'an object that became text',
		{ lastName: '[object Object]' },
		/^'Last Name' holds a placeholder/,
	],
	[
		'a byte order mark before the address',
		{ email: '\uFEFFtania.carr@contoso.example' },
		/^'Email' holds a character that can't be seen \(U\+FEFF\): "\[U\+FEFF\]tania\.carr@contoso\.example"/,
	],
	[
		'two words, one of them a failed look-up',
		{ lastName: 'Carr #N/A' },
		/^'Last Name' holds what a spreadsheet shows/,
	],
	[
		'two variables that were never set',
		{ firstName: 'undefined undefined' },
		/^'First Name' holds a placeholder/,
	],
	['a field of a Word letter', { firstName: '«First_Name»' }, /^'First Name' holds a placeholder/],
	[
		'an ID that was not filled in',
		{ customerId: '{{company.tenantId}}' },
		/^'Customer' holds a placeholder/,
	],
	['a date that was not filled in', { dateAgreed: '#N/A' }, /^'Date Agreed' holds what/],
	['a dash for nothing', { firstName: '-' }, /^'First Name' has no letter/],
	[
		'a phone number that Excel rounded',
		{ phoneNumber: '3.16123E+10' },
		/^'Phone Number' is a number that a spreadsheet has rounded/,
	],
	[
		'a formula',
		{ phoneNumber: '=+31305550171' },
		/^'Phone Number' is the formula of a spreadsheet/,
	],
	[
		'an address that can’t exist',
		{ email: 'tania.carr@contoso.example.invalid' },
		/^'Email' has a domain that no mail can reach/,
	],
	[
		"a spreadsheet's day number",
		{ dateAgreed: 45000 },
		/^'Date Agreed' is a spreadsheet's day number: it stands for 2023-03-15/,
	],
	[
		'two faults at once',
		{ firstName: '???', email: 'x' },
		/^'First Name' has no letter: "\?\?\?"; 'Email' is not an e-mail address: "x"/,
	],
];

it('each of what can be sent leaves as it should', async () => {
	const { run, emulator } = await open({ state: { customers: customers(sent.length) } });
	const { confirmed } = await run(sent.map(([, fields], index) => record(index + 1, fields)));
	expect(confirmed).toHaveLength(sent.length);
	const byPath = new Map(writes(emulator).map(({ path, body }) => [path, body]));
	sent.forEach(([what, , contact], index) => {
		const body = byPath.get(`/v1/customers/${customer(index + 1).id}/agreements`);
		expect([what, JSON.parse(String(body))]).toMatchObject([what, { primaryContact: contact }]);
	});
});

it('each of what can’t be sent is refused by its field, its value and what to do, and nothing leaves', async () => {
	const { run, emulator } = await open({ state: { customers: customers(refused.length) } });
	const { errors, confirmed } = await run(
		refused.map(([, fields], index) => record(index + 1, fields)),
		{ onError: 'continueErrorOutput' },
	);
	expect([confirmed, writes(emulator)]).toEqual([[], []]);
	refused.forEach(([what, , error], index) => {
		const item = json(errors)[index];
		expect([what, item?.error]).toEqual([what, expect.stringMatching(error)]);
		expect(item?.error).toMatch(new RegExp(` \\[Item ${index}\\]$`));
		expect(item?.message).toMatch(/\w/);
	});
});

it('one person in three spellings that look the same is confirmed once', async () => {
	const { run, emulator } = await open({ state: { customers: customers(1) } });
	const { confirmed, alreadyExists } = await run([
		record(1, { lastName: 'van den Bergh' }),
		record(1, { lastName: 'van\u00A0den\u200B Bergh', phoneNumber: '\u202A1234567890' }),
		record(1, { lastName: '\u200Fvan  den Bergh ' }),
	]);
	expect([confirmed.length, alreadyExists.length]).toEqual([1, 2]);
	expect(writes(emulator).filter(({ status }) => status === 201)).toHaveLength(1);
});
