/**
 * Answers that never end: too large, small and unpacked to too much, or a byte now and then. Each is
 * given up after Timeout or at a size, a cancel ends it at once, the connection is closed, and a
 * write that went before stays in doubt.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';

import { open } from './place';
import { agreementsOf, customers, json, record, type Workplace } from './workplace';

const ERROR_OUTPUT = { onError: 'continueErrorOutput' as const };
const QUICK = { options: { maxRetries: 0, timeout: 1000, includeExisting: false } };
const DOWNLOAD = {
	resource: 'agreementTemplate',
	operation: 'downloadDocument',
	language: { __rl: true, mode: 'list', value: 'en-US' },
	country: { __rl: true, mode: 'list', value: 'US' },
	options: { maxRetries: 0, timeout: 1000 },
};

type Answer = (outgoing: ServerResponse, incoming: IncomingMessage) => void;

/** In front of the emulator: answers what is asked for in its own way, and hands the rest on. */
class Front {
	/** By method and path: what is answered in the emulator's place. */
	answers: Array<[RegExp, Answer]> = [];
	/** Whether the emulator gets these too, and does what it is asked to. */
	isCarriedOut = false;
	readonly open = new Set<Socket>();
	asked: Promise<void> = Promise.resolve();
	private heard = () => {};
	private readonly server = createServer((incoming, outgoing) => {
		const called = `${incoming.method} ${incoming.url}`;
		const [, answer] = this.answers.find(([what]) => what.test(called)) ?? [];
		if (answer === undefined || this.isCarriedOut) {
			const { headers, method } = incoming;
			const onward = request(`${this.target}${incoming.url}`, { method, headers }, (answered) => {
				if (answer === undefined) {
					outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
					answered.pipe(outgoing);
				} else answered.resume().on('end', () => this.give(answer, outgoing, incoming));
			});
			incoming.pipe(onward);
		} else incoming.resume().on('end', () => this.give(answer, outgoing, incoming));
	});

	constructor(private readonly target: string) {
		this.server.on('connection', (socket) => {
			this.open.add(socket);
			socket.on('close', () => this.open.delete(socket)).on('error', () => {});
		});
	}

	private give(answer: Answer, outgoing: ServerResponse, incoming: IncomingMessage): void {
		answer(outgoing, incoming);
		this.heard();
	}

