/**
 * `npm run test:chaos`: the chaos suite on both engines, in its long form.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Confirmations under faults of every kind, drawn from a seed: nothing lost, nothing twice.

  npm run test:chaos -- [options]

  --short       1,000 confirmations, as in npm test, instead of 10,000
  --seed <n>    draws other runs
  --run <n>     one of them only
  --help        this text
`;

const { values } = parseArgs({
	options: {
		short: { type: 'boolean', default: false },
		seed: { type: 'string' },
		run: { type: 'string' },
		help: { type: 'boolean', short: 'h', default: false },
	},
});

if (values.help) {
	process.stdout.write(HELP);
} else {
	const jest = join(__dirname, '../../../node_modules/jest/bin/jest.js');
	const projects = ['--selectProjects', 'chaos-n8n-2', 'chaos-n8n-1'];
	const { status } = spawnSync(
		process.execPath,
		[jest, ...projects, '--forceExit', '--maxWorkers=2'],
		{
			stdio: 'inherit',
			env: {
				...process.env,
				CHAOS_FORM: values.short ? 'short' : 'long',
				...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
				...(values.run === undefined ? {} : { CHAOS_RUN: values.run }),
			},
		},
	);
	process.exitCode = status ?? 1;
}
