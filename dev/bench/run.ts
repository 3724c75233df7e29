/**
 * `npm run bench`: the package beside what people would use instead, in a real n8n, and one table.
 * Ratios are the result; absolute times are the machine's. Ends with 1 when a run is broken, never
 * because a goal is missed: the table says that.
 */
import { execFileSync } from 'node:child_process';

import { findServices } from '../n8n/queueMode/services';
import { BenchPlace } from './BenchPlace';
import { dealBesideBatch, deals, limitedDeals } from './measurements/deals';
import { engineCost } from './measurements/engineCost';
import { farServer } from './measurements/farServer';
import { growth, memory } from './measurements/growth';
import { latency } from './measurements/latency';
import type { Bench, Measurement } from './measurements/measurement';
import { poll } from './measurements/poll';
import { queueMode } from './measurements/queueMode';
import { rateLimit } from './measurements/rateLimit';
import { startUp } from './measurements/startUp';
import { status } from './measurements/status';
import { profileContenders } from './profile';
import { watchMachine } from './quiet';
import { circumstances, terminalTable, writeIntoDocument, type TableLine } from './report';
import { HELP, readSettings, type Id } from './settings';

const MEASUREMENTS: Record<Id, Measurement> = {
	S1: engineCost,
	S2: latency,
	S3: rateLimit,
	S4: growth,
	S5: memory,
	S6: startUp,
	S7: status,
	S8: deals,
	S9: limitedDeals,
	S10: queueMode,
	S11: farServer,
	S12: dealBesideBatch,
	S13: poll,
};

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
	const settings = readSettings(process.argv.slice(2));
	if (settings.help) {
		process.stdout.write(HELP);
		return;
	}
	const quiet = watchMachine();
	const startedAt = Date.now();
	const minutes = () => `${((Date.now() - startedAt) / 60_000).toFixed(1)} min`;
	const progress = (line: string) => print(`${minutes().padStart(9)}  ${line}`);
	if (settings.only.includes('S10')) findServices(print);
	const place = await BenchPlace.open(print);
	const close = () => void place.close().finally(() => process.exit(1));
	process.once('SIGINT', close);
	process.once('SIGTERM', close);
	try {
		const bench: Bench = { place, sizes: settings.sizes, progress };
		if (settings.profile) {
			await profileContenders(bench);
			return;
		}
		const lines: TableLine[] = [];
		for (const id of settings.only) {
			const found = await MEASUREMENTS[id](bench);
			lines.push(...found.map((line) => ({ id, ...line })));
		}
		const nodeVersion = execFileSync(place.installed.node, ['--version'], { encoding: 'utf8' });
		const { rounds, growthRounds, loads } = settings.sizes;
		const facts = [
			...circumstances(place, nodeVersion.trim()),
			`Rounds: ${rounds} (of S6 with ${loads} processes each), of S4 ${growthRounds}; S5, S7, S10 and S12 once`,
			quiet(),
		];
		print(`\n${terminalTable(lines)}\n${facts.join('\n')}`);
		if (settings.isQuick)
			print('A quick run shows that everything runs; its figures do not count.');
		if (settings.write) writeIntoDocument(lines, facts);
		print(`Done in ${minutes()}.`);
	} finally {
		await place.close();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(
			`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
		);
		process.exit(1);
	},
);
