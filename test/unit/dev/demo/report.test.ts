import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	detailOf,
	renderTable,
	renderTotals,
	reportRows,
	withoutOneResult,
	type ReportRow,
} from '../../../../dev/demo/report';
import type { RunResult } from '../../../../dev/engine/runWorkflow';

const REQUEST_ID = 'e93dde4c-cfb9-4029-8958-50a0cb9c90d2';
const BRANCHES = ['Confirmed', 'Already Exists', 'Error'];

const zsofia = { firstName: 'Zsófia', lastName: 'Fűzesi', email: 'zsofia@northwind.example' };

function item(
	json: IDataObject,
	pairedItem?: NonNullable<INodeExecutionData['pairedItem']>,
): INodeExecutionData {
	return pairedItem === undefined ? { json } : { json, pairedItem };
}

function ran(
	outputs: INodeExecutionData[][],
	{ inputs = [], names = BRANCHES }: { inputs?: IDataObject[]; names?: string[] } = {},
): RunResult {
	const only =
		<T>(value: T[]) =>
		(nodeName: string) =>
			nodeName === 'Confirm' ? value : [];
	return {
		status: 'success',
		runData: {},
		outputs: only(outputs),
		inputs: only(inputs.map((json) => ({ json }))),
		outputNames: only(names),
		hints: () => [],
		uiMessages: [],
		staticData: {},
		get full(): never {
			throw new Error('the report needs no more than the parts above');
		},
	};
}

const row = (fields: Partial<ReportRow> = {}): ReportRow => ({
	item: 11,
	customer: 'Contoso',
	branch: 'Confirmed',
	detail: 'agreed on 2025-06-12 by Pieter van den Bergh',
	requestId: REQUEST_ID,
	...fields,
});

/** Columns in a terminal, told from Unicode's scripts rather than from code point ranges. */
function terminalColumns(line: string): number {
	return [...line].reduce((sum, char) => {
		if (/\p{Mark}/u.test(char)) return sum;
		const wide = /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|[ー（）]/u.test(char);
		return sum + (wide ? 2 : 1);
	}, 0);
}

/** The text of one column of a table, its lines joined. */
function columnText(table: string, head: string | RegExp): string {
	const lines = table
		.split('\n')
		.filter((line) => line.startsWith('│'))
		.map((line) => line.split('│').map((cell) => cell.trim()));
	const column = lines[0]?.findIndex((cell) => cell !== '' && cell.match(head)) ?? -1;
	return lines.map((cells) => cells[column] ?? '').join('');
}

describe('an outcome in words', () => {
	it('tells the day of a confirmation, and who agreed', () => {
		const json = {
			outcome: 'confirmed',
			dateAgreed: '2025-05-02T13:30:00.000Z',
			primaryContact: zsofia,
		};
		expect(detailOf(json)).toBe('agreed on 2025-05-02 by Zsófia Fűzesi');
	});

	it('tells Microsoft’s words, and the agreement that exists', () => {
		const json = {
			outcome: 'alreadyExists',
			code: 600061,
			message: 'A partner confirmed agreement already exists.',
			existingAgreement: {
				dateAgreed: '2023-06-21T14:05:00Z',
				primaryContact: { firstName: 'İpek', lastName: 'Yıldızoğlu' },
			},
		};
		expect(detailOf(json)).toBe(
			'A partner confirmed agreement already exists. (600061)\nagreed on 2023-06-21 by İpek Yıldızoğlu',
		);
	});

	it('tells of a dry run what would be, and no code where Microsoft gave none', () => {
		const agreement = { dateAgreed: '2024-03-18T00:00:00Z', primaryContact: zsofia };
		expect(detailOf({ outcome: 'wouldConfirm', ...agreement })).toBe(
			'would be confirmed, agreed on 2024-03-18 by Zsófia Fűzesi',
		);
		const found = { message: 'An identical agreement was found.', code: null };
		expect(detailOf({ outcome: 'wouldAlreadyExist', ...found, existingAgreement: agreement })).toBe(
			'An identical agreement was found.\nagreed on 2024-03-18 by Zsófia Fűzesi',
		);
	});

	it('leaves out an existing agreement that could not be read', () => {
		const json = { outcome: 'alreadyExists', code: '600061', message: 'Exists.' };
		expect(detailOf({ ...json, existingAgreement: null })).toBe('Exists. (600061)');
		expect(detailOf(json)).toBe('Exists. (600061)');
	});

	it.each([
		['no contact', undefined, 'agreed on 2024-03-18'],
		['an empty contact', {}, 'agreed on 2024-03-18'],
		['a first name only', { firstName: 'Åsa' }, 'agreed on 2024-03-18 by Åsa'],
		['a last name only', { lastName: '鈴木' }, 'agreed on 2024-03-18 by 鈴木'],
	])('reads well with %s', (_what, primaryContact, words) => {
		const agreement = { dateAgreed: '2024-03-18T00:00:00Z', primaryContact };
		expect(detailOf({ outcome: 'confirmed', ...agreement })).toBe(words);
		const exists = { outcome: 'alreadyExists', message: 'Exists.', code: 600061 };
		expect(detailOf({ ...exists, existingAgreement: agreement })).toBe(
			`Exists. (600061)\n${words}`,
		);
	});

	it('tells an error and what to do about it', () => {
		expect(detailOf({ error: "'Email' is empty", message: 'Map it from the CRM.' })).toBe(
			"'Email' is empty\nMap it from the CRM.",
		);
		expect(detailOf({ error: 'No relationship' })).toBe('No relationship');
		expect(detailOf({ error: { message: 'No relationship' } })).toBe('No relationship');
	});

	it('an error is an error, whatever else the item says', () => {
		expect(detailOf({ outcome: 'confirmed', error: 'No relationship' })).toBe('No relationship');
	});

	it('of another operation has no ids that only support can use', () => {
		const ids = { requestId: REQUEST_ID, correlationId: REQUEST_ID };
		expect(detailOf({ ...ids, status: 'created' })).toBe('status: created');
	});

	it('of another operation is its first six plain fields', () => {
		const json = {
			templateId: '998b88de',
			empty: '',
			list: [1],
			version: 0,
			active: false,
			a: 'a',
			b: 'b',
			c: 'c',
			seventh: 'never seen',
		};
		expect(detailOf(json)).toBe(
			'templateId: 998b88de\nversion: 0\nactive: false\na: a\nb: b\nc: c',
		);
	});
});

