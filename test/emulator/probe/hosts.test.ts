/** The probe calls the login host and the API host, and nobody else. */
import diagnostics from 'node:diagnostics_channel';
import { z } from 'zod';
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import { MICROSOFT } from '../../../dev/probe/wire/endpoints';
import { Wire } from '../../../dev/probe/wire/Wire';
import { answerTo, probe, Servers } from './support';

const CUSTOMER = 'd0c6b5ac-2f0e-4b7a-9f4b-0c1a2b3c4d5e';
const connectSchema = z.object({ connectParams: z.object({ host: z.string() }) });

const servers = new Servers();
let emulator: Emulator;
/** Every host that this process connects to, by any means of Node's own fetch. */
const connected = new Set<string>();
const remember = (message: unknown) => {
	connected.add(connectSchema.parse(message).connectParams.host);
};

beforeAll(async () => {
	emulator = await startEmulator({ switches: { linkPrefix: 'absolute', attestation: 'preview' } });
	emulator.addCustomer({ id: CUSTOMER, companyName: 'Contoso Test', domain: 'test.example' });
	diagnostics.subscribe('undici:client:beforeConnect', remember);
});
beforeEach(() => connected.clear());
afterEach(() => servers.close());
afterAll(async () => {
	diagnostics.unsubscribe('undici:client:beforeConnect', remember);
	await emulator.close();
});

test('they are Microsoft’s', () => {
	expect(Object.values(MICROSOFT)).toEqual([
		'https://login.microsoftonline.com',
		'https://api.partnercenter.microsoft.com',
	]);
});

test('a whole run, with writes, connects to these two only', async () => {
	const api = emulator.baseUrl;
	const login = api.replace('127.0.0.1', 'localhost');
	const { contacted } = await probe(emulator, {
		endpoints: { login, api },
		survey: { auditWaitSeconds: 1, writeTo: CUSTOMER },
	});
	const hosts = [login, api].map((origin) => new URL(origin).host).sort();
	expect([...connected].sort()).toEqual(hosts);
	expect(contacted.map((origin) => new URL(origin).host).sort()).toEqual(hosts);
});

test('a link to another place is not followed, and the report says that there is one', async () => {
	const other = await servers.stranger();
	const { port } = new URL(emulator.baseUrl);
	// The emulator's answers, with its own address in links replaced by the other's.
	const api = await servers.start((request, response) => {
		void (async () => {
			let body = '';
			for await (const chunk of request) body += String(chunk);
			const answer = await fetch(`http://127.0.0.1:${port}${request.url ?? ''}`, {
				method: request.method ?? 'GET',
				headers: { authorization: request.headers.authorization ?? '' },
				...(body === '' ? {} : { body }),
			});
			const text = (await answer.text()).replaceAll(emulator.baseUrl, other.url);
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
		})();
	});
	const probed = await probe(emulator, { endpoints: { login: emulator.baseUrl, api } });
	expect(answerTo(probed, /lead to another place/)).toBe('Yes; it was not followed');
	expect(answerTo(probed, /How many bytes/)).toBe(
		'It lies on a host that the probe does not call.',
	);
	expect(other.visits).toEqual([]);
	expect([...connected]).not.toContain(new URL(other.url).host);
});

test('a call to any other place is refused before it is made', async () => {
	const other = await servers.stranger();
	const wire = new Wire({ login: emulator.baseUrl, api: emulator.baseUrl });
	const call = wire.send({ method: 'GET', url: new URL(other.url), headers: {} });
	await expect(call).rejects.toThrow('is not a place that the probe calls');
	expect(other.visits).toEqual([]);
});

test('a redirect is not followed', async () => {
	const other = await servers.stranger();
	const url = await servers.start((_request, response) => {
		response.writeHead(302, { location: other.url }).end();
	});
	const { status } = await new Wire({ login: url, api: url }).send({
		method: 'GET',
		url: new URL(url),
		headers: {},
	});
	expect(status).toBe(302);
	expect(other.visits).toEqual([]);
});
