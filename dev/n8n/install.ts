/**
 * Brings n8n itself, each version into a folder of the user's cache, and Node.js 24, which both majors
 * need. What was cut off is brought again (npm keeps what it had downloaded).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { cached } from './cacheFolder';
import { INSTALLS, installFolder, n8nVersion, type Major } from './n8nVersions';

/** n8n 2.41 asks for it, and a native module of n8n 1.123 has no build for Node.js 20. */
const NODE_MAJOR = 24;
const CLEAN_INSTALL = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
/** Where sqlite3 is compiled: a test database does not need the two minutes that -O3 takes longer. */
const COMPILER = { CFLAGS: '-O1', CXXFLAGS: '-O1', JOBS: 'max' };
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
 * n8n of this major, ready to run. The first time it downloads 1.4 GB (1.x) or 2.2 GB (2.x) into the
 * user's cache folder, and compiles where no prebuilt binary is to be had; any clone finds it there.
 *
 * @param signal stops npm; the next call begins again, with what npm had downloaded
 * @throws Error when npm can't install it: npm's own words are in the message
 */
export async function installN8n(
	major: Major,
	progress: Progress,
	signal?: AbortSignal,
): Promise<InstalledN8n> {
	const npm: Npm = (args, cwd, node) => runNpm(args, cwd, node, signal);
	const node = await installNode(progress, npm);
	const version = n8nVersion(major);
	const target = cacheOf(installFolder(major), `n8n-${version}`);
	if (!existsSync(target)) {
		progress(
			`n8n ${version} is not on this machine yet. Bringing it takes some five minutes and 2 GB, once: into ${target}`,
		);
		await filled(target, async (work) => {
			await bringN8n(major, work, node, progress, npm);
		});
	}
	return { major, version, node, bin: join(target, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** Downloads n8n; beside it, compiles the one module that takes long to compile. */
async function bringN8n(
	major: Major,
	work: string,
	node: string,
	progress: Progress,
	npm: Npm,
): Promise<void> {
	const compiled = join(work, 'compiled');
	copyInstall(installFolder(major), work);
	copyInstall(join(INSTALLS, 'sqlite3'), compiled);
	await Promise.all([
		timed(`n8n ${n8nVersion(major)}: download and install`, progress, () =>
			npm(CLEAN_INSTALL, work, node),
		),
		timed('sqlite3, which n8n stores in: download, or compile', progress, async () => {
			await npm(CLEAN_INSTALL, compiled, node);
			await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], compiled, node);
		}),
	]);
	cpSync(join(compiled, 'node_modules/sqlite3/build'), join(work, 'node_modules/sqlite3/build'), {
		recursive: true,
	});
	rmSync(compiled, { recursive: true, force: true });
	await timed('isolated-vm: unpack, or compile', progress, () =>
		npm(['rebuild', 'isolated-vm', '--ignore-scripts=false'], work, node),
	);
}

/** The system's Node.js where it is new enough, else one of the cache. */
async function installNode(progress: Progress, npm: Npm): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) === NODE_MAJOR) return process.execPath;
	const folder = join(INSTALLS, `node-${NODE_MAJOR}`);
	const target = cacheOf(folder, `node-${NODE_MAJOR}`);
	if (!existsSync(target)) {
		await filled(target, async (work) => {
			copyInstall(folder, work);
			await timed(`Node.js ${NODE_MAJOR}, which n8n needs: download`, progress, () =>
				npm(CLEAN_INSTALL, work, process.execPath),
			);
		});
	}
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(target, 'node_modules', 'node', 'bin', binary);
}

const copyInstall = (from: string, to: string) => {
	mkdirSync(to, { recursive: true });
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		cpSync(join(from, file), join(to, file));
	}
};

/** Another lock file, or another kind of machine, is another folder. */
function cacheOf(install: string, name: string): string {
	const of = `${stampOf(join(install, 'package-lock.json'))} ${process.platform} ${process.arch}`;
	return cached(`${name}-${createHash('sha256').update(of).digest('hex').slice(0, 12)}`);
}

/** A folder is there when all of it is: it gets its name last, and what was cut off is removed. */
async function filled(target: string, fill: (work: string) => Promise<void>): Promise<void> {
	mkdirSync(dirname(target), { recursive: true });
	const work = mkdtempSync(`${target}-`);
	try {
		await fill(work);
		// Another process may have been as quick.
		if (!existsSync(target)) renameSync(work, target);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

function stampOf(file: string): string {
	return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function timed(what: string, progress: Progress, work: () => Promise<void>): Promise<void> {
	const started = Date.now();
	const elapsed = () => `${Math.round((Date.now() - started) / SECOND)} s`;
	progress(`${what} …`);
	const pulse = setInterval(() => progress(`  … ${what}: ${elapsed()}`), 30 * SECOND);
	try {
		await work();
	} finally {
		clearInterval(pulse);
	}
	progress(`  ${what}: done in ${elapsed()}`);
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
		env: {
			...environmentWithoutNpm(),
			...COMPILER,
			PATH: args[0] === 'rebuild' ? path : process.env.PATH,
		},
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
