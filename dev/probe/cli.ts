/** `npm run probe`: what a Partner Center answers where Microsoft's documentation says nothing. */
import { writeFileSync } from 'node:fs';
import { writeJsonFile } from '../emulator/jsonFile';
import type { ProbeResult } from './askAll';
import { probeEmulator, type EmulatorRun } from './emulatorRuns/probeEmulator';
import { randomSettings } from './emulatorRuns/randomSettings';
import { runsTable } from './emulatorRuns/runsTable';
import {
	HELP,
	readOptions,
	refreshTokenOf,
	type EmulatorProbeOptions,
	type TenantProbeOptions,
} from './options';
import { probeTenant } from './probeTenant';
import { recordingOf } from './recording/recording';
import { report } from './report';
import { MICROSOFT } from './wire/endpoints';

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options === 'help') print(HELP);
	else if ('emulator' in options) await emulators(options);
	else await tenant(options);
}

async function tenant(options: TenantProbeOptions): Promise<void> {
	const { tenant: id, 'client-id': clientId, customer } = options;
	const clientSecret = process.env.PROBE_CLIENT_SECRET;
	const result = await probeTenant({
		endpoints: MICROSOFT,
		app: { tenant: id, clientId, ...(clientSecret === undefined ? {} : { clientSecret }) },
		refreshToken: refreshTokenOf(options, process.env),
		show: (message) => print(`${message}\n\n`),
		survey: {
			auditWaitSeconds: options['audit-wait'],
			...(customer === undefined ? {} : { writeTo: customer }),
		},
	});
	write(options, result);
	print(`Called: ${result.contacted.join(', ')}\n`);
}

async function emulators(options: EmulatorProbeOptions): Promise<void> {
	const { runs: count, seed, switches = {} } = options;
	if (count === undefined) {
		const run = await probeEmulator(switches);
		write(options, run.result);
		compare([run]);
		return;
	}
	const runs: EmulatorRun[] = [];
	for (const drawn of randomSettings(seed)) {
		if (runs.length === count) break;
		runs.push(await probeEmulator({ ...drawn, ...switches }));
	}
	compare(runs);
}

function compare(runs: readonly EmulatorRun[]): void {
	print(`${runs.length} emulator${runs.length === 1 ? '' : 's'} probed.\n${runsTable(runs)}\n`);
	if (runs.some(({ missed }) => missed.length > 0)) process.exitCode = 1;
}

function write(
	{ report: reportFile, recording }: Pick<TenantProbeOptions, 'report' | 'recording'>,
	result: ProbeResult,
): void {
	const text = report(result);
	print(text);
	if (reportFile !== undefined) writeFileSync(reportFile, text);
	if (recording !== undefined) writeJsonFile(recording, recordingOf(result));
}

function print(text: string): void {
	process.stdout.write(text);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.stderr.write('See npm run probe -- --help\n');
	process.exitCode = 1;
});
