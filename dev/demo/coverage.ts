/**
 * What Get Status found, for a person: a row per customer, who accepted how, and why something is to be done.
 */
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../engine/runWorkflow';
import { day, detailOf, fold, itemsInOrder, person, widthOf } from './report';

/** One customer's acceptance. */
export interface CoverageRow {
	customer: string;
	accepted: 'partner confirmed' | 'direct' | 'partner and direct' | 'none' | 'not readable';
	/** When the newest confirmed acceptance was, and whose; empty where there is none. */
	latest: string;
	current: 'yes' | 'no' | '?';
	/** Whether the customer may order, as far as that is known. */
	mayOrder: 'yes' | 'no' | '?';
	/** Why something is to be done, or why the customer may not order; empty where neither is so. */
	reason: string;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function acceptedHow({ partnerConfirmed, directSigned }: IDataObject): CoverageRow['accepted'] {
	if (partnerConfirmed === true) {
		return directSigned === true ? 'partner and direct' : 'partner confirmed';
	}
	if (directSigned === true) return 'direct';
	return partnerConfirmed === false ? 'none' : 'not readable';
}

function latestOf({ latest }: IDataObject): string {
	return isObject(latest) ? [day(latest.dateAgreed), person(latest)].filter(Boolean).join(' ') : '';
}

function mayOrderOf({ mayOrder }: IDataObject): CoverageRow['mayOrder'] {
	if (typeof mayOrder !== 'boolean') return '?';
	return mayOrder ? 'yes' : 'no';
}

/** A verification that was not read needs no word in every row. */
function reasonOf({ reason, mayOrderReason, accountVerification }: IDataObject): string {
	if (typeof reason === 'string') return reason;
	const isRead = accountVerification !== undefined;
	return isRead && typeof mayOrderReason === 'string' ? mayOrderReason : '';
}

/**
 * The customers that a Get Status node looked at, in the order in which they came in. One that came
 * in twice is one customer, and has one row.
 */
export function coverageRows(result: RunResult, nodeName: string): CoverageRow[] {
	const seen = new Set<string>();
	const once = itemsInOrder(result, nodeName).filter(({ item: { json } }) => {
		if (json.error !== undefined || typeof json.customerId !== 'string') return true;
		const id = json.customerId.toLowerCase();
		return !seen.has(id) && seen.add(id);
	});
	return once.map(({ customer, item: { json } }) => {
		if (json.error !== undefined) {
			return {
				customer,
				accepted: 'not readable',
				latest: '',
				current: '?',
				mayOrder: '?',
				reason: detailOf(json),
			};
		}
		return {
			customer,
			accepted: acceptedHow(json),
			latest: latestOf(json),
			current: json.current === true ? 'yes' : 'no',
			mayOrder: mayOrderOf(json),
			reason: reasonOf(json),
		};
	});
}

const PADDING = 2;
const BORDERS = 7;
const ACCEPTED_WIDTH = 'partner and direct'.length + PADDING;
const CURRENT_WIDTH = 'Current'.length + PADDING;
const MAY_ORDER_WIDTH = 'May order'.length + PADDING;
const WIDEST_CUSTOMER = 26;
const WIDEST_LATEST = 36;
const NARROWEST_REASON = 30;
const NARROW_CUSTOMER = 16;
const NARROW_REASON = 18;

function columnFor(texts: string[], widest: number): number {
	return Math.min(widest, Math.max(...texts.map(widthOf)) + PADDING);
}

/**
 * The rows as a table.
 *
 * @param columns the terminal's width; in a narrow one, the date and the name move below how it was accepted
 */
export function renderCoverage(rows: CoverageRow[], columns: number): string {
	const customer = columnFor(['Customer', ...rows.map((row) => row.customer)], WIDEST_CUSTOMER);
	const latest = columnFor(['Latest', ...rows.map((row) => row.latest)], WIDEST_LATEST);
	const others = ACCEPTED_WIDTH + CURRENT_WIDTH + MAY_ORDER_WIDTH + BORDERS;
	const ownColumn = columns - customer - latest - others >= NARROWEST_REASON;
	const who = ownColumn ? customer : Math.min(customer, NARROW_CUSTOMER);
	const taken = who + others + (ownColumn ? latest : -1);
	const reason = Math.max(ownColumn ? NARROWEST_REASON : NARROW_REASON, columns - taken);
	const table = new Table({
		head: [
			'Customer',
			'Accepted',
			...(ownColumn ? ['Latest'] : []),
			'Current',
			'May order',
			'Because',
		],
		colWidths: [
			who,
			ACCEPTED_WIDTH,
			...(ownColumn ? [latest] : []),
			CURRENT_WIDTH,
			MAY_ORDER_WIDTH,
			reason,
		],
		style: { head: [], border: [] },
		wordWrap: true,
	});
	for (const row of rows) {
		const when = fold(row.latest, (ownColumn ? latest : ACCEPTED_WIDTH) - PADDING);
		table.push([
			fold(row.customer, who - PADDING),
			...(ownColumn ? [row.accepted, when] : [[row.accepted, when].filter(Boolean).join('\n')]),
			row.current,
			row.mayOrder,
			fold(row.reason, reason - PADDING),
		]);
	}
	return table.toString();
}

/** `Current 6 · May order 5 · Needs action (not current) 8`, and below it how all of them accepted. */
export function renderCoverageTotals(rows: CoverageRow[]): string {
	const count = (wanted: (row: CoverageRow) => boolean) => rows.filter(wanted).length;
	const mayOrder = count((row) => row.mayOrder === 'yes');
	const unchecked = count(({ current }) => current === '?');
	const totals = [
		`Current ${count(({ current }) => current === 'yes')}`,
		...(mayOrder > 0 ? [`May order ${mayOrder}`] : []),
		`Needs action (not current) ${count(({ current }) => current === 'no')}`,
		...(unchecked > 0 ? [`Not checked ${unchecked}`] : []),
	];
	const kinds = (
		['partner confirmed', 'direct', 'partner and direct', 'none', 'not readable'] as const
	)
		.map((kind) => ({ kind, number: count(({ accepted }) => accepted === kind) }))
		.filter(({ number }) => number > 0)
		.map(({ kind, number }) => `${kind} ${number}`);
	const accepted = kinds.length > 0 ? `\nAccepted, of all ${rows.length}: ${kinds.join(', ')}` : '';
	return `${totals.join(' · ')}${accepted}`;
}
