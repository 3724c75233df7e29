/** One layer of `npm test`: runs it, counts its tests, and says what of it did not pass. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';

import type { Layer } from './layers';

export const ROOT = join(__dirname, '../..');

export interface Outcome {
	passed: number;
	failed: number;
	skipped: number;
	seconds: number;
	/** What it wrote about what did not pass. */
	said: string;
	/** What to type to run just that again. */
	again: string;
}

export interface RunningLayer {
	layer: Layer;
	startedAt: number;
	outcome: Promise<Outcome>;
	stop(): void;
}

const reportSchema = z.object({
	numPassedTests: z.number(),
	numFailedTests: z.number(),
	numPendingTests: z.number(),
	numTodoTests: z.number(),
	numRuntimeErrorTestSuites: z.number(),
	testResults: z.array(z.object({ name: z.string(), status: z.string(), message: z.string() })),
});

/**
 * Starts a layer.
 *
 * @param folder for its report
 * @param jestOptions of all jest layers, e.g. `--randomize`
 */
export function startLayer(layer: Layer, folder: string, jestOptions: string): RunningLayer {
	const isJest = layer.command.startsWith('jest ');
	const report = join(folder, `${layer.name}.json`);
	const typed = isJest
		? `${layer.command} --json --outputFile="${report}"${jestOptions}`
		: layer.command;
	const startedAt = performance.now();
	const child = spawn(typed, {
		cwd: ROOT,
		shell: true,
		// A group of its own: what it started ends with it.
		detached: process.platform !== 'win32',
		// jest's JSON goes to the report; its words are in there.
		stdio: ['ignore', isJest ? 'ignore' : 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const outcome = new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	}).then((status) => {
		const seconds = (performance.now() - startedAt) / 1000;
		const found = isJest ? ofJest(layer, report, status, output) : ofCommand(layer, status, output);
		return { ...found, seconds };
	});
	return { layer, startedAt, outcome, stop: () => stopGroup(child) };
}

type Found = Omit<Outcome, 'seconds'>;

function ofJest({ name }: Layer, report: string, status: number | null, output: string): Found {
	const read = reportSchema.safeParse(readJson(report));
	const again = `npx jest --selectProjects ${name} --forceExit --`;
	if (!read.success) {
		return { passed: 0, failed: 1, skipped: 0, said: output, again };
	}
	const { data } = read;
	const broken = data.testResults.filter((one) => one.status !== 'passed' && one.message !== '');
	const files = broken.map((one) => relative(ROOT, one.name));
	const failed = data.numFailedTests + data.numRuntimeErrorTestSuites;
	return {
		passed: data.numPassedTests,
		// jest's own word counts, should it be dissatisfied for another reason.
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped: data.numPendingTests + data.numTodoTests,
		said: broken.map((one, index) => `${files[index] ?? ''}\n${one.message}`).join('\n') || output,
		again: `${again} ${files.join(' ')}`,
	};
}

function readJson(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** Of what is no test runner, lines of the form `pass  …` and `FAIL  …` count, else the whole as one. */
function ofCommand({ command }: Layer, status: number | null, output: string): Found {
	const count = (word: string) => output.match(new RegExp(`^${word}  `, 'gm'))?.length ?? 0;
	const [passed, failed] = [count('pass'), count('FAIL')];
	const isFine = status === 0;
	return {
		passed: passed + failed === 0 && isFine ? 1 : passed,
		failed: failed === 0 && !isFine ? 1 : failed,
		skipped: 0,
		said: output,
		again: command.startsWith('npm ') ? command.replace(' --silent', '') : `npx ${command}`,
	};
}

function stopGroup(child: ChildProcess): void {
	try {
		if (process.platform === 'win32' || child.pid === undefined) child.kill();
		else process.kill(-child.pid, 'SIGTERM');
	} catch {
		// It has ended.
	}
}
