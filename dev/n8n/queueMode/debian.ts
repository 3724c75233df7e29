/**
 * Redis and PostgreSQL from Debian's packages: found where they are, installed where they are not.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Binaries {
	redisServer: string;
	/** The folder with `initdb` and `postgres`, which Debian keeps off the PATH. */
	postgres: string;
}

const PACKAGES = { redisServer: 'redis-server', postgres: 'postgresql' } as const;
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/**
 * @param wanted which of the two are needed
 * @throws Error that says what to install, where this can't do it
 */
export function findOrInstall(
	wanted: (keyof Binaries)[],
	progress: (line: string) => void,
): Partial<Binaries> {
	const absent = wanted.filter((name) => find(name) === undefined);
	if (absent.length > 0) {
		install(
			absent.map((name) => PACKAGES[name]),
			progress,
		);
	}
	const found = Object.fromEntries(wanted.map((name) => [name, find(name)]));
	const missing = wanted.filter((name) => found[name] === undefined);
	if (missing.length > 0) throw new Error(advice(missing.map((name) => PACKAGES[name])));
	return found;
}

function find(name: keyof Binaries): string | undefined {
	return name === 'redisServer' ? onPath('redis-server') : newestPostgres();
}

function newestPostgres(): string | undefined {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newest = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN_POSTGRES, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
	if (newest !== undefined) return newest;
	const initdb = onPath('initdb');
	return initdb === undefined ? undefined : join(initdb, '../..');
}

function onPath(program: string): string | undefined {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, program))
		.find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function install(packages: string[], progress: (line: string) => void): void {
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const canBeRoot =
		asRoot.length === 0 || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
	if (onPath('apt-get') === undefined || !canBeRoot) throw new Error(advice(packages));
	progress(`Installing ${packages.join(' and ')} with apt …`);
	// At this run level Debian starts no service for a package that it installs.
	const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', '-qq', '-y'];
	for (const step of [['update'], ['install', '--no-install-recommends', ...packages]]) {
		const [program = 'env', ...args] = [...asRoot, ...quietly, ...step];
		execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
	}
}

function advice(packages: string[]): string {
	return (
		`This needs ${packages.join(' and ')}. Install with: sudo apt-get install ${packages.join(' ')}\n` +
		'or name servers that are there: QUEUE_REDIS_URL=redis://… QUEUE_DATABASE_URL=postgres://…'
	);
}