describe('the rows of a report', () => {
	it('follow the items that came in, not the outputs they left by', () => {
		const inputs = ['Contoso', 'Fabrikam', '株式会社鈴木'].map((companyName) => ({ companyName }));
		const rows = reportRows(
			ran(
				[
					[item({ outcome: 'confirmed', requestId: REQUEST_ID }, { item: 2 })],
					[item({ outcome: 'alreadyExists' }, [{ item: 0 }])],
					[item({ error: 'No relationship' }, 1)],
				],
				{ inputs },
			),
			'Confirm',
		);
		expect(rows.map(({ customer, branch }) => [customer, branch])).toEqual([
			['Contoso', 'Already Exists'],
			['Fabrikam', 'Error'],
			['株式会社鈴木', 'Confirmed'],
		]);
	});

	it('put items that came from none at the end, by output', () => {
		const rows = reportRows(
			ran([
				[item({ customerId: 'b' })],
				[item({ customerId: 'c' })],
				[item({ customerId: 'a' }, 4)],
			]),
			'Confirm',
		);
		expect(rows.map(({ customer }) => customer)).toEqual(['a', 'b', 'c']);
	});

	it.each([
		['company', { companyName: 'Győri Műszaki Kft.', customerId: 'x' }, 'Győri Műszaki Kft.'],
		['id where the company is empty', { companyName: '', customerId: 'e0e40d06' }, 'e0e40d06'],
		['id where the company is no text', { companyName: {}, customerId: 'e0e40d06' }, 'e0e40d06'],
		['absence where there is neither', { klant: 'Contoso' }, '–'],
	])('name the customer by its %s', (_what, input, customer) => {
		const rows = reportRows(ran([[item({}, 0)]], { inputs: [input] }), 'Confirm');
		expect(rows[0]?.customer).toBe(customer);
	});

	it('name the customer as it came in, where the output says it otherwise', () => {
		const inputs = [{ companyName: 'شركة النور' }];
		const rows = reportRows(ran([[item({ companyName: 'Al Noor' }, 0)]], { inputs }), 'Confirm');
		expect(rows[0]?.customer).toBe('شركة النور');
	});

	it('name the company that a webhook was sent, where the item failed', () => {
		const failed = item({ error: 'Signatory Last Name is empty', message: 'Map it.' }, { item: 0 });
		const inputs = [{ headers: {}, body: { companyName: 'Proseware' } }];
		expect(reportRows(ran([[], [], [failed]], { inputs }), 'Confirm')).toMatchObject([
			{ customer: 'Proseware', branch: 'Error' },
		]);
	});

	it('number the outputs that have no name', () => {
		const result = ran([[], [item({}, 0)]], { names: ['Confirmed'] });
		expect(reportRows(result, 'Confirm')[0]?.branch).toBe('Output 2');
	});

	it.each([
		['its own field', { requestId: REQUEST_ID, message: 'MS-RequestId 0-0' }, REQUEST_ID],
		['an error’s message', { error: 'x', message: `MS-RequestId ${REQUEST_ID}.` }, REQUEST_ID],
		['an error', { error: `Refused (MS-RequestId: ${REQUEST_ID})` }, REQUEST_ID],
		['nowhere', { error: 'x', message: `MS-CorrelationId ${REQUEST_ID}.` }, ''],
	])('take the request id from %s', (_where, json, requestId) => {
		expect(reportRows(ran([[item(json, 0)]]), 'Confirm')[0]?.requestId).toBe(requestId);
	});

	it('are none for a node that never ran', () => {
		expect(reportRows(ran([[item({}, 0)]]), 'Another node')).toEqual([]);
	});
});

