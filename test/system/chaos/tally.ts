/** Counts over all runs of a suite, and the table that they make. */
import Table from 'cli-table3';

import type { Violation } from './invariants';
import type { ChaosRun } from './run';

export class Tally {
	private readonly faults = new Map<string, number>();
	private readonly counts = new Map<string, number>();

	add({ records, emulator, outputs, result }: ChaosRun, violations: Violation[]): void {
		const count = (name: string, by: number) =>
			this.counts.set(name, (this.counts.get(name) ?? 0) + by);
		for (const { kind } of emulator.faults.applied) {
			this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
		}
		const stopped = result.status === 'error';
		const of = (guarantee: Violation['guarantee']) =>
			violations.filter((one) => one.guarantee === guarantee).length;
		count('runs', 1);
		count('items', records.length);
		count('API calls', emulator.requests.filter(({ path }) => path.startsWith('/v1/')).length);
		count('Confirmed', outputs[0]?.length ?? 0);
		count('of these reconciled', outputs[0]?.filter(({ json }) => json.reconciled).length ?? 0);
		count('Already Exists', outputs[1]?.length ?? 0);
		count('error output', outputs[2]?.length ?? 0);
		count('runs stopped by On Error', stopped ? 1 : 0);
		count('token requests', emulator.tokenRequests.length);
		count('duplicates', violations.filter(({ what }) => what.includes('confirmed twice')).length);
		count('lost', of('lost or duplicated items'));
		count('misrouted', of('misrouted items') + of('order within a customer'));
	}

	table(title: string): string {
		const injected = [...this.faults.values()].reduce((sum, one) => sum + one, 0);
		const table = new Table({ head: [title, ''], style: { head: [], border: [] } });
		table.push(...this.counts);
		table.push([`faults injected`, injected]);
		table.push(...[...this.faults].sort().map(([kind, count]) => [`  ${kind}`, count]));
		return table.toString();
	}
}
