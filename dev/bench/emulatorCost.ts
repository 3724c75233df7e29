/** `npm run bench:emulator`: how long the emulator takes to be there, and what it holds after many calls. */
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { z } from 'zod';

import { spawnEmulator } from '../emulator/spawnEmulator';

const HELP = `How long the emulator takes until it answers, and how much memory it holds after many requests.

  npm run bench:emulator -- [options]

  --requests <n>   how many (default 100000): lists, agreements and confirmations in turn
  --help           this text
`;

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
/** Enough to keep it busy all the time. */
const SIDE_BY_SIDE = 16;
const MEGABYTE = 1024 * 1024;

const tokensSchema = z.object({ access_token: z.string() });
const agent = new Agent({ keepAlive: true, maxSockets: SIDE_BY_SIDE });

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			requests: { type: 'string', default: '100000' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const count = Number(values.requests);
	const start = performance.now();
	const { child, baseUrl } = await spawnEmulator('--access-token-lifetime', '86400');
	try {
		await send(baseUrl, 'GET', '/_emulator/switches');
		const ready = performance.now() - start;
		const body = await send(baseUrl, 'POST', '/_emulator/issue-tokens', '{"kind":"user"}');
		const token = tokensSchema.parse(JSON.parse(body)).access_token;
		const before = memoryOf(child.pid ?? 0);
		await manyCalls(baseUrl, token, count);
		const after = memoryOf(child.pid ?? 0);
		process.stdout.write(
			[
				`Ready after          ${(ready / 1000).toFixed(2)} s`,
				`Memory at the start  ${before.toFixed(0)} MB`,
				`Requests             ${count}`,
				`Memory after them    ${after.toFixed(0)} MB, ${(after - before).toFixed(0)} MB more`,
				'',
			].join('\n'),
		);
	} finally {
		child.kill();
		agent.destroy();
	}
}

async function manyCalls(baseUrl: string, token: string, count: number): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const n = next;
			next += 1;
			await oneCall(baseUrl, token, n);
		}
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

async function oneCall(baseUrl: string, token: string, n: number): Promise<void> {
	const path = `/v1/customers/${CUSTOMER}/agreements`;
	if (n % 3 === 0) await send(baseUrl, 'GET', '/v1/customers?size=5', undefined, token);
	else if (n % 3 === 1) await send(baseUrl, 'GET', path, undefined, token);
	else {
		// The first one is confirmed, and every later one a duplicate, as when a workflow runs daily.
		const primaryContact = { firstName: 'Tania', lastName: 'Carr', email: 'someone@example.com' };
		const dateAgreed = '2024-06-14T00:00:00.000Z';
		const templateId = '117a77b0-9360-443b-8795-c6dedc750cf9';
		const type = 'MicrosoftCustomerAgreement';
		const body = JSON.stringify({ primaryContact, dateAgreed, templateId, type });
		await send(baseUrl, 'POST', path, body, token, String(n));
	}
}

function send(
	baseUrl: string,
	method: string,
	path: string,
	body?: string,
	token?: string,
	requestId?: string,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = {
			...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...(requestId === undefined ? {} : { 'MS-RequestId': requestId }),
		};
		const call = request(new URL(path, baseUrl), { method, headers, agent }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (part: string) => {
				text += part;
			});
			answer.once('end', () => resolve(text));
		});
		call.once('error', reject);
		call.end(body);
	});
}

/** What the system counts as resident, in megabytes; `ps` says it in kilobytes. */
function memoryOf(pid: number): number {
	const text = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
	return (Number(text.trim()) * 1024) / MEGABYTE;
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
