/** What a run did, for a person: a row per customer, and the totals. */
import Table from 'cli-table3';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../engine/runWorkflow';

/** One item on one of the node's outputs. */
export interface ReportRow {
	/** The number of the item that it came in as, from 0, as n8n counts and the node's messages do. */
	item: number | undefined;
	customer: string;
	/** The output's name in n8n's editor. */
	branch: string;
	/** The date agreed, or why there is none. */
	detail: string;
	requestId: string;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The date of an ISO date-time; whatever else it is, as it is. */
export function day(value: unknown): string {
	return text(value).replace(/^(\d{4}-\d{2}-\d{2})T.*$/, '$1');
}

/** A contact's name. */
export function person(contact: unknown): string {
	if (!isObject(contact)) return '';
	return [contact.firstName, contact.lastName].map(text).join(' ').trim();
}

function agreedOn({ dateAgreed, primaryContact }: IDataObject): string {
	const by = person(primaryContact);
	return `agreed on ${day(dateAgreed)}${by && ` by ${by}`}`;
}

/** Of other operations' items, the first so many plain fields are shown. */
const MAX_FIELDS = 6;

/** Shown in a column of its own, or of use to Microsoft's support only. */
const IDS = ['requestId', 'correlationId'];

/** An item's outcome in one or two lines, in the words that the node used. */
export function detailOf(json: IDataObject): string {
	if (json.error !== undefined) {
		const { error } = json;
		const what = isObject(error) ? text(error.message) : text(error);
		return [what, text(json.message)].filter((line) => line !== '').join('\n');
	}
	if (json.outcome === 'confirmed') return agreedOn(json);
	if (json.outcome === 'wouldConfirm') return `would be confirmed, ${agreedOn(json)}`;
	if (json.outcome === 'alreadyExists' || json.outcome === 'wouldAlreadyExist') {
		const existing = json.existingAgreement;
		const since = isObject(existing) ? `\n${agreedOn(existing)}` : '';
		const code = text(json.code);
		return `${text(json.message)}${code === '' ? '' : ` (${code})`}${since}`;
	}
	return Object.entries(json)
		.filter(
			([name, value]) => !IDS.includes(name) && (text(value) !== '' || typeof value === 'boolean'),
		)
		.slice(0, MAX_FIELDS)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join('\n');
}

function requestIdOf(json: IDataObject): string {
	if (typeof json.requestId === 'string') return json.requestId;
	const words = `${text(json.error)} ${text(json.message)}`;
	return /MS-RequestId:?\s+([0-9a-f-]{36})/i.exec(words)?.[1] ?? '';
}

function inputIndex({ pairedItem }: INodeExecutionData): number | undefined {
	const pair = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof pair === 'object' ? pair.item : pair;
}

function customerOf(item: INodeExecutionData, input: INodeExecutionData | undefined): string {
	// A webhook's item holds what was sent under `body`; a failed item holds no fields of its own.
	const sent = isObject(input?.json.body) ? input.json.body : {};
	const fields = { ...sent, ...item.json, ...input?.json };
	return text(fields.companyName) || text(fields.customerId) || '–';
}

/** One item of a node, with what came in for it. */
interface OrderedItem {
	item: INodeExecutionData;
	index: number | undefined;
	output: number;
	/** The company's name, else the customer's id, else a dash. */
	customer: string;
}

/** The node's items over all outputs, in the order of the items that came in. */
export function itemsInOrder(result: RunResult, nodeName: string): OrderedItem[] {
	const inputs = result.inputs(nodeName);
	return result
		.outputs(nodeName)
		.flatMap((items, output) => items.map((item) => ({ item, output, index: inputIndex(item) })))
		.sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity) || a.output - b.output)
		.map(({ item, output, index }) => ({
			item,
			index,
			output,
			customer: customerOf(item, index === undefined ? undefined : inputs[index]),
		}));
}

