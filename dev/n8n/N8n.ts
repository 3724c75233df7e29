/**
 * One n8n with a user folder of its own: its database, its key, the package inside, and nothing of
 * an n8n that the machine may have.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';

import type { InstalledN8n } from './install';
import type { Tarball } from './packTarball';

const START_TIMEOUT = 180_000;
const STOP_TIMEOUT = 20_000;
const POLL_INTERVAL = 250;

/** Nothing that calls home, and n8n's advice on settings that a server of hours does not need. */
const QUIET: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_RUNNERS_ENABLED: 'true',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_GIT_NODE_DISABLE_BARE_REPOS: 'true',
	N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
	DB_SQLITE_POOL_SIZE: '4',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	GENERIC_TIMEZONE: 'Europe/Amsterdam',
	NO_COLOR: '1',
};

export interface Finished {
	code: number | null;
	stdout: string;
	stderr: string;
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No port is free');
	return address.port;
}

export class N8n {
	private readonly running = new Set<N8nProcess>();
	private readonly commands = new Set<ChildProcess>();

	/**
	 * @param folder the user folder (n8n's N8N_USER_FOLDER); made when absent
	 * @param environment further variables of n8n, over the quiet ones
	 */
	constructor(
		readonly installed: InstalledN8n,
		readonly folder: string,
		private readonly environment: NodeJS.ProcessEnv = {},
	) {
		mkdirSync(this.nodesFolder, { recursive: true });
		mkdirSync(this.temporaryFolder, { recursive: true });
		const manifest = join(this.nodesFolder, 'package.json');
		if (!existsSync(manifest))
			writeFileSync(manifest, '{ "name": "installed-nodes", "private": true, "dependencies": {} }');
	}

	/** Uploads and the like: n8n leaves them where the system says, and here they go with the rest. */
	private get temporaryFolder(): string {
		return join(this.folder, 'tmp');
	}

	/** Where n8n looks for community packages. */
	get nodesFolder(): string {
		return join(this.folder, '.n8n', 'nodes');
	}

