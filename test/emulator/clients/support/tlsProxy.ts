/**
 * What somebody puts before an emulator as nginx does by default: it ends TLS, and hands requests on
 * with the Host of the address behind it, so that an emulator that trusts Host gives itself away.
 */
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { Certificate } from '../../../../dev/emulator/certificate';

export interface TlsProxy {
	/** The address that clients use. */
	publicUrl: string;
	/** Where requests are handed on to, on this machine; set once it is known. */
	behind: number;
	/** Addresses whose answers named the port behind it: there is to be none. */
	leaks: string[];
	close(): Promise<void>;
}

export async function startTlsProxy(certificate: Certificate): Promise<TlsProxy> {
	const server = createServer(certificate, (received, reply) => {
		const host = `127.0.0.1:${proxy.behind}`;
		const { method, url: path, headers } = received;
		const onward = request({
			host: '127.0.0.1',
			port: proxy.behind,
			method,
			path,
			headers: { ...headers, host, connection: 'close' },
		});
		onward.once('response', (answer) => {
			const parts: Buffer[] = [];
			answer.on('data', (part: Buffer) => parts.push(part));
			answer.once('end', () => {
				const body = Buffer.concat(parts);
				const said = `${JSON.stringify(answer.headers)} ${body.toString()}`;
				if (said.includes(`:${proxy.behind}`)) proxy.leaks.push(`${method} ${path}`);
				reply.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
			});
		});
		onward.once('error', () => reply.writeHead(502).end());
		received.pipe(onward);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const proxy: TlsProxy = {
		publicUrl: `https://localhost:${(server.address() as AddressInfo).port}`,
		behind: 0,
		leaks: [],
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return proxy;
}
