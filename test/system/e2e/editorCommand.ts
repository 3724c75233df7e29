/**
 * `npm run editor` as a person runs it in a terminal: with all that it starts in one process group,
 * which Ctrl-C reaches as a whole.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(__dirname, '../../..');
const UP = 'Ctrl-C stops everything.';
const START_TIMEOUT = 200_000;
/** More than n8n is given to end by itself. */
const STOP_TIMEOUT = 40_000;
const POLL_INTERVAL = 100;

export interface RunningEditor {
	url: string;
	owner: { email: string; password: string };
	emulatorUrl: string;
	/** Everything it has printed so far. */
	output: () => string;
	/** Ctrl-C. @returns the exit status */
	interrupt: () => Promise<number | null>;
	/** Whether any process of it is still there. */
	alive: () => boolean;
}

export interface Ended {
	status: number | null;
	stdout: string;
	stderr: string;
}

/** Anything that an npm or jest around it left in the environment is taken out. */
function environment(temporary: string): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|JEST_)/.test(name));
	return { ...Object.fromEntries(own), NODE_ENV: undefined, TMPDIR: temporary };
}

/** `npm run editor`, or only what it runs after the build. */
export type Command = 'npm' | 'built';

function launch(command: Command, args: string[], temporary: string): ChildProcess {
	const line =
		command === 'npm'
			? ['npm', 'run', '--silent', 'editor', '--']
			: [process.execPath, '--import', 'tsx', 'dev/n8n/start.ts'];
	const [program = '', ...before] = line;
	return spawn(program, [...before, ...args], {
		cwd: ROOT,
		env: environment(temporary),
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

/** Runs it to its own end, as wrong arguments bring it about. */
export async function runEditor(args: string[], temporary: string): Promise<Ended> {
	const child = launch('built', args, temporary);
	const ended: Ended = { status: null, stdout: '', stderr: '' };
	child.stdout?.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
	ended.status = await new Promise((resolve) => child.once('close', resolve));
	return ended;
}

/**
 * Starts it, and waits until it says where to look.
 *
 * @param temporary where its temporary folders go
 * @throws Error with what it printed when it ends before
 */
export async function startEditor(
	command: Command,
	args: string[],
	temporary: string,
): Promise<RunningEditor> {
	const deadline = Date.now() + START_TIMEOUT;
	const child = launch(command, args, temporary);
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	let status: number | null | undefined;
	const end = new Promise<number | null>((resolve) => child.once('close', resolve));
	void end.then((code) => (status = code));
	const group = child.pid ?? 0;
	const signal = (name: NodeJS.Signals | 0): boolean => {
		try {
			return process.kill(-group, name);
		} catch {
			return false;
		}
	};
	while (!output.includes(UP)) {
		if (status !== undefined) throw new Error(`It ended with ${status}:\n${output}`);
		if (Date.now() > deadline) {
			signal('SIGKILL');
			throw new Error(`It is not up:\n${output}`);
		}
		await wait(POLL_INTERVAL);
	}
	const found = (pattern: RegExp): string[] => {
		const match = pattern.exec(output);
		if (match === null) throw new Error(`It does not say ${pattern}:\n${output}`);
		return match.slice(1);
	};
	const [url = ''] = found(/^ {2}n8n +(http:\S+)$/m);
	const [email = '', password = ''] = found(/^ {2}sign in +(\S+) +(\S+)$/m);
	const [emulatorUrl = ''] = found(/^ {2}emulator's page +(http:\S+)$/m);
	return {
		url,
		owner: { email, password },
		emulatorUrl,
		output: () => output,
		alive: () => signal(0),
		interrupt: async () => {
			signal('SIGINT');
			const code = await end;
			// npm may be gone before what it ran.
			const deadline = Date.now() + STOP_TIMEOUT;
			while (signal(0) && Date.now() < deadline) await wait(POLL_INTERVAL);
			return code;
		},
	};
}
