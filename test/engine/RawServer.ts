/**
 * A Partner Center that is not the emulator: it answers a confirmation with bytes of a test's choice,
 * and records it or not. Reads are answered properly, from what it recorded.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const TEMPLATE = '117a77b0-9360-443b-8795-c6dedc750cf9';

export interface Sent {
	primaryContact: Record<string, string>;
	templateId: string;
	dateAgreed: string;
	type: string;
}

export interface Reply {
	/** Whether the agreement is recorded. */
	records?: boolean;
	/** Status line to body, e.g. `HTTP/1.1 201 Created\r\n…`; undefined ends the connection. */
	bytes: (sent: Sent) => string | undefined;
}

/** A whole HTTP answer. */
export function http(status: number, body: unknown = '', headers: string[] = []): string {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return [
		`HTTP/1.1 ${status} Status`,
		'Content-Type: application/json; charset=utf-8',
		// Neither may have a body.
		...(status === 204 || status === 304 ? [] : [`Content-Length: ${Buffer.byteLength(text)}`]),
		...headers,
		'',
		status === 204 || status === 304 ? '' : text,
	].join('\r\n');
}

interface Incoming {
	method: string;
	path: string;
	body: string;
}

export class RawServer {
	readonly held: Array<Sent & { customerId: string }> = [];
	readonly requests: Incoming[] = [];
	private readonly sockets = new Set<Socket>();

	private readonly server: Server = createServer((socket) => {
		this.sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => this.sockets.delete(socket));
		let text = '';
		socket.on('data', (data) => {
			text += data.toString('utf8');
			const end = text.indexOf('\r\n\r\n');
			if (end < 0) return;
			const head = text.slice(0, end);
			const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
			const body = Buffer.from(text.slice(end + 4), 'utf8');
			if (body.length < length) return;
			text = body.subarray(length).toString('utf8');
			const [method = '', path = ''] = head.split(' ');
			this.answer({ method, path, body: body.subarray(0, length).toString('utf8') }, socket);
		});
	});

	constructor(private readonly reply: (sent: Sent, customerId: string) => Reply) {}

	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	get writes(): number {
		return this.requests.filter(({ method }) => method === 'POST').length;
	}

	private answer(request: Incoming, socket: Socket): void {
		const customerId = /\/customers\/([^/]+)\//.exec(request.path)?.[1] ?? '';
		if (request.method === 'POST' && customerId === '') {
			// n8n renews the token at the same address.
			const token = { access_token: 'renewed', token_type: 'Bearer', expires_in: 3600 };
			socket.write(http(200, token));
			return;
		}
		this.requests.push(request);
		if (request.method === 'POST') {
			const sent = JSON.parse(request.body) as Sent;
			const { records = false, bytes } = this.reply(sent, customerId);
			if (records) this.held.push({ ...sent, customerId });
			const answer = bytes(sent);
			if (answer === undefined) socket.destroy();
			else socket.write(answer);
			return;
		}
		const items =
			customerId === ''
				? [{ templateId: TEMPLATE, agreementType: 'MicrosoftCustomerAgreement', versionRank: 0 }]
				: this.held
						.filter((one) => one.customerId === customerId)
						.map((one) => ({ ...one, dateAgreed: one.dateAgreed.slice(0, 19) }));
		socket.write(http(200, { totalCount: items.length, items }));
	}
}
