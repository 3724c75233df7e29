/**
 * `npm run test:queue`: the package in n8n's queue mode, with everything that it takes: Redis,
 * PostgreSQL, an emulator, a main process, a webhook processor and three workers, one of which dies.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';

import { installN8n } from '../../../dev/n8n/install';
import { MAJORS, n8nVersion, type Major } from '../../../dev/n8n/n8nVersions';
import { signedInData } from '../../../dev/n8n/sampleContent';
import { startEmulator } from '../../../dev/emulator/startEmulator';
import { customersOf } from './customers';
import { checksOf, figuresOf, type Check } from './findings';
import { QueueMode } from '../../../dev/n8n/queueMode/QueueMode';
import { openServices } from '../../../dev/n8n/queueMode/services';
import { CALLS, LATENCY, tell } from './scenario';
import { ANSWERED, LOAD } from '../../../dev/n8n/confirmWorkflow';

const HELP = `The package in n8n's queue mode: a main process, a webhook processor and three workers.

  npm run test:queue -- [options]

  --n8n <1|2>   n8n ${n8nVersion('1')}, or n8n ${n8nVersion('2')} (default 2)
  --help        this text

Redis and PostgreSQL are started from Debian's packages, which are installed with apt where they are
absent. QUEUE_REDIS_URL and QUEUE_DATABASE_URL name others to use.
`;
const SHOWN_AGAINST = 5;

type Undo = (() => void | Promise<void>)[];

const began = Date.now();
const seconds = () => Math.round((Date.now() - began) / 1000);

function say(line: string): void {
	process.stdout.write(`${String(seconds()).padStart(4)} s  ${line}\n`);
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string', default: '2' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const major = MAJORS.find((known) => known === values.n8n);
	if (major === undefined) throw new Error(`--n8n takes 1 or 2, not ${values.n8n}`);

	const undo: Undo = [];
	const interrupted = new AbortController();
	let ending: Promise<void> | undefined;
	/** Everything that was started, in the reverse order; once, whoever asks. */
	const cleanUp = () => (ending ??= undoAll(undo));
	const interrupt = (signal: NodeJS.Signals) => {
		if (interrupted.signal.aborted) return;
		interrupted.abort();
		say(`${signal}: stopping …`);
		void cleanUp().then(() => process.exit(130));
	};
	// Not `once`: tsx passes the signal on to a process that the terminal has told already, and a second
	// one would end this process before it has ended the others.
	process.on('SIGINT', interrupt);
	process.on('SIGTERM', interrupt);
	try {
		process.exitCode = (await run(major, undo, interrupted.signal)) ? 0 : 1;
	} catch (error) {
		// What is cut off in the middle complains of what was taken away from it.
		if (!interrupted.signal.aborted) throw error;
		process.exitCode = 130;
	} finally {
		await cleanUp();
	}
}

async function undoAll(undo: Undo): Promise<void> {
	for (const step of undo.reverse()) {
		try {
			await step();
		} catch (error) {
			say(`Cleaning up: ${textOf(error)}`);
		}
	}
}

/** @returns whether everything holds that has to */
async function run(major: Major, undo: Undo, interrupted: AbortSignal): Promise<boolean> {
	const installed = await installN8n(major, say, interrupted);
	const folder = mkdtempSync(join(tmpdir(), 'partner-center-queue-'));
	undo.push(() => rmSync(folder, { recursive: true, force: true }));
	const { redis, database } = await openServices(say, (stop) => undo.push(stop));

	const calls = Object.values(CALLS).flat();
	const emulator = await startEmulator({
		state: { customers: customersOf(calls) },
		latency: LATENCY,
		switches: { refuseReusedRefreshToken: true },
	});
	undo.push(() => emulator.close());
	const queue = new QueueMode(installed, folder, database, redis);
	undo.push(() => queue.stop());
	let passed = false;
	try {
		say(`n8n ${installed.version}: starting main, webhook processor and three workers`);
		await queue.start(await signedInData(emulator), [LOAD, ANSWERED]);
		const story = await tell(queue, emulator, database.pool, say);
		const checks = checksOf(story, emulator);
		passed = checks.every(({ against }) => against.length === 0);
		say('Done');
		const figures: [string, string | number][] = [
			...figuresOf(story, emulator),
			['Duration', `${seconds()} s`],
		];
		process.stdout.write(`\nn8n ${installed.version}\n${tableOfFigures(figures)}\n`);
		process.stdout.write(`${tableOfChecks(checks)}\n`);
	} finally {
		if (!passed && !interrupted.aborted) keepLogs(queue);
	}
	return passed;
}

function keepLogs(queue: QueueMode): void {
	const kept = mkdtempSync(join(tmpdir(), 'partner-center-queue-logs-'));
	for (const [name, log] of Object.entries(queue.logs)) {
		writeFileSync(join(kept, `${name.replace(/\W+/g, '-')}.log`), log);
	}
	say(`What n8n's processes wrote is kept in ${kept}`);
}

function tableOfFigures(figures: [string, string | number][]): string {
	const table = new Table({ style: { head: [], border: [] } });
	table.push(...figures);
	return table.toString();
}

function tableOfChecks(checks: Check[]): string {
	const table = new Table({
		head: ['What has to hold', 'Result'],
		colWidths: [60, 60],
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const { what, against } of checks) {
		const more = against.length > SHOWN_AGAINST ? [`… ${against.length} in all`] : [];
		const result = [...against.slice(0, SHOWN_AGAINST), ...more].join('\n');
		table.push([what, against.length === 0 ? 'holds' : `DOES NOT HOLD\n${result}`]);
	}
	return table.toString();
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		process.stderr.write(`${textOf(error)}\n`);
		process.exit(1);
	},
);
