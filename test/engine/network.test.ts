/** What an n8n admin sets around the node: proxies, and the domains that a credential allows. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { EMULATOR_TENANT_ID } from '../../dev/emulator/identity/registeredApp';
import { EngineCredentialsHelper } from '../../dev/engine/runWorkflow';
import {
	agreementsOf,
	customers,
	engine,
	json,
	loadCredentialType,
	openWorkplace,
	record,
	type Workplace,
} from './workplace';

let place: Workplace;
const open = async () => (place = await openWorkplace({ state: { customers: customers(2) } }));
afterEach(() => place.close());

const errorOutput = { onError: 'continueErrorOutput' as const };
const noRetries = { options: { maxRetries: 0 } };

/** A forward proxy that writes down whom it was asked for. */
class Proxy {
	readonly asked: string[] = [];

	private readonly server: Server;

	constructor(private readonly answer?: (target: string) => string) {
		this.server = createServer((incoming, outgoing) => {
			const target = incoming.url ?? '';
			this.asked.push(`${incoming.method} ${new URL(target).pathname}`);
			const page = this.answer?.(target);
			if (page !== undefined) {
				outgoing.writeHead(200, { 'content-type': 'text/html' }).end(page);
				return;
			}
			const onward = request(
				target,
				{ method: incoming.method, headers: incoming.headers },
				(answered) => {
					outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
					answered.pipe(outgoing);
				},
			);
			onward.on('error', () => outgoing.writeHead(502).end());
			incoming.pipe(onward);
		});
		this.server.on('connect', (incoming, socket) => {
			this.asked.push(`CONNECT ${incoming.url}`);
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		});
	}

	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
	name,
	name.toLowerCase(),
]);

describe('n8n’s proxy variables', () => {
	let proxy: Proxy;
	const before = new Map(VARIABLES.map((name) => [name, process.env[name]]));

	beforeEach(() => {
		for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
		proxy = new Proxy();
	});
	afterEach(async () => {
		for (const [name, value] of before) {
			if (value === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = value;
		}
		await proxy.close();
	});

	it('HTTP_PROXY: every call goes through it, the renewal of the token too', async () => {
		const { run, emulator } = await open();
		process.env.HTTP_PROXY = await proxy.listen();
		emulator.expireAccessTokens();
		const { confirmed } = await run([record(1)], errorOutput);
		expect(confirmed).toHaveLength(1);
		expect(proxy.asked).toEqual([
			'GET /v1/agreements',
			`POST /${EMULATOR_TENANT_ID}/oauth2/v2.0/token`,
			'GET /v1/agreements',
			`POST /v1/customers/${String(record(1).customerId)}/agreements`,
		]);
	});

	it('HTTPS_PROXY: Partner Center is asked for through it, and nothing is sent beside it', async () => {
		const { run, credentials, emulator } = await open();
		process.env.HTTPS_PROXY = await proxy.listen();
		Object.assign(credentials.data('1'), { environment: 'microsoft' });
		const { errors } = await run([record(1)], { ...errorOutput, parameters: noRetries });
		expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT api.partnercenter.microsoft.com:443']));
		expect(emulator.requests).toEqual([]);
		// the proxy's own refusal, which carries none of Partner Center's codes
		expect(json(errors)).toMatchObject([
			{ message: expect.stringContaining("Microsoft's answer: HTTP 403. MS-RequestId") },
		]);
	});

	it('NO_PROXY: what it names goes past the proxy', async () => {
		const { run } = await open();
		process.env.HTTP_PROXY = await proxy.listen();
		process.env.NO_PROXY = '127.0.0.1';
		const { confirmed } = await run([record(1)], errorOutput);
		expect(confirmed).toHaveLength(1);
		expect(proxy.asked).toEqual([]);
	});

	it('a proxy that answers with a page of its own is told from Partner Center', async () => {
		const { run, emulator } = await open();
		proxy = new Proxy(() => '<html><body>Sign in to the network</body></html>');
		process.env.HTTP_PROXY = await proxy.listen();
		const { errors, confirmed } = await run([record(1)], {
			...errorOutput,
			parameters: noRetries,
		});
		expect(confirmed).toEqual([]);
		expect(json(errors)).toMatchObject([
			{
				error: expect.stringMatching(/^Partner Center's answer can't be read: /),
				message: expect.stringContaining('check whether a proxy answers in place of'),
			},
		]);
		expect(agreementsOf(emulator)).toBe(0);
	});
});

describe('Allowed HTTP Request Domains of the credential', () => {
	it.each([
		['all', {}],
		['other domains only', { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' }],
		['none', { allowedHttpRequestDomains: 'none' }],
	])(
		'%s: the node itself is not held up, since it goes to one address anyway',
		async (_what, more) => {
			const { run, credentials } = await open();
			const helper = new EngineCredentialsHelper([loadCredentialType()], credentials);
			const decrypt = helper.getDecrypted.bind(helper);
			helper.getDecrypted = async (...args) => ({ ...(await decrypt(...args)), ...more });
			const { confirmed } = await run([record(1)], errorOutput, { credentialsHelper: helper });
			expect(confirmed).toHaveLength(1);
		},
	);
});

/** n8n 1.x has no such rules. */
const withRules = engine === 'n8n-2' ? describe : () => undefined;

withRules('n8n’s SSRF protection', () => {
	/* eslint-disable @typescript-eslint/no-require-imports -- only n8n 2.x has them */
	const rules = () => {
		const { Container } = require('@n8n/di') as { Container: { get<T>(type: new () => T): T } };
		const { SsrfProtectionConfig } = require('@n8n/config') as {
			SsrfProtectionConfig: new () => { enabled: boolean };
		};
		return Container.get(SsrfProtectionConfig);
	};
	/* eslint-enable */
	beforeEach(() => {
		rules().enabled = true;
	});
	afterEach(() => {
		rules().enabled = false;
	});

	it('keeps the emulator on this machine from being reached, and the item says so', async () => {
		const { run, emulator } = await open();
		const { errors, confirmed } = await run([record(1)], errorOutput);
		expect(confirmed).toEqual([]);
		expect(json(errors)).toMatchObject([
			{
				error: 'n8n did not send the request [Item 0]',
				message: expect.stringContaining('resolves to a restricted IP address'),
			},
		]);
		expect(emulator.requests).toEqual([]);
	});
});
