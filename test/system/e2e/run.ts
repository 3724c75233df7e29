/**
 * `npm run test:e2e`: brings what the tests need (n8n of the chosen major, the build), runs them one
 * file after another, and ends with a table.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { z } from 'zod';

import { installN8n } from '../../../dev/n8n/install';
import { MAJORS, n8nVersion } from '../../../dev/n8n/n8nVersions';

const HELP = `The package in a real n8n and a real browser.

  npm run test:e2e -- [options] [file patterns]

  --n8n <1|2>   n8n ${n8nVersion('1')}, or n8n ${n8nVersion('2')} (default 2)
  --pictures    the browser tests alone, and their screenshots into docs/images; n8n and the emulator
                listen on their usual ports, 5678 and 8787, which have to be free
  --help        this text
`;
const BROWSER_TESTS = '\\.browser\\.test\\.ts$';
const SECOND = 1000;

const resultsSchema = z.object({
	testResults: z.array(
		z.object({
			assertionResults: z.array(
				z.object({
					fullName: z.string(),
					status: z.string(),
					duration: z.number().nullish(),
				}),
			),
			message: z.string(),
			name: z.string(),
		}),
	),
});

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			n8n: { type: 'string', default: '2' },
			pictures: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const major = MAJORS.find((known) => known === values.n8n);
	if (major === undefined) throw new Error(`--n8n takes 1 or 2, not ${values.n8n}`);
	const { version } = await installN8n(major, (line) => process.stdout.write(`${line}\n`));

	const scratch = mkdtempSync(join(tmpdir(), 'partner-center-results-'));
	const results = join(scratch, 'results.json');
	const jest = join(__dirname, '../../../node_modules/jest/bin/jest.js');
	const options = ['--selectProjects', 'e2e', '--runInBand', '--forceExit', '--json'];
	const pictures = values.pictures ? { E2E_PICTURES: '1' } : {};
	const patterns = values.pictures ? [BROWSER_TESTS] : positionals;
	const { status } = spawnSync(
		process.execPath,
		[jest, ...options, '--outputFile', results, '--', ...patterns],
		{
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, E2E_N8N: major, ...pictures },
		},
	);
	try {
		const report = resultsSchema.parse(JSON.parse(readFileSync(results, 'utf8')));
		process.stdout.write(`\nn8n ${version}\n${tableOf(report)}\n`);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
	return status ?? 1;
}

function tableOf({ testResults }: z.infer<typeof resultsSchema>): string {
	const table = new Table({ head: ['Test', 'Result', 'Seconds'], style: { head: [], border: [] } });
	for (const { assertionResults, message, name } of testResults) {
		if (assertionResults.length === 0) table.push([name, message.slice(0, 200), '']);
		for (const { fullName, status, duration } of assertionResults) {
			table.push([fullName, status, ((duration ?? 0) / SECOND).toFixed(1)]);
		}
	}
	return table.toString();
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