	/**
	 * Installs a packed package with the steps of n8n's own installer: unpack, drop all but the
	 * run-time dependencies, npm install of those without scripts, and note it in the manifest.
	 */
	installPackage({ name, file }: Tarball): void {
		const target = join(this.nodesFolder, 'node_modules', name);
		execFileSync('rm', ['-rf', target]);
		mkdirSync(target, { recursive: true });
		execFileSync('tar', ['-xzf', file, '-C', target, '--strip-components=1']);
		const manifest = readManifest(join(target, 'package.json'));
		for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
			manifest[key] = undefined;
		}
		writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
		const options = ['--audit=false', '--fund=false', '--bin-links=false', '--package-lock=false'];
		execFileSync(
			'npm',
			[
				'install',
				...options,
				'--install-strategy=shallow',
				'--ignore-scripts=true',
				'--loglevel=error',
			],
			{ cwd: target, stdio: 'pipe' },
		);
		const list = join(this.nodesFolder, 'package.json');
		const installed = readManifest(list);
		installed.dependencies = { ...dependenciesOf(installed), [name]: String(manifest.version) };
		writeFileSync(list, JSON.stringify(installed, null, 2));
	}

	/** Runs one of n8n's commands to its end, e.g. `['import:workflow', '--input=w.json']`. */
	async command(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
		const child = await this.spawn(args, environment);
		this.commands.add(child);
		child.once('close', () => this.commands.delete(child));
		const [code, stdout, stderr] = await Promise.all([
			new Promise<number | null>((resolve, reject) => {
				child.once('error', reject);
				child.once('close', resolve);
			}),
			collect(child.stdout),
			collect(child.stderr),
		]);
		return { code, stdout, stderr };
	}

	/** As `command`, and @throws Error with n8n's own words when it ends with anything but 0. */
	async succeed(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
		const { code, stdout, stderr } = await this.command(args, environment);
		if (code !== 0) {
			throw new Error(`n8n ${args[0]} ended with ${code}:\n${stdout}\n${stderr}`.trim());
		}
		return stdout;
	}

	/**
	 * Starts a process of n8n that stays: `start`, `worker` or `webhook`; resolves when it says it is
	 * ready (`/healthz/readiness`, and for `start` the editor's own page).
	 */
	async start(
		role: 'start' | 'worker' | 'webhook' = 'start',
		environment: NodeJS.ProcessEnv = {},
		port?: number,
	): Promise<N8nProcess> {
		const listens = port ?? (await freePort());
		const url = `http://localhost:${listens}`;
		const ports =
			role === 'worker'
				? { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(listens) }
				: { N8N_PORT: String(listens), N8N_EDITOR_BASE_URL: url, WEBHOOK_URL: `${url}/` };
		const child = await this.spawn([role], { ...ports, ...environment });
		const started = new N8nProcess(child, url, () => this.running.delete(started));
		this.running.add(started);
		await started.ready(role === 'start' ? ['/healthz/readiness', '/signin'] : ['/healthz']);
		return started;
	}

	/** Ends every process that is still running, commands included. */
	async stopAll(): Promise<void> {
		for (const child of this.commands) child.kill('SIGKILL');
		await Promise.all([...this.running].map((started) => started.stop()));
	}

	private async spawn(args: string[], environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
		return spawn(this.installed.node, [this.installed.bin, ...args], {
			cwd: this.folder,
			env: {
				...inherited(),
				// n8n starts its task runner with the `node` that it finds there.
				PATH: `${dirname(this.installed.node)}${delimiter}${process.env.PATH ?? ''}`,
				...QUIET,
				N8N_USER_FOLDER: this.folder,
				TMPDIR: this.temporaryFolder,
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				...this.environment,
				...environment,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	}
}

/** A process of n8n that runs until it is stopped. */
export class N8nProcess {
	private output = '';
	private ended: Promise<void>;
	private exit?: string;

	constructor(
		private readonly child: ChildProcess,
		/** `http://localhost:port`; the health check of a worker, the server of the others. */
		readonly url: string,
		onEnd: () => void,
	) {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		}
		this.ended = new Promise((resolve) => {
			child.once('error', (error) => {
				this.exit = error.message;
				resolve();
			});
			child.once('exit', (code, signal) => {
				this.exit = `exit ${code ?? signal}`;
				onEnd();
				resolve();
			});
		});
	}

	/** Everything it has written so far. */
	get log(): string {
		return this.output;
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	/** @throws Error with the last lines it wrote when it ends first, or takes minutes */
	async ready(paths: string[]): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT;
		for (const path of paths) {
			while (!(await answers(`${this.url}${path}`))) {
				if (this.exit !== undefined)
					throw new Error(`n8n ended (${this.exit}):\n${this.lastLines()}`);
				if (Date.now() > deadline) throw new Error(`n8n is not up yet:\n${this.lastLines()}`);
				await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
			}
		}
	}

	/** As Ctrl-C does; what does not end by itself is killed. */
	async stop(): Promise<void> {
		if (this.exit !== undefined) return;
		this.child.kill('SIGTERM');
		const killer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT);
		await this.ended;
		clearTimeout(killer);
	}

	/** As a crash of the machine does: no time to finish anything. */
	async kill(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.ended;
	}

	private lastLines(): string {
		return this.output.split('\n').slice(-30).join('\n');
	}
}

/** The variables of an n8n or npm around it would reach the n8n inside. */
function inherited(): NodeJS.ProcessEnv {
	const foreign = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|CREDENTIALS_|WEBHOOK_|NODE_|npm_|JEST_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { redirect: 'manual' })).status === 200;
	} catch {
		return false;
	}
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<string> {
	let text = '';
	for await (const chunk of stream ?? []) text += chunk.toString();
	return text;
}

const manifestSchema = z.record(z.unknown());

function readManifest(file: string): Record<string, unknown> {
	return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function dependenciesOf(manifest: Record<string, unknown>): Record<string, unknown> {
	const parsed = manifestSchema.safeParse(manifest.dependencies);
	return parsed.success ? parsed.data : {};
}
