/** Somebody's own customers, from JSON or CSV, as the items that the workflow's trigger emits. */
import type { IDataObject } from 'n8n-workflow';

import { columnsByField, customersIn, knownColumn, otherPlaces, readTable } from './readCsv';

export type RecordFormat = 'json' | 'csv';

export interface ParsedRecords {
	records: IDataObject[];
	/** Where each record is in its file, such as `line 3`. */
	places: string[];
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
		if (!isObject(fields))
			throw new Error(`item ${index} is no object with columns (the first is item 0)`);
		return fields;
	});
}

/** @throws Error with one clear line: empty, or without customers */
function contentOf(text: string): string {
	const content = text.replace(/^\uFEFF/, '');
	if (content.trim() === '') throw new Error('it is empty');
	return content;
}

/**
 * The records in a file's text, with every column that it has, named as the file does.
 *
 * @throws Error with one clear line: empty, not JSON or CSV, no array, no objects
 */
export function readRecords(text: string, format: RecordFormat): ParsedRecords {
	const content = contentOf(text);
	if (format === 'json') {
		const records = parseJson(content);
		if (records.length === 0) throw new Error('it holds no customers');
		return { records, places: records.map((_, index) => `item ${index}`), notes: [] };
	}
	const { columns, rows } = readTable(content);
	if (rows.length === 0) throw new Error('it holds no customers');
	return {
		records: rows.map(({ cells }) =>
			Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
		),
		places: rows.map(({ line }) => `line ${line}`),
		notes: [],
	};
}

function noteOnColumns(columns: string[]): string[] {
	const unknown = columns.filter((column) => column !== '' && knownColumn(column) === undefined);
	return unknown.length === 0
		? []
		: [`Ignored: ${unknown.join(', ')} (not among the columns that the workflow reads)`];
}

/** One note for each customer that is listed more than once, also by the numbers that n8n counts by. */
function notesOnRepeats(places: string[], others: number[][]): string[] {
	const named = (index: number) => {
		const item = `item ${index}`;
		return places[index] === item ? item : `${places[index]} (${item})`;
	};
	return others.flatMap((others, index) =>
		others.length === 0 || others.some((other) => other < index)
			? []
			: [`The same customer: ${[index, ...others].map(named).join(', ')}`],
	);
}

/** The entries of a JSON array under the names that the workflow uses. */
function customersOf(entries: IDataObject[], columns: string[]): IDataObject[] {
	const fields = [...columnsByField(columns)];
	return entries.map((entry) =>
		Object.fromEntries(
			fields.flatMap(([field, index]) => {
				const column = columns[index] ?? field;
				return column in entry ? [[field, entry[column]]] : [];
			}),
		),
	);
}

interface Customers extends Pick<ParsedRecords, 'records' | 'places'> {
	columns: string[];
}

function customersInCsv(text: string): Customers {
	const table = readTable(contentOf(text));
	const customers = customersIn(table);
	return {
		columns: table.columns,
		records: customers.map(({ record }) => record),
		places: customers.map(({ line }) => `line ${line}`),
	};
}

function customersInJson(text: string): Customers {
	const { records, places } = readRecords(text, 'json');
	const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
	return { columns, records: customersOf(records, columns), places };
}

/**
 * The records in a file's text, reduced to the columns that the confirm workflow reads.
 *
 * @throws Error as {@link readRecords}, and naming the required columns that no record has, or the
 * line that lacks one
 */
export function parseRecords(text: string, format: RecordFormat): ParsedRecords {
	const { columns, records, places } =
		format === 'csv' ? customersInCsv(text) : customersInJson(text);
	const others = otherPlaces(
		records.map(({ customerId }, place) => ({
			id: typeof customerId === 'string' ? customerId : '',
			place,
		})),
	);
	return { records, places, notes: [...noteOnColumns(columns), ...notesOnRepeats(places, others)] };
}

/** CSV by its name, or where the name says nothing, by how the text starts. */
export function formatOf(path: string, text: string): RecordFormat {
	if (/\.(csv|tsv)$/i.test(path)) return 'csv';
	if (/\.json$/i.test(path)) return 'json';
	return /^\uFEFF?\s*[[{]/.test(text) ? 'json' : 'csv';
}
