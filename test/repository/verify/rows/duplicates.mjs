import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root, scratchFolder } from '../../package/pack.mjs';
import { run } from '../command.mjs';

export const name = 'Code that is written twice (jscpd)';

const MIN_LINES = 8;
const MIN_TOKENS = 75;

export async function check() {
	const output = scratchFolder('duplicates');
	const { status, stdout, stderr } = await run([
		path.join(root, 'node_modules/jscpd/bin/jscpd'),
		...['--min-lines', String(MIN_LINES), '--min-tokens', String(MIN_TOKENS)],
		...['--format', 'typescript,javascript', '--gitignore', '--silent'],
		...['--reporters', 'json', '--output', output],
		'.',
	]);
	if (status !== 0) return { found: 'jscpd did not run', problems: [stdout + stderr] };
	const report = JSON.parse(readFileSync(path.join(output, 'jscpd-report.json'), 'utf8'));
	const { sources, lines } = report.statistics.total;
	const at = ({ name: file, start, end }) => `${file}:${start}-${end}`;
	return {
		found: `${sources} files, ${lines} lines: no ${MIN_LINES} lines with ${MIN_TOKENS} words in a row stand twice`,
		problems: [
			...(sources < 100 ? [`only ${sources} files were read`] : []),
			...report.duplicates.map(
				({ firstFile, secondFile }) => `${at(firstFile)} ~ ${at(secondFile)}`,
			),
		],
	};
}
