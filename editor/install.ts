// Brings n8n itself, each major in a folder of its own, and Node.js 24, which both need. Every step
// leaves a stamp when it is done: the next start skips it, and one that was cut off is done again
// (npm keeps what it had downloaded).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { INSTALLS, installFolder, n8nVersion, type Major } from './n8nVersions';

/** n8n 2.41 asks for it, and a native module of n8n 1.123 has no build for Node.js 20. */
const NODE_MAJOR = 24;
/** Modules of n8n that have to be built, or unpacked, for the machine; nothing else runs a script. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];
const SECOND = 1000;

export interface InstalledN8n {
	major: Major;
	version: string;
	/** The Node.js that runs it. */
	node: string;
	/** n8n's command-line program, to be run by `node`. */
	bin: string;
}

type Npm = (args: string[], cwd: string, node: string) => Promise<void>;

/** Told what is done now, and how long it took: one line each. */
export type Progress = (line: string) => void;

/**
 * n8n of this major, ready to run. The first time it downloads 1.4 GB (1.x) or 2.2 GB (2.x) and
 * compiles where no prebuilt binary is to be had; later it only looks at the stamps.
 *
 * @param signal stops npm; the next call goes on from the last step that was done
 * @throws Error when npm can't install it: npm's own words are in the message
 */
export async function installN8n(
	major: Major,
	progress: Progress,
	signal?: AbortSignal,
): Promise<InstalledN8n> {
	const npm: Npm = (args, cwd, node) => runNpm(args, cwd, node, signal);
	const node = await installNode(progress, npm);
	const folder = installFolder(major);
	const version = n8nVersion(major);
	const lock = stampOf(join(folder, 'package-lock.json'));
	const modules = join(folder, 'node_modules');

	await once(join(modules, '.installed'), lock, async () => {
		await timed(`n8n ${version}: download and install (some minutes, about 2 GB)`, progress, () =>
			npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder, node),
		);
	});
	await once(join(modules, '.rebuilt'), `${lock} for Node.js ${NODE_MAJOR}`, async () => {
		await timed(`n8n ${version}: build ${NATIVE_MODULES.join(' and ')}`, progress, () =>
			npm(['rebuild', ...NATIVE_MODULES, '--ignore-scripts=false'], folder, node),
		);
	});
	return { major, version, node, bin: join(modules, 'n8n', 'bin', 'n8n') };
}

/** The system's Node.js where it is new enough, else one in a folder of this package. */
async function installNode(progress: Progress, npm: Npm): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) === NODE_MAJOR) return process.execPath;
	const folder = join(INSTALLS, 'node-24');
	const modules = join(folder, 'node_modules');
	await once(join(modules, '.installed'), stampOf(join(folder, 'package-lock.json')), async () => {
		await timed(`Node.js ${NODE_MAJOR}, which n8n needs: download`, progress, () =>
			npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder, process.execPath),
		);
	});
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(modules, 'node', 'bin', binary);
}

function stampOf(file: string): string {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function once(stampFile: string, stamp: string, work: () => Promise<void>): Promise<void> {
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
	rmSync(stampFile, { force: true });
	await work();
	writeFileSync(stampFile, stamp);
}

async function timed(what: string, progress: Progress, work: () => Promise<void>): Promise<void> {
	const started = Date.now();
	const elapsed = () => `${Math.round((Date.now() - started) / SECOND)} s`;
	progress(`${what} …`);
	const pulse = setInterval(() => progress(`  … ${elapsed()}`), 30 * SECOND);
	try {
		await work();
	} finally {
		clearInterval(pulse);
	}
	progress(`  done in ${elapsed()}`);
}

/** npm of the system, with scripts run by the Node.js that will run n8n. */
async function runNpm(
	args: string[],
	cwd: string,
	node: string,
	signal?: AbortSignal,
): Promise<void> {
	const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
	const child = spawn('npm', args, {
		cwd,
		env: { ...environmentWithoutNpm(), PATH: args[0] === 'rebuild' ? path : process.env.PATH },
		stdio: ['ignore', 'pipe', 'pipe'],
		...(signal === undefined ? {} : { signal }),
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
	if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${output.trim()}`);
}

/**
 * What `npm run` sets for its scripts would be taken as settings of the npm inside: this package's
 * .npmrc, for instance, instead of the one in the folder.
 */
function environmentWithoutNpm(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_(config_(ignore_scripts|local_prefix|legacy_peer_deps)|package_|lifecycle_)/i.test(
				name,
			),
	);
	return Object.fromEntries(inherited);
}
