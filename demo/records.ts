// Somebody's own customers, from JSON or CSV, as the items that the workflow's trigger emits.
import { parse } from 'csv-parse/sync';
import type { IDataObject } from 'n8n-workflow';

export type RecordFormat = 'json' | 'csv';

const REQUIRED = ['customerId', 'firstName', 'lastName', 'email', 'dateAgreed'] as const;
const OPTIONAL = ['companyName', 'phoneNumber'] as const;
const COLUMNS: readonly string[] = [...REQUIRED, ...OPTIONAL];

export interface ParsedRecords {
	records: IDataObject[];
	/** What a person should know about how the file was read. */
	notes: string[];
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOneLine(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}

function parseJson(text: string): IDataObject[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new Error(`it is not JSON: ${inOneLine(error)}`);
	}
	if (isObject(value)) {
		const list = Object.entries(value).find(([, entry]) => Array.isArray(entry))?.[0];
		const hint = list === undefined ? '' : ` (its "${list}" is one: save that by itself)`;
		throw new Error(`it holds one object, not an array of customers${hint}`);
	}
	if (!Array.isArray(value)) throw new Error('it holds no array of customers');
	return value.map((entry: unknown, index) => {
		// items as n8n's editor copies them carry their fields under `json`
		const fields = isObject(entry) && isObject(entry.json) ? entry.json : entry;
		if (!isObject(fields)) throw new Error(`entry ${index + 1} is no object with columns`);
		return fields;
	});
}

const SEPARATORS = [',', ';', '\t'];

/** The separator that the header line uses most; spreadsheets differ by country. */
function separatorOf(text: string): string {
	const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
	const uses = (separator: string) => header.split(separator).length;
	return SEPARATORS.reduce((best, other) => (uses(other) > uses(best) ? other : best));
}

function parseCsv(text: string): IDataObject[] {
	try {
		const rows: IDataObject[] = parse(text, {
			columns: (header: string[]) => header.map((name) => name.trim()),
			delimiter: separatorOf(text),
			skip_empty_lines: true,
			trim: true,
		});
		return rows;
	} catch (error) {
		throw new Error(`it is not CSV with a header line: ${inOneLine(error)}`);
	}
}

/**
 * The records in a file's text, with every column that it has.
 *
 * @throws Error with one clear line: empty, not JSON or CSV, no array, no objects
 */
export function readRecords(text: string, format: RecordFormat): IDataObject[] {
	// Excel may name its separator in a line of its own.
	const content = text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '');
	if (content.trim() === '') throw new Error('it is empty');
	const records = format === 'csv' ? parseCsv(content) : parseJson(content);
	if (records.length === 0) throw new Error('it holds no customers');
	return records;
}

/**
 * The records in a file's text, reduced to the columns that the confirm workflow reads.
 *
 * @throws Error as {@link readRecords}, and naming the required columns that no record has
 */
export function parseRecords(text: string, format: RecordFormat): ParsedRecords {
	const records = readRecords(text, format);
	const present = new Set(records.flatMap((record) => Object.keys(record)));
	const missing = REQUIRED.filter((column) => !present.has(column));
	if (missing.length > 0) {
		const columns = missing.length === 1 ? 'column' : 'columns';
		throw new Error(`it lacks the required ${columns} ${missing.join(', ')}`);
	}
	const unknown = [...present].filter((column) => column !== '' && !COLUMNS.includes(column));
	return {
		records: records.map((record) =>
			Object.fromEntries(Object.entries(record).filter(([column]) => COLUMNS.includes(column))),
		),
		notes:
			unknown.length === 0
				? []
				: [`Ignored: ${unknown.join(', ')} (not among the columns that the workflow reads)`],
	};
}

/** CSV by its name, or where the name says nothing, by how the text starts. */
export function formatOf(path: string, text: string): RecordFormat {
	if (/\.(csv|tsv)$/i.test(path)) return 'csv';
	if (/\.json$/i.test(path)) return 'json';
	return /^\uFEFF?\s*[[{]/.test(text) ? 'json' : 'csv';
}
