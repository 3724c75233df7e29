/** `npm start` as a child process, the way a person runs it; the build is there already. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

export interface Ended {
	status: number | null;
	stdout: string;
	stderr: string;
}

export interface Surroundings {
	/** Where npm was called; paths that a person types start there. Default: the package's folder. */
	from?: string;
	/** Environment variables over this process's own; undefined takes one away. */
	env?: Record<string, string | undefined>;
	/** Node's own options, before the script. */
	nodeOptions?: string[];
}

/** What npm and jest leave behind in the environment, and a person's terminal does not have. */
const NOT_A_PERSONS = { NODE_ENV: undefined, JEST_WORKER_ID: undefined, FORCE_COLOR: undefined };

export function start(argv: string[], { from, env, nodeOptions = [] }: Surroundings = {}) {
	return new Promise<Ended>((resolve, reject) => {
		const child = spawn(
			process.execPath,
			['--import', 'tsx', ...nodeOptions, 'dev/demo/start.ts', ...argv],
			{
				cwd: ROOT,
				env: { ...process.env, ...NOT_A_PERSONS, INIT_CWD: from ?? ROOT, ...env },
				stdio: ['ignore', 'pipe', 'pipe'],
			},
		);
		const ended: Ended = { status: null, stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
		child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
		child.once('error', reject);
		child.once('close', (status) => resolve({ ...ended, status }));
	});
}

export interface Row {
	customer: string;
	branch: string;
	detail: string;
	requestId: string;
}

/** The table in a run's output, its wrapped lines joined again. */
export function rowsOf(stdout: string): Row[] {
	// Of Confirm, the item's number stands before the customer.
	const before = /^│ Item +│/m.test(stdout) ? 1 : 0;
	const [, ...blocks] = stdout.split(/^[├└].*$/m);
	return blocks
		.map((block) => block.split('\n').filter((line) => line.startsWith('│')))
		.filter((lines) => lines.length > 0)
		.map((lines) => {
			const cells = lines.map((line) => line.split('│').map((cell) => cell.trim()));
			const column = (index: number) =>
				cells
					.map((line) => line[index] ?? '')
					.join(' ')
					.trim();
			return {
				customer: column(before + 1),
				branch: column(before + 2),
				detail: column(before + 3),
				requestId: column(before + 4),
			};
		});
}