	/** Answers these with that, from now on. */
	on(what: RegExp, answer: Answer): void {
		this.answers.push([what, answer]);
		this.asked = new Promise((resolve) => {
			this.heard = resolve;
		});
	}

	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Resolves once the node has closed the connections of answers that are still being given. */
	async closedByNode(socket: Socket): Promise<void> {
		if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

let front: Front;
let place: Workplace;
/** The connection of the answer that never ends. */
let endless: Socket | undefined;

async function openBehindFront(): Promise<void> {
	place = await open({ state: { customers: customers(2) } });
	front = new Front(place.emulator.baseUrl);
	const url = await front.listen();
	Object.assign(place.credentials.data('1'), { emulatorUrl: url, apiBaseUrl: url });
}
beforeEach(openBehindFront);
afterEach(() => front.close());

/** The beginning of an answer, and then a byte now and then, for ever. */
const dripping =
	(status: number, begin: string): Answer =>
	(outgoing) => {
		endless = outgoing.socket ?? undefined;
		outgoing.writeHead(status, { 'content-type': 'application/json' });
		outgoing.write(begin);
		const timer = setInterval(() => outgoing.write(' '), 100);
		outgoing.on('close', () => clearInterval(timer));
	};

/** The head of an answer whose last header never ends. */
const drippingHead: Answer = (outgoing) => {
	const { socket } = outgoing;
	endless = socket ?? undefined;
	socket?.write('HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nX-Slow: ');
	const timer = setInterval(() => socket?.write('x'), 100);
	socket?.on('close', () => clearInterval(timer));
};

/** Neither an answer nor silence: another protocol from here on. */
const switching: Answer = (outgoing) => {
	const { socket } = outgoing;
	endless = socket ?? undefined;
	socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
};

const silentAfter =
	(begin: string): Answer =>
	(outgoing) => {
		endless = outgoing.socket ?? undefined;
		outgoing.writeHead(200, { 'content-type': 'application/json' });
		outgoing.write(begin);
	};

/** Spaces without end, as quick as they are taken; packed, a thousandth of that. */
const endlessSpaces =
	(status: number, isPacked: boolean): Answer =>
	(outgoing) => {
		endless = outgoing.socket ?? undefined;
		const encoding = isPacked ? { 'content-encoding': 'gzip' } : {};
		outgoing.writeHead(status, { 'content-type': 'application/json', ...encoding });
		const spaces = Buffer.alloc(256 * 1024, ' ');
		const sink = isPacked ? createGzip() : outgoing;
		if (isPacked) (sink as ReturnType<typeof createGzip>).pipe(outgoing);
		let isOver = false;
		outgoing.on('close', () => (isOver = true)).on('error', () => {});
		const more = () => {
			if (!isOver) sink.write(spaces, () => setImmediate(more));
		};
		sink.write('[{"items":"');
		more();
	};

const WRITE = /^POST .*\/agreements$/;
const LIST = /^GET .*\/agreements\?/;
const FILE = /^GET \/agreement-documents\//;
const NOT_KNOWN = /Whether the confirmation was recorded is not known/;
const GET_MANY = { resource: 'customerAgreement', operation: 'getAll', ...QUICK };

describe('an answer that never ends', () => {
	it.each([
		['plain', 201, false],
		['packed', 201, true],
		['a refusal', 400, true],
		['of a gateway', 502, true],
	])(
		'to a write is read up to 1 MB: %s',
		async (_what, status, isPacked) => {
			front.on(WRITE, endlessSpaces(status, isPacked));
			const settings = { options: { maxRetries: 0, timeout: 60_000 } };
			const { confirmed, alreadyExists, errors } = await place.run([record(1)], {
				...ERROR_OUTPUT,
				parameters: settings,
			});
			expect([confirmed, alreadyExists]).toEqual([[], []]);
			const [{ error, message } = {}] = json(errors);
			// HTTP 400 is a refusal, whatever else it says.
			expect(NOT_KNOWN.test(String(message))).toBe(status !== 400);
			expect(String(message).length).toBeLessThan(1_000);
			expect(error).toMatch(status === 502 ? /could not process/ : /it is larger than 1 MB \[/);
			await front.closedByNode(endless as Socket);
		},
		60_000,
	);

	it('of a list is read up to 16 MB', async () => {
		front.on(LIST, endlessSpaces(200, true));
		const { outputs } = await place.run([record(1)], {
			...ERROR_OUTPUT,
			parameters: { ...GET_MANY, options: { maxRetries: 0, timeout: 60_000 } },
		});
		expect(json(outputs[1])[0]?.error).toMatch(/it is larger than 16 MB \[/);
		await front.closedByNode(endless as Socket);
	}, 60_000);

	it.each([
		['a drop now and then', dripping(201, '{"templateId":')],
		['also before its body', drippingHead],
		['another protocol', switching],
	])('to a write is given up after Timeout: %s', async (_what, answer) => {
		front.isCarriedOut = true;
		front.on(WRITE, answer);
		const { confirmed, errors } = await place.run([record(1)], {
			...ERROR_OUTPUT,
			parameters: QUICK,
		});
		// The agreements show that it was carried out.
		expect([json(confirmed), errors]).toMatchObject([[{ reconciled: true }], []]);
		expect(agreementsOf(place.emulator)).toBe(1);
		await front.closedByNode(endless as Socket);
	});

	it('of a list is given up after Timeout', async () => {
		front.on(LIST, silentAfter('{"items":['));
		const { outputs } = await place.run([record(1)], { ...ERROR_OUTPUT, parameters: GET_MANY });
		expect(json(outputs[1])[0]?.error).toMatch(/^Partner Center did not answer within 1 second/);
		await front.closedByNode(endless as Socket);
	});

	it.each([
		['dripping', dripping(201, '{"templateId":')],
		['silent', silentAfter('{"templateId":')],
		['dripping before its body', drippingHead],
	])('is not waited for once the execution is cancelled: %s', async (_what, answer) => {
		front.on(WRITE, answer);
		const stop = new AbortController();
		const running = place.run(
			[record(1)],
			{ ...ERROR_OUTPUT, parameters: { options: { maxRetries: 5, timeout: 300_000 } } },
			{ signal: stop.signal },
		);
		await front.asked;
		stop.abort();
		const { confirmed, errors } = await running;
		expect(confirmed).toEqual([]);
		for (const { message } of json(errors)) expect(message).toMatch(NOT_KNOWN);
		await front.closedByNode(endless as Socket);
	});
});

describe('an answer that is packed, or begins with a byte order mark', () => {
	it.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
		['identity', (body: Buffer) => body],
	])('%s is read like any other', async (encoding, pack) => {
		const { confirmed: before } = await place.run([record(1)]);
		const body = Buffer.from(`\uFEFF${JSON.stringify(before[0]?.json)}`, 'utf8');
		front.on(WRITE, (outgoing) => {
			outgoing.writeHead(201, { 'content-encoding': encoding }).end(pack(body));
		});
		const { confirmed } = await place.run([record(1)], ERROR_OUTPUT);
		expect(json(confirmed)).toMatchObject([{ primaryContact: { lastName: 'Carr' } }]);
	});

	it('a letter in two pieces stays one letter', async () => {
		const text = Buffer.from(JSON.stringify({ code: 1, description: 'Zsófia Fűzesi 😀' }));
		front.on(WRITE, (outgoing) => {
			outgoing.writeHead(403);
			const bytes = [...text];
			const next = () => {
				const byte = bytes.shift();
				if (byte === undefined) outgoing.end();
				else outgoing.write(Buffer.of(byte), () => setImmediate(next));
			};
			next();
		});
		const { errors } = await place.run([record(1)], ERROR_OUTPUT);
		expect(json(errors)[0]?.message).toContain('"Zsófia Fűzesi 😀"');
	});
});

describe('Download Document', () => {
	it('is given up after Timeout, however the file drips', async () => {
		front.on(FILE, dripping(200, 'PK'));
		const { outputs } = await place.run([{}], { ...ERROR_OUTPUT, parameters: DOWNLOAD });
		expect(json(outputs[1])).toMatchObject([
			{ error: 'The document did not come whole within 1 second [Item 0]' },
		]);
		await front.closedByNode(endless as Socket);
		expect(front.answers).toHaveLength(1);
	});

	it.each([
		['dripping', dripping(200, 'PK')],
		['silent', silentAfter('PK')],
		['without an answer', (outgoing: ServerResponse) => (endless = outgoing.socket ?? undefined)],
	])('ends at once when the execution is cancelled: %s', async (_what, answer) => {
		front.on(FILE, answer as Answer);
		const stop = new AbortController();
		const running = place.run(
			[{}],
			{ ...ERROR_OUTPUT, parameters: { ...DOWNLOAD, options: { timeout: 300_000 } } },
			{ signal: stop.signal },
		);
		await front.asked;
		stop.abort();
		const { outputs } = await running;
		expect(outputs[0] ?? []).toEqual([]);
		await front.closedByNode(endless as Socket);
	});
});
