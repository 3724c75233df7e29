/** The answers, for a person: a table, and the switches that make the emulator the same. */
import Table from 'cli-table3';
import { defaultSwitches } from '../emulator/switches';
import type { Answered, ProbeResult } from './askAll';

export function report({ answers, switches }: ProbeResult): string {
	const known = answers.filter(({ finding }) => finding.known);
	const lines = [
		`${known.length} of ${answers.length} questions answered.`,
		'',
		tableOf(answers),
		'',
		'The emulator behaves the same with these switches; * marks those that are not its default:',
		'',
		...Object.entries(switches).map(
			([name, value]) => `  ${isDefault(name, value) ? ' ' : '*'} ${name}: ${String(value)}`,
		),
	];
	return `${lines.join('\n')}\n`;
}

function tableOf(answers: readonly Answered[]): string {
	const table = new Table({
		head: ['Question', 'Answer'],
		style: { head: [], border: [] },
		colWidths: [52, 52],
		wordWrap: true,
	});
	for (const { asks, finding } of answers) {
		table.push([asks, finding.known ? finding.answer : `Not known. ${finding.answer}`]);
	}
	return table.toString();
}

function isDefault(name: string, value: unknown): boolean {
	return Object.entries(defaultSwitches).some(([known, is]) => known === name && is === value);
}
