/**
 * How a CSV file of customers is read, by `npm start -- --input` and by the Code node "Read the Rows"
 * of workflows/reconfirm-campaign.json alike: the node's text is this file without its types. So it
 * imports nothing, and uses nothing that a Code node lacks. `npx tsx dev/demo/codeNodes.ts` writes it there.
 */
interface CsvRow {
	/** The line of the file on which the row begins, from 1. */
	line: number;
	/** One for each cell that the row has; a short row has fewer than the header. */
	cells: string[];
}

export interface CsvTable {
	/** The header's names as the file has them. */
	columns: string[];
	rows: CsvRow[];
}

export interface CustomerRow {
	line: number;
	/** By the names that the workflows use, whatever the header's spelling. */
	record: Record<string, string>;
	/** The other lines with the same customer. */
	alsoOnLines: number[];
}

const REQUIRED_COLUMNS = ['customerId', 'firstName', 'lastName', 'email', 'dateAgreed'];
const OPTIONAL_COLUMNS = ['companyName', 'phoneNumber'];

/** A column's name without case, spaces, hyphens and underscores: `Customer Id` is `customerid`. */
function spellingOf(column: string): string {
	return column.toLowerCase().replace(/[\s_-]+/g, '');
}

/**
 * The name that the workflows have for a column; undefined for one that they don't read.
 * `Microsoft ID` is what Partner Center's own export of customers calls the customer.
 */
export function knownColumn(column: string): string | undefined {
	const spelling = spellingOf(column);
	if (spelling === 'microsoftid') return 'customerId';
	return [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS].find((name) => spellingOf(name) === spelling);
}

/**
 * The fields that the workflows read, each with the column that it is taken from.
 *
 * @throws Error that names the columns which are missing and those which are there
 */
export function columnsByField(columns: string[]): Map<string, number> {
	const found = new Map<string, number>();
	columns.forEach((column, index) => {
		const field = knownColumn(column);
		if (field === undefined) return;
		const other = columns[found.get(field) ?? -1];
		if (other !== undefined) {
			throw new Error(`two of its columns are ${field}: "${other}" and "${column}"`);
		}
		found.set(field, index);
	});
	const missing = REQUIRED_COLUMNS.filter((field) => !found.has(field));
	if (missing.length > 0) {
		const there = columns
			.filter((column) => column !== '')
			.map((column) => {
				const field = knownColumn(column) ?? column;
				return field === column ? column : `${column} (read as ${field})`;
			});
		throw new Error(
			`it lacks the required ${missing.length === 1 ? 'column' : 'columns'} ` +
				`${missing.join(', ')}; it has ${there.join(', ') || 'none'}`,
		);
	}
	return found;
}

const SAVE_AGAIN = 'save it again as UTF-8 (in Excel: CSV UTF-8)';

/**
 * A file's text: UTF-8 with or without a byte order mark, UTF-16 with one.
 *
 * @throws Error for every other encoding: read anyway, names would reach Partner Center garbled
 */
export function decodeText(bytes: Buffer): string {
	const startsWith = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
	if (startsWith(0x50, 0x4b, 3, 4) || startsWith(0xd0, 0xcf, 0x11, 0xe0)) {
		throw new Error(`it is an Excel workbook, not text: ${SAVE_AGAIN}`);
	}
	const isLittleEndian = startsWith(0xff, 0xfe);
	if (isLittleEndian || startsWith(0xfe, 0xff)) {
		if (bytes.length % 2 === 1) throw new Error(`it is UTF-16, and cut off: ${SAVE_AGAIN}`);
		const units = Buffer.from(bytes.subarray(2));
		const wide = (isLittleEndian ? units : units.swap16()).toString('utf16le');
		if (wide.includes('\0')) throw new Error(`it is not UTF-8 or UTF-16 text: ${SAVE_AGAIN}`);
		return wide;
	}
	if (bytes.includes(0)) {
		throw new Error(`it is not UTF-8, perhaps UTF-16 without a byte order mark: ${SAVE_AGAIN}`);
	}
	const text = bytes.toString('utf8');
	if (!Buffer.from(text, 'utf8').equals(bytes)) {
		const line = text.slice(0, text.indexOf('\uFFFD')).split(/\r\n|\r|\n/).length;
		throw new Error(`it is not UTF-8 (line ${line}), perhaps Windows-1252: ${SAVE_AGAIN}`);
	}
	return text.replace(/^\uFEFF/, '');
}

/** What a header line separates its names with most; spreadsheets differ by country. */
function separatorOf(text: string): string {
	const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
	const names = header.replace(/"[^"]*"/g, '');
	const uses = (separator: string) => names.split(separator).length;
	return [',', ';', '\t'].reduce((best, other) => (uses(other) > uses(best) ? other : best));
}

/** A quoted cell: what it holds, and where the text after its closing quote begins. */
function readQuoted(text: string, start: number, line: number): { cell: string; end: number } {
	let cell = '';
	for (let at = start + 1; ;) {
		const quote = text.indexOf('"', at);
		if (quote === -1) throw new Error(`line ${line}: a quote is opened and not closed`);
		cell += text.slice(at, quote);
		if (text[quote + 1] !== '"') return { cell, end: quote + 1 };
		cell += '"';
		at = quote + 2;
	}
}