describe('the totals', () => {
	it('count every branch in the order of the outputs', () => {
		const rows = [row(), row({ branch: 'Error' }), row()];
		expect(renderTotals(rows, BRANCHES)).toBe('Confirmed 2 · Already Exists 0 · Error 1');
	});

	it('count nothing for no rows', () => {
		expect(renderTotals([], BRANCHES)).toBe('Confirmed 0 · Already Exists 0 · Error 0');
	});
});

describe('the table', () => {
	const HOLDINGS = '株式会社日本橋商事ホールディングス東日本営業本部';
	const rows = [
		row(),
		row({ customer: '鈴木酒造（株）' }),
		row({ customer: HOLDINGS, branch: 'Already Exists' }),
		row({ customer: '김서연 상사' }),
		row({ customer: 'Győri Műszaki Kereskedelmi és Szolgáltató Kft.', branch: 'Error' }),
		row({ customer: 'e0e40d06-2d2a-4503-acd3-bd68c96d1b02' }),
		row({ customer: 'שלום בע״מ', detail: 'agreed on 2025-01-01 by נועה בן־דוד' }),
		row({ customer: 'Işıklı A.Ş.', detail: 'x'.repeat(300), requestId: '' }),
	];

	it.each([80, 100, 120, 140, 200])('fills %i columns at most, and lines up in all', (columns) => {
		const widths = new Set(renderTable(rows, columns).split('\n').map(terminalColumns));
		expect(widths.size).toBe(1);
		expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
	});

	it.each([40, 80, 140])('shows every request id whole at %i columns', (columns) => {
		const table = renderTable(rows, columns);
		expect(table.split(REQUEST_ID)).toHaveLength(rows.length);
	});

	it.each([40, 80, 140])('cuts nothing off at %i columns', (columns) => {
		const table = renderTable(rows, columns);
		expect(table).not.toContain('…');
		expect(columnText(table, 'Customer')).toContain(HOLDINGS);
		expect(columnText(table, 'Date or reason')).toContain('x'.repeat(300));
	});

	it('breaks a long word between characters, not within one', () => {
		const family = '👩🏽‍💻'.repeat(30);
		const decomposed = 'S\u030co\u0308'.repeat(30);
		const table = renderTable([row({ customer: family }), row({ customer: decomposed })], 140);
		expect(columnText(table, 'Customer')).toContain(family);
		expect(columnText(table, 'Customer')).toContain(decomposed);
		expect(table).not.toMatch(/│ (\u200d|\p{Mark})/u);
	});

	it('has a column for request ids where there is room, else puts them below the reasons', () => {
		const [wide, narrow] = [renderTable([row()], 140), renderTable([row()], 80)];
		expect(wide).toMatch(/Date or reason +│ MS-RequestId/);
		expect(columnText(wide, 'MS-RequestId')).toBe(`MS-RequestId${REQUEST_ID}`);
		expect(narrow).toContain('Date or reason, MS-RequestId');
		expect(columnText(narrow, 'Date or reason')).toMatch(new RegExp(`Bergh${REQUEST_ID}$`));
	});

	it('shows a short customer column as wide as its longest name, in terminal columns', () => {
		const top = (customer: string) =>
			renderTable([row({ customer })], 140)
				.split('\n')[0]
				?.split('┬')[1]?.length;
		expect(top('鈴木酒造東京本店')).toBe('鈴木酒造東京本店'.length * 2 + 2);
		expect(top('Åsa & Çağla')).toBe('Åsa & Çağla'.length + 2);
	});

	it.each([80, 140])('has the numbers that the messages name, at %i columns', (columns) => {
		expect(columnText(renderTable([row(), row({ item: 0 })], columns), 'Item')).toBe('Item110');
	});

	it('has no colours, which a file or a log would show as noise', () => {
		expect(renderTable(rows, 140)).not.toContain('\u001b');
	});
});

it('an item without a result, or with two, is told from those with one', () => {
	const inputs = [
		{ customerId: 'a' },
		{ customerId: 'b' },
		{ customerId: 'c' },
		{ customerId: 'd' },
	];
	const outputs = [
		[item({}, 0), item({}, { item: 3 })],
		[],
		[item({}, [{ item: 3 }]), item({}, 2)],
	];
	expect(withoutOneResult(ran(outputs, { inputs }), 'Confirm')).toEqual([1, 3]);
});
