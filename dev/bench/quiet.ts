/** Whether the machine was the benchmark's alone. */
import { existsSync, readFileSync } from 'node:fs';
import { loadavg, platform } from 'node:os';

/** Where Linux counts what its processors did since the start. */
const COUNTERS = '/proc/stat';

/** Ticks of all processors: all of them, and those that another virtual machine had instead. */
function ticks(): { all: number; stolen: number } | undefined {
	if (!existsSync(COUNTERS)) return undefined;
	const [line = ''] = readFileSync(COUNTERS, 'utf8').split('\n');
	// cpu user nice system idle iowait irq softirq steal …
	const values = line.trim().split(/\s+/).slice(1, 9).map(Number);
	return { all: values.reduce((sum, one) => sum + one, 0), stolen: values[7] ?? 0 };
}

/** @returns says it in a line, at the end of the run */
export function watchMachine(): () => string {
	const [lastMinute = NaN] = loadavg();
	// Windows has no such figure, and says 0.
	const load =
		platform() === 'win32'
			? 'Load of the machine: not known here'
			: `Load of the machine in the minute before: ${lastMinute.toFixed(2)}`;
	const before = ticks();
	return () => {
		const after = ticks();
		if (before === undefined || after === undefined) return load;
		const share = (after.stolen - before.stolen) / (after.all - before.all);
		return `${load}; during the run, other virtual machines had ${(share * 100).toFixed(1)} % of its time`;
	};
}