const lineBreaksIn = (text: string) => (text.match(/\r\n|\r|\n/g) ?? []).length;

/** Every row of the text that has a cell with something in it, the header included. */
function splitRows(text: string, separator: string, firstLine: number): CsvRow[] {
	const rows: CsvRow[] = [];
	const isBlank = (char: string) => char !== separator && /[^\S\r\n]/.test(char);
	let line = firstLine;
	let row: CsvRow = { line, cells: [] };
	let at = 0;
	while (at < text.length) {
		while (isBlank(text.charAt(at))) at += 1;
		if (text[at] === '"') {
			const { cell, end } = readQuoted(text, at, line);
			line += lineBreaksIn(cell);
			row.cells.push(cell);
			at = end;
			while (isBlank(text.charAt(at))) at += 1;
			if (at < text.length && text[at] !== separator && !/[\r\n]/.test(text.charAt(at))) {
				throw new Error(`line ${line}: after a closing quote, a cell goes on`);
			}
		} else {
			let end = at;
			while (end < text.length && text[end] !== separator && !/[\r\n]/.test(text.charAt(end))) {
				end += 1;
			}
			row.cells.push(text.slice(at, end).trim());
			at = end;
		}
		if (text[at] === separator) {
			at += 1;
			// A separator that ends the file has an empty cell behind it.
			if (at === text.length) row.cells.push('');
			continue;
		}
		at += text.startsWith('\r\n', at) ? 2 : 1;
		line += 1;
		rows.push(row);
		row = { line, cells: [] };
	}
	if (row.cells.length > 0) rows.push(row);
	return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/**
 * A CSV file's header and rows. Rows whose cells are all empty are left out, as spreadsheets add them;
 * no other row is ever left out.
 *
 * @throws Error that names the line which can't be read
 */
export function readTable(text: string): CsvTable {
	// Excel may name its separator in a line of its own.
	const named = /^sep=(.)(?:\r\n|\r|\n)/i.exec(text);
	const content = named === null ? text : text.slice(named[0].length);
	const separator = named?.[1] ?? separatorOf(content);
	const [header, ...rows] = splitRows(content, separator, named === null ? 1 : 2);
	if (header === undefined) throw new Error('it is empty');
	const columns = header.cells;
	for (const { line, cells } of rows) {
		if (cells.slice(columns.length).some((cell) => cell !== '')) {
			throw new Error(`line ${line} has ${cells.length} cells, the header ${columns.length}`);
		}
		// A quote that belongs to no cell takes the next row in up to the next such quote.
		const wide = cells.find((cell) => lineBreaksIn(cell) > 0);
		const separators = (wide ?? '').split(separator).length - 1;
		if (wide !== undefined && (separators >= columns.length - 1 || cells.length < columns.length)) {
			throw new Error(`line ${line}: a cell goes on over whole rows; is a quote not closed?`);
		}
	}
	return { columns, rows };
}

/** A customer's ID as people write it: with or without braces, in any case. */
function customerKey(customerId: string): string {
	return customerId.replace(/[{}\s]/g, '').toLowerCase();
}

/**
 * The other places at which each customer is listed.
 *
 * @param customers the IDs, each with its place; an empty ID is nobody's
 */
export function otherPlaces(customers: Array<{ id: string; place: number }>): number[][] {
	const places = new Map<string, number[]>();
	for (const { id, place } of customers) {
		const key = customerKey(id);
		places.set(key, [...(places.get(key) ?? []), place]);
	}
	return customers.map(({ id, place }) =>
		customerKey(id) === ''
			? []
			: (places.get(customerKey(id)) ?? []).filter((one) => one !== place),
	);
}

/**
 * The customers of a table, one for each row, under the names that the workflows use. A short row's
 * optional cells are empty.
 *
 * @throws Error that names missing columns, or the line and column of a cell that isn't there
 */
export function customersIn({ columns, rows }: CsvTable): CustomerRow[] {
	const fields = columnsByField(columns);
	if (rows.length === 0) throw new Error('it holds no customers');
	const records = rows.map(({ line, cells }) => {
		const record: Record<string, string> = {};
		for (const [field, index] of fields) {
			const cell = cells[index];
			if (cell === undefined && REQUIRED_COLUMNS.includes(field)) {
				throw new Error(`line ${line} ends before its column ${columns[index]}`);
			}
			if (field !== 'companyName' && lineBreaksIn(cell ?? '') > 0) {
				throw new Error(`line ${line}: its column ${columns[index]} goes over several lines`);
			}
			record[field] = cell ?? '';
		}
		return { line, record };
	});
	const others = otherPlaces(
		records.map(({ line, record }) => ({ id: record.customerId ?? '', place: line })),
	);
	return records.map((row, index) => ({ ...row, alsoOnLines: others[index] ?? [] }));
}
