/** A server between the node and the emulator that answers a call itself where a test says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered in place of the emulator; a function does as it likes with the connection. */
export type Answer =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	| ((request: IncomingMessage, response: ServerResponse) => void);

export interface StandIn {
	url: string;
	/** Requests as they came, with what must not stand in their address or body. */
	seen: Array<{ method: string; url: string; headers: IncomingMessage['headers']; body: string }>;
}

const servers: Server[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

/** Names that belong to one connection. */
const OWN = /^(host|connection|content-length|transfer-encoding|keep-alive|accept-encoding)$/;

/** @param answerTo what is answered to `GET /v1/customers`; undefined: what the emulator answers */
export async function standInFrontOf(
	baseUrl: string,
	answerTo: (call: string) => Answer | undefined,
): Promise<StandIn> {
	const seen: StandIn['seen'] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { method = '', url = '', headers } = request;
			const body = await textOf(request);
			seen.push({ method, url, headers, body });
			const answer = answerTo(`${method} ${url}`);
			if (typeof answer === 'function') return answer(request, response);
			if (answer !== undefined) {
				const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
				response
					.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
					.end(answer.body === undefined ? '' : text);
				return;
			}
			const passedOn = Object.entries(headers).filter(([name]) => !OWN.test(name));
			const real = await fetch(`${baseUrl}${url}`, {
				method,
				headers: passedOn as Array<[string, string]>,
				redirect: 'manual',
				...(body === '' ? {} : { body }),
			});
			const back = [...real.headers].filter(([name]) => !OWN.test(name));
			response.writeHead(real.status, Object.fromEntries(back)).end(await real.text());
		})().catch(() => response.destroy());
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, seen };
}
