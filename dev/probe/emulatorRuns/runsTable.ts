/** What came of probing emulators in random settings, as a table with a row for each switch. */
import Table from 'cli-table3';
import { choicesOf, switchNames } from './choices';
import type { EmulatorRun } from './probeEmulator';

export function runsTable(runs: readonly EmulatorRun[]): string {
	const table = new Table({
		head: ['Switch', 'Tried', 'Found', 'Missed', 'Hidden'],
		style: { head: [], border: [] },
		colAligns: ['left', 'left', 'right', 'right', 'right'],
	});
	for (const name of switchNames) {
		const tried = choicesOf(name).filter((choice) =>
			runs.some(({ settings }) => settings[name] === choice),
		);
		const missed = runs.filter((run) => run.missed.some((one) => one.name === name)).length;
		const hidden = runs.filter((run) => run.hidden.some((one) => one.name === name)).length;
		table.push([name, tried.join(', '), runs.length - missed - hidden, missed, hidden]);
	}
	return [table.toString(), ...reasonsIn(runs), ...missesIn(runs)].join('\n');
}

function reasonsIn(runs: readonly EmulatorRun[]): string[] {
	const reasons = runs.flatMap(({ hidden }) =>
		hidden.map(({ name, reason }) => `  ${name}: ${reason}`),
	);
	const distinct = [...new Set(reasons)].sort();
	return distinct.length === 0 ? [] : ['Hidden by other switches:', ...distinct];
}

function missesIn(runs: readonly EmulatorRun[]): string[] {
	const misses = runs.flatMap(({ missed, settings }) =>
		missed.map(
			({ name, is, found }) =>
				`  ${name} is ${String(is)}, and ${String(found)} was found, with ${JSON.stringify(settings)}`,
		),
	);
	return misses.length === 0 ? ['No switch was missed.'] : ['Missed:', ...misses];
}
