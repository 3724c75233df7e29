import { parse } from 'csv-parse/sync';
import fc from 'fast-check';

import { codeIn, codeNodes } from '../../../../dev/demo/codeNodes';
import { customersIn, decodeText, readTable } from '../../../../dev/demo/readCsv';
import { parseRecords } from '../../../../dev/demo/records';
import { customerFiles } from '../../../support/fixtures/customerFiles';

const read = (bytes: Buffer) => parseRecords(decodeText(bytes), 'csv');

describe('a file of customers with', () => {
	it.each(customerFiles)('$what', ({ bytes, records, lines, refusal }) => {
		if (records === undefined) {
			expect(() => read(bytes)).toThrow(refusal);
			return;
		}
		const places = lines ?? records.map((_, index) => index + 2);
		expect(read(bytes)).toMatchObject({ records, places: places.map((line) => `line ${line}`) });
	});

	it('one customer on two lines: both lines are named', () => {
		const id = 'e74958fa-f6e2-4365-9a84-9e6b61ec55e9';
		const table = readTable(
			`customerId,firstName,lastName,email,dateAgreed\n${id},A,B,c,d\nx,A,B,c,d\n{${id.toUpperCase()}},E,F,g,h\n,A,B,c,d\n,A,B,c,d`,
		);
		expect(customersIn(table).map(({ alsoOnLines }) => alsoOnLines)).toEqual([
			[4],
			[],
			[2],
			[],
			[],
		]);
	});
});

describe('every row of a file', () => {
	const cell = fc.oneof(
		fc.constantFrom('', 'a', '"', '""', ' ', 'x;y', '"q"', '"a,b"', '"a\nb"', "O'Neil", '=1+1'),
		fc.string({ maxLength: 4 }),
	);
	const newline = fc.constantFrom('\n', '\r\n', '\r');

	it('comes back, or the file is refused: no text makes a row disappear', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
				newline,
				(table, end) => {
					const text = table.map((cells) => cells.join(',')).join(end);
					let rows;
					try {
						rows = readTable(text).rows;
					} catch {
						return;
					}
					const from = (at: number) => text.split(/\r\n|\r|\n/)[at - 1] ?? '';
					const inside =
						rows
							.flatMap(({ cells }) => cells)
							.join('')
							.match(/\r\n|\r|\n/g) ?? [];
					const header =
						readTable(text)
							.columns.join('')
							.match(/\r\n|\r|\n/g) ?? [];
					const named = /^sep=.(\r\n|\r|\n)/i.test(text) ? 1 : 0;
					const empty = text.split(/\r\n|\r|\n/).filter((line) => /^[\s,;"]*$/.test(line)).length;
					const lines = text.split(/\r\n|\r|\n/).length;
					expect(rows.length + 1 + inside.length + header.length + named).toBeGreaterThanOrEqual(
						lines - empty,
					);
					for (const { line, cells } of rows) {
						const first = (cells.find((one) => one !== '') ?? '').split(/[\r\n"]/)[0] ?? '';
						expect(from(line)).toContain(first.trim());
					}
				},
			),
			{ numRuns: 2000 },
		);
	});
});

it('cells are what an independent parser reads from the same text', () => {
	const cell = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[\r\n]/.test(text));
	const row = fc.array(cell, { minLength: 3, maxLength: 3 });
	const table = fc.array(row, { minLength: 1, maxLength: 6 });
	const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
	fc.assert(
		fc.property(table, fc.constantFrom(',', ';', '\t'), fc.boolean(), (rows, separator, quotes) => {
			const write = (text: string) =>
				quotes || /[",;\t\s\uFEFF]/.test(text) ? quoted(text) : text;
			const lines = [['a', 'b', 'c'], ...rows].map((cells) => cells.map(write).join(separator));
			const expected = parse(lines.join('\r\n'), { delimiter: separator });
			const { columns, rows: read } = readTable(lines.join('\r\n'));
			expect([columns, ...read.map(({ cells }) => cells)]).toEqual(
				expected.filter((cells) => cells.some((one) => one !== '')),
			);
		}),
		// A row with nothing but a quoted blank is a row: somebody wrote the blank.
		{ examples: [[[['', '', ' ']], ',', false]] },
	);
});

describe('the Code nodes of the workflows', () => {
	it.each(codeNodes())('$node of $file reads and writes by the functions of dev/demo/', (node) => {
		// Otherwise: npx tsx dev/demo/codeNodes.ts
		expect(codeIn(node)).toBe(node.code);
	});
});
