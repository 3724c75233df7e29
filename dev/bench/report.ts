/** The table, for a terminal and for docs/performance.md, and what it was measured on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { z } from 'zod';

import type { BenchPlace } from './BenchPlace';
import type { Line } from './measurements/measurement';
import type { Id } from './settings';
import { verdictOf } from './verdict';

const ROOT = join(__dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/performance.md');
const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';
const HEAD = ['#', 'Measurement', 'This node', 'Beside it', 'Result', 'Goal', 'Reached'];

export type TableLine = Line & { id: Id };

function cellsOf(line: TableLine): string[] {
	const { id, measured, ours, beside, result, goal } = line;
	return [id, measured, ours, beside, result, goal, verdictOf(line)];
}

export function terminalTable(lines: TableLine[]): string {
	const table = new Table({
		head: HEAD,
		style: { head: [], border: [] },
		wordWrap: true,
		colWidths: [5, 34, 24, 30, 22, 10, 14],
	});
	table.push(...lines.map(cellsOf));
	return table.toString();
}

const versionSchema = z.object({ version: z.string() });

/** The machine and the versions, in one line each. */
export function circumstances({ installed }: BenchPlace, nodeVersion: string): string[] {
	const [processor] = cpus();
	const { version } = versionSchema.parse(
		JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
	);
	return [
		`Machine: ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}`,
		`Versions: this package ${version}, n8n ${installed.version}, Node.js ${nodeVersion}`,
		`Date: ${new Date().toISOString().slice(0, 10)}`,
	];
}

/** Puts the table into docs/performance.md, between its markers. */
export function writeIntoDocument(lines: TableLine[], facts: string[]): void {
	const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const block = [
		START,
		'',
		...facts.map((fact) => `- ${fact}`),
		'',
		row(HEAD),
		row(HEAD.map(() => '---')),
		...lines.map((line) => row(cellsOf(line))),
		'',
		END,
	].join('\n');
	const text = readFileSync(DOCUMENT, 'utf8');
	const [from, to] = [text.indexOf(START), text.indexOf(END)];
	if (from === -1 || to < from) throw new Error(`${DOCUMENT} has no place for the table`);
	writeFileSync(DOCUMENT, text.slice(0, from) + block + text.slice(to + END.length));
}
