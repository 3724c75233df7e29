/**
 * `npm run test:load`: the suite on a machine that does something else beside it, again and again,
 * and once in random order. What fails here alone asserts something of the machine. Not part of CI.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

import { startBusyLoops } from '../bench/busyLoops';
import { ROOT } from './runLayer';

const HELP = `npm test, with busy loops beside it.

  npm run test:load -- [options] [layers]

  --times <n>   how often in a row (default 3), and then once in random order
  --loops <n>   how many busy loops beside it (default 4)
  --help        this text
`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		times: { type: 'string', default: '3' },
		loops: { type: 'string', default: '4' },
		help: { type: 'boolean', short: 'h', default: false },
	},
});

function underLoad(times: number, loops: number): number {
	const stopLoops = startBusyLoops(loops);
	const results: string[] = [];
	try {
		const runs = [...Array.from({ length: times }, () => []), ['--randomize']];
		for (const [index, options] of runs.entries()) {
			const name = `Run ${index + 1} of ${runs.length}${options.map((one) => `, ${one}`).join('')}`;
			process.stdout.write(`\n${name}, beside ${loops} busy loops\n`);
			const began = performance.now();
			const { status } = spawnSync('npm', ['test', '--silent', '--', ...options, ...positionals], {
				cwd: ROOT,
				stdio: 'inherit',
				shell: process.platform === 'win32',
			});
			const minutes = ((performance.now() - began) / 60_000).toFixed(1);
			results.push(`${status === 0 ? 'pass' : 'FAIL'}  ${name}, ${minutes} min`);
		}
	} finally {
		stopLoops();
	}
	process.stdout.write(`\n${results.join('\n')}\n`);
	return results.every((line) => line.startsWith('pass')) ? 0 : 1;
}

if (values.help) process.stdout.write(HELP);
else process.exitCode = underLoad(Number(values.times), Number(values.loops));
