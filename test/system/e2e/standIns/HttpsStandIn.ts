/**
 * Stands in for https hosts on the internet: n8n is told to use it as its proxy, so that n8n's own
 * nodes run with the addresses they have, and nothing leaves the machine. A host that it has no
 * answers for is refused, and noted.
 */
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import { makeCertificate } from './certificate';
import { listen } from './listen';

export interface Call {
	method: string;
	host: string;
	/** With its query. */
	path: string;
	/** Parsed JSON; the text where it is none; undefined without a body. */
	body: unknown;
}

export interface Answer {
	status: number;
	body?: unknown;
}

/** The answer of one host; undefined: it has no such address (404). */
export type Answers = (call: Call) => Answer | undefined;

export class HttpsStandIn {
	/** Oldest first. */
	readonly calls: Call[] = [];
	/** Hosts that somebody tried to reach, and that nothing stands in for. */
	readonly refused: string[] = [];

	private constructor(
		private readonly proxy: Server,
		/** What an n8n has to be started with. */
		readonly environment: NodeJS.ProcessEnv,
	) {}

	static async open(folder: string, hosts: Record<string, Answers>): Promise<HttpsStandIn> {
		const { key, cert, file } = makeCertificate(folder, Object.keys(hosts));
		const behind = createHttpsServer({ key, cert }, (request, response) => {
			void readBody(request).then((body) => {
				const host = request.headers.host ?? '';
				const call = { method: request.method ?? '', host, path: request.url ?? '', body };
				standIn.calls.push(call);
				const answer = hosts[host]?.(call) ?? { status: 404, body: { message: 'no such address' } };
				if (answer.body === undefined) {
					response.writeHead(answer.status).end();
					return;
				}
				response.writeHead(answer.status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(answer.body));
			});
		});
		const proxy = createHttpServer((request, response) => {
			standIn.refused.push(request.url ?? '');
			response.writeHead(403).end();
		});
		proxy.on('connect', ({ url = '' }: IncomingMessage, socket: Socket) => {
			socket.on('error', () => socket.destroy());
			if (hosts[url.replace(/:443$/, '')] === undefined) {
				standIn.refused.push(url);
				socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
				return;
			}
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			behind.emit('connection', socket);
		});
		const port = await listen(proxy);
		const standIn = new HttpsStandIn(proxy, {
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			NO_PROXY: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: file,
		});
		return standIn;
	}

	async close(): Promise<void> {
		this.proxy.closeAllConnections();
		await new Promise((resolve) => this.proxy.close(resolve));
	}
}

async function readBody(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	const text = Buffer.concat(chunks).toString('utf8');
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
