/** The queue: a Redis of the test's own, or the one that QUEUE_REDIS_URL names. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../N8n';
import { endOf, until } from '../waiting';

const START_TIMEOUT = 15_000;

export interface Redis {
	/** What n8n is told of it. */
	environment: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

/** Starts Redis with nothing kept on disk; it ends with `stop`. */
export async function startRedis(redisServer: string): Promise<Redis> {
	const folder = mkdtempSync(join(tmpdir(), 'partner-center-redis-'));
	const url = new URL(`redis://127.0.0.1:${await freePort()}`);
	url.password = randomBytes(12).toString('hex');
	// The settings go in by stdin: a password on the command line can be read by everybody.
	const child = spawn(redisServer, ['-'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
	const ended = endOf(child);
	child.stdin.end(
		[
			'bind 127.0.0.1',
			`port ${url.port}`,
			`requirepass ${url.password}`,
			`dir ${folder}`,
			'save ""',
			'appendonly no',
		].join('\n'),
	);
	const stop = async () => {
		child.kill('SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await until('Redis answers', () => answersPing(url), { timeout: START_TIMEOUT, every: 50 });
	} catch (error) {
		await stop();
		throw error;
	}
	return { environment: environmentOf(url, 'bull'), stop };
}

/** A Redis of somebody else: the test's keys have a prefix of their own and are removed at the end. */
export async function useRedis(given: string): Promise<Redis> {
	const url = new URL(given);
	if (!(await answersPing(url))) throw new Error(`No Redis answers at ${url.host}`);
	const prefix = `partner-center-queue-${randomBytes(4).toString('hex')}`;
	const removeKeys =
		"for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end";
	return {
		environment: environmentOf(url, prefix),
		stop: async () => {
			await command(url, ['EVAL', removeKeys, '0', `{${prefix}*`]);
			await command(url, ['EVAL', removeKeys, '0', `${prefix}*`]);
		},
	};
}

function environmentOf(url: URL, prefix: string): NodeJS.ProcessEnv {
	return {
		QUEUE_BULL_REDIS_HOST: url.hostname,
		QUEUE_BULL_REDIS_PORT: url.port || '6379',
		QUEUE_BULL_REDIS_USERNAME: decodeURIComponent(url.username),
		QUEUE_BULL_REDIS_PASSWORD: decodeURIComponent(url.password),
		QUEUE_BULL_REDIS_DB: url.pathname.slice(1) || '0',
		QUEUE_BULL_REDIS_TLS: String(url.protocol === 'rediss:'),
		QUEUE_BULL_PREFIX: prefix,
		N8N_REDIS_KEY_PREFIX: prefix === 'bull' ? 'n8n' : prefix,
	};
}

async function answersPing(url: URL): Promise<boolean> {
	try {
		return (await command(url, ['PING'])) === '+PONG';
	} catch {
		return false;
	}
}

/** One command, in Redis's own protocol. @returns the first line of its answer */
async function command(url: URL, words: string[]): Promise<string> {
	const account = url.username === '' ? [] : [decodeURIComponent(url.username)];
	const commands = [
		...(url.password === '' ? [] : [['AUTH', ...account, decodeURIComponent(url.password)]]),
		['SELECT', url.pathname.slice(1) || '0'],
		words,
	];
	const port = Number(url.port || '6379');
	const socket =
		url.protocol === 'rediss:'
			? connectTls({ port, host: url.hostname, servername: url.hostname })
			: connect(port, url.hostname);
	try {
		return await converse(socket, commands);
	} finally {
		socket.destroy();
	}
}

async function converse(socket: Socket, commands: string[][]): Promise<string> {
	socket.write(commands.map(encoded).join(''));
	let text = '';
	for await (const chunk of socket) {
		text += String(chunk);
		const lines = text.split('\r\n').slice(0, -1);
		const refusal = lines.find((line) => line.startsWith('-'));
		if (refusal !== undefined) throw new Error(`Redis: ${refusal.slice(1)}`);
		const answer = lines[commands.length - 1];
		if (answer !== undefined) return answer;
	}
	throw new Error('Redis closed the connection');
}

function encoded(words: string[]): string {
	const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
	return `*${words.length}\r\n${parts.join('')}`;
}
