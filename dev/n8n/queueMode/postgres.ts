/** n8n's database: a PostgreSQL of the test's own, or the one that QUEUE_DATABASE_URL names. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';

import { freePort } from '../N8n';
import { endOf, until } from '../waiting';

const START_TIMEOUT = 30_000;
const USER = 'n8n';
/** Not the default name, so that the tables of an n8n that is there are left alone. */
const SCHEMA = `partner_center_queue_${randomBytes(4).toString('hex')}`;
/** A database that is thrown away has nothing to lose in a power cut. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export interface Database {
	/** What n8n is told of it. */
	environment: NodeJS.ProcessEnv;
	/** Sees n8n's tables without a schema's name. */
	pool: Pool;
	stop(): Promise<void>;
}

/** Makes a database in a temporary folder and serves it on a free port; it ends with `stop`. */
export async function startPostgres(binaries: string): Promise<Database> {
	const folder = mkdtempSync(join(tmpdir(), 'partner-center-postgres-'));
	const account = unprivileged();
	if (account !== undefined) chownSync(folder, account.uid, account.gid);
	const url = new URL(`postgres://${USER}@127.0.0.1:${await freePort()}/postgres`);
	url.password = randomBytes(12).toString('hex');
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, url.password, { mode: 0o600 });
	if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
	const data = join(folder, 'data');
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		execFileSync(
			join(binaries, 'initdb'),
			[
				...['-D', data, '-U', USER, '--pwfile', passwordFile, '--auth=scram-sha-256'],
				...['--encoding=UTF8', '--locale=C', '--no-sync'],
			],
			{ stdio: 'pipe', cwd: folder, ...account },
		);
	} catch (error) {
		remove();
		throw error;
	}
	const settings = ['listen_addresses=127.0.0.1', `port=${url.port}`, 'unix_socket_directories='];
	const child = spawn(
		join(binaries, 'postgres'),
		['-D', data, ...[...settings, ...FAST].flatMap((setting) => ['-c', setting])],
		{ stdio: 'ignore', cwd: folder, detached: true, ...account },
	);
	const ended = endOf(child);
	let database: Database | undefined;
	const stop = async () => {
		await database?.pool.end();
		// "Immediate": does not wait for anybody, and takes its own children along.
		child.kill('SIGQUIT');
		await ended;
		remove();
	};
	try {
		database = await open(url, START_TIMEOUT);
	} catch (error) {
		await stop();
		throw error;
	}
	return { ...database, stop };
}

/** A database of somebody else: the test's tables go into a schema of their own, which is dropped. */
export async function usePostgres(given: string): Promise<Database> {
	const database = await open(new URL(given), 0);
	return {
		...database,
		stop: async () => {
			await database.pool.query(`DROP SCHEMA ${SCHEMA} CASCADE`);
			await database.pool.end();
		},
	};
}

async function open(url: URL, timeout: number): Promise<Database> {
	const pool = new Pool({
		connectionString: url.href,
		options: `-c search_path=${SCHEMA}`,
		max: 2,
	});
	// A connection that is cut when the server stops is nobody's concern.
	pool.on('error', () => undefined);
	let refusal: unknown;
	const isUp = async () => {
		try {
			await pool.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
			return true;
		} catch (error) {
			refusal = error;
			return false;
		}
	};
	try {
		await until('PostgreSQL takes connections', isUp, { timeout, every: 100 });
	} catch {
		await pool.end();
		throw new Error(`PostgreSQL at ${url.host} can't be used: ${String(refusal)}`);
	}
	return {
		pool,
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: url.hostname,
			DB_POSTGRESDB_PORT: url.port || '5432',
			DB_POSTGRESDB_DATABASE: decodeURIComponent(url.pathname.slice(1)),
			DB_POSTGRESDB_USER: decodeURIComponent(url.username),
			DB_POSTGRESDB_PASSWORD: decodeURIComponent(url.password),
			DB_POSTGRESDB_SCHEMA: SCHEMA,
		},
		stop: () => pool.end(),
	};
}

/** PostgreSQL does not run as root: then as the user that its package made, or as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	for (const user of ['postgres', 'nobody']) {
		try {
			const idOf = (kind: string) =>
				Number(execFileSync('id', [kind, user], { stdio: 'pipe', encoding: 'utf8' }));
			return { uid: idOf('-u'), gid: idOf('-g') };
		} catch {
			continue;
		}
	}
	throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody"');
}
