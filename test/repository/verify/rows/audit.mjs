import { execFileSync } from 'node:child_process';

import { root } from '../../package/pack.mjs';
import { counted, jest } from '../command.mjs';

export const name = 'npm audit --omit=dev';

/** What npm says, and why: that nothing is there to audit is a test of its own. */
export async function check() {
	const answer = execFileSync('npm', ['audit', '--omit=dev', '--json'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const { metadata } = JSON.parse(answer);
	const tests = await jest([
		...['--selectProjects', 'unit', '--', 'test/repository/rules/dependencies'],
	]);
	return {
		found: `${metadata.vulnerabilities.total} vulnerabilities; no dependency at run time (tests: ${counted(tests)})`,
		problems: [
			...(metadata.vulnerabilities.total === 0 ? [] : [JSON.stringify(metadata.vulnerabilities)]),
			...tests.problems,
		],
	};
}