/** The positions of the items that came into the node and did not come out of it exactly once. */
export function withoutOneResult(result: RunResult, nodeName: string): number[] {
	const results = new Map<number | undefined, number>();
	for (const item of result.outputs(nodeName).flat()) {
		const index = inputIndex(item);
		results.set(index, (results.get(index) ?? 0) + 1);
	}
	return result
		.inputs(nodeName)
		.map((_, index) => index)
		.filter((index) => results.get(index) !== 1);
}

/** A row for each of the node's items, in the order of {@link itemsInOrder}. */
export function reportRows(result: RunResult, nodeName: string): ReportRow[] {
	const names = result.outputNames(nodeName);
	return itemsInOrder(result, nodeName).map(({ item, index, output, customer }) => ({
		item: index,
		customer,
		branch: names[output] ?? `Output ${output + 1}`,
		detail: detailOf(item.json),
		requestId: requestIdOf(item.json),
	}));
}

const PADDING = 2;
const ITEM_WIDTH = 4 + PADDING;
const BRANCH_WIDTH = 16;
const REQUEST_ID_WIDTH = 36 + PADDING;
const NARROWEST_DETAIL = 34;
const NARROW_CUSTOMER = 20;
const NARROWEST_CUSTOMER = 12;
const WIDEST_CUSTOMER = 36 + PADDING;

/** How many columns a terminal takes for the text: Chinese, Japanese and Korean characters take two. */
export function widthOf(label: string): number {
	return [...label].reduce(
		(sum, char) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/.test(char) ? 2 : 1),
		0,
	);
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text with line breaks in words wider than their column, which the table would cut off. */
export function fold(label: string, columns: number): string {
	return label.replace(/\S+/g, (word) => {
		let line = 0;
		return Array.from(graphemes.segment(word), ({ segment }) => {
			const width = widthOf(segment);
			const breaks = line > 0 && line + width > columns;
			line = breaks ? width : line + width;
			return breaks ? `\n${segment}` : segment;
		}).join('');
	});
}

/**
 * The rows as a table.
 *
 * @param columns the terminal's width; in a narrow one, request ids move below the reasons
 */
export function renderTable(rows: ReportRow[], columns: number): string {
	const longest = Math.max('Customer'.length, ...rows.map(({ customer }) => widthOf(customer)));
	const wanted = Math.min(longest + PADDING, WIDEST_CUSTOMER);
	const detailBeside = columns - ITEM_WIDTH - wanted - BRANCH_WIDTH - REQUEST_ID_WIDTH - 6;
	const ownColumn = detailBeside >= NARROWEST_DETAIL;
	const rest = columns - ITEM_WIDTH - BRANCH_WIDTH - 5;
	const narrow = Math.max(NARROWEST_CUSTOMER, Math.min(NARROW_CUSTOMER, rest - REQUEST_ID_WIDTH));
	const customer = ownColumn ? wanted : Math.min(wanted, narrow);
	const detail = ownColumn ? detailBeside : Math.max(REQUEST_ID_WIDTH, rest - customer);
	const table = new Table({
		head: [
			'Item',
			'Customer',
			'Branch',
			...(ownColumn ? ['Date or reason', 'MS-RequestId'] : ['Date or reason, MS-RequestId']),
		],
		colWidths: [
			ITEM_WIDTH,
			customer,
			BRANCH_WIDTH,
			detail,
			...(ownColumn ? [REQUEST_ID_WIDTH] : []),
		],
		style: { head: [], border: [] },
		wordWrap: true,
	});
	for (const row of rows) {
		const number = row.item === undefined ? '' : String(row.item);
		const who = fold(row.customer, customer - PADDING);
		const what = fold(row.detail, detail - PADDING);
		table.push(
			ownColumn
				? [number, who, row.branch, what, row.requestId]
				: [number, who, row.branch, [what, row.requestId].filter(Boolean).join('\n')],
		);
	}
	return table.toString();
}

/** How many items each branch got, branches without any included: `Confirmed 8 · Error 0`. */
export function renderTotals(rows: ReportRow[], branches: string[]): string {
	return branches
		.map((branch) => `${branch} ${rows.filter((row) => row.branch === branch).length}`)
		.join(' · ');
}
