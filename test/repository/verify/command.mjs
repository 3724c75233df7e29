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
 * @returns how many tests passed, the names of those that did not, and a line of each with its file
 */
export async function jest(args, env = {}) {
	const folder = mkdtempSync(path.join(tmpdir(), 'verify-'));
	const report = path.join(folder, 'report.json');
	try {
		const bin = path.join(root, 'node_modules/jest/bin/jest.js');
		const always = ['--forceExit', '--maxWorkers=2'];
		const output = ['--json', `--outputFile=${report}`];
		const { stderr } = await run([bin, ...always, ...output, ...args], { env });
		let result;
		try {
			result = JSON.parse(readFileSync(report, 'utf8'));
		} catch {
			return {
				passed: 0,
				failed: ['jest'],
				problems: [`jest did not run: ${stderr.slice(-2000)}`],
			};
		}
		const notPassed = result.testResults.flatMap(({ name: file, message, assertionResults }) => {
			const name = path.relative(root, file);
			if (assertionResults.length === 0) return [{ name, problem: `${name}: ${message}` }];
			return assertionResults
				.filter(({ status }) => status !== 'passed')
				.map(({ status, fullName }) => ({
					name: fullName,
					problem: `${name}: ${fullName} (${status})`,
				}));
		});
		if (result.numTotalTests === 0)
			notPassed.push({ name: 'jest', problem: 'jest found no tests' });
		return {
			passed: result.numPassedTests,
			failed: notPassed.map(({ name }) => name),
			problems: notPassed.map(({ problem }) => problem),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** e.g. `389 passed`, or `387 passed, 2 FAILED: a customer is confirmed, an answer is late` */
export function counted({ passed, failed }, of = '') {
	const found = `${passed}${of} passed`;
	return failed.length === 0 ? found : `${found}, ${failed.length} FAILED: ${failed.join(', ')}`;
}
