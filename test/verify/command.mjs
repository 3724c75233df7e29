/** Runs a script of this package without a shell, and answers with what it printed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { root } from '../package/pack.mjs';

export { root };

/** @returns its exit status, and what it wrote to stdout and stderr */
export async function run(args, { env = {}, cwd = root } = {}) {
	const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
	const written = { stdout: '', stderr: '' };
	for (const stream of ['stdout', 'stderr']) {
		child[stream].setEncoding('utf8').on('data', (text) => (written[stream] += text));
	}
	const status = await new Promise((resolve, reject) => {
		child.on('error', reject).on('close', resolve);
	});
	return { status, ...written };
}

/**
 * Runs jest.
 *
 * @param args e.g. the project and the files
 * @returns how many tests passed, and a line for each that did not
 */
export async function jest(args, env = {}) {
	const folder = mkdtempSync(path.join(tmpdir(), 'verify-'));
	const report = path.join(folder, 'report.json');
	try {
		const bin = path.join(root, 'node_modules/jest/bin/jest.js');
		// Patient: what counts here is whether a test passes, on a busy machine too.
		const always = ['--forceExit', '--maxWorkers=2', '--testTimeout=60000'];
		const output = ['--json', `--outputFile=${report}`];
		const { stderr } = await run([bin, ...always, ...output, ...args], { env });
		let result;
		try {
			result = JSON.parse(readFileSync(report, 'utf8'));
		} catch {
			return { passed: 0, problems: [`jest did not run: ${stderr.slice(-2000)}`] };
		}
		const problems = result.testResults.flatMap(({ name, message, assertionResults }) => [
			...assertionResults
				.filter(({ status }) => status !== 'passed')
				.map(({ status, fullName }) => `${path.relative(root, name)}: ${fullName} (${status})`),
			...(assertionResults.length === 0 ? [`${path.relative(root, name)}: ${message}`] : []),
		]);
		if (result.numTotalTests === 0) problems.push('jest found no tests');
		return { passed: result.numPassedTests, problems };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
