/**
 * Webhooks, compared with the examples of
 * https://learn.microsoft.com/partner-center/developer/partner-center-webhooks.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import registered from '../../support/fixtures/partner-center/webhook-registration.response.json';
import validated from '../../support/fixtures/partner-center/webhook-validation.response.json';
import { emulatorForThisFile, json, type Answer } from './support/emulator';
import { shapeOf } from './support/shapeOf';

const harness = emulatorForThisFile();
const EVENTS = registered.WebhookEvents;
const received: unknown[] = [];
let receiver: Server;
let callbackUrl = '';

beforeAll(async () => {
	receiver = createServer((request, response) => {
		let text = '';
		request.on('data', (part) => (text += String(part)));
		request.on('end', () => {
			received.push(JSON.parse(text));
			response.end();
		});
	}).listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callback`;
});
afterAll(() => receiver.close());
beforeEach(() => received.splice(0));

const call = async (method: string, path: string, body?: unknown): Promise<Answer> =>
	await harness.call({
		method,
		url: `/webhooks/v1/registration${path}`,
		...(body === undefined ? {} : { data: JSON.stringify(body) }),
		headers: { 'Content-Type': 'application/json' },
	});
const register = async (method = 'POST', WebhookEvents = EVENTS, WebhookUrl = callbackUrl) =>
	await call(method, '', { WebhookUrl, WebhookEvents });

test('the list of events holds those of the example', async () => {
	const answer = await call('GET', '/events');
	expect(answer.status).toBe(200);
	expect(json(answer)).toEqual(
		expect.arrayContaining([...EVENTS, 'usagerecords-thresholdExceeded']),
	);
});

test('a registration is answered and shown as in the examples', async () => {
	expect((await call('GET', '')).status).toBe(404);
	const answer = await register();
	expect(shapeOf(json(answer))).toEqual(shapeOf(registered));
	expect(json(answer)).toMatchObject({ WebhookUrl: callbackUrl, WebhookEvents: EVENTS });
	const shown = { WebhookUrl: callbackUrl, WebhookEvents: EVENTS };
	expect(json(await call('GET', ''))).toEqual(shown);
});

test('a tenant has one registration: another takes its place', async () => {
	const first = json(await register()) as { SubscriberId: string };
	const second = json(await register('PUT', ['invoice-ready']));
	expect(second).toMatchObject({ SubscriberId: first.SubscriberId });
	expect(json(await call('GET', ''))).toMatchObject({ WebhookEvents: ['invoice-ready'] });
	harness.emulator.reset();
	expect((await call('GET', '')).status).toBe(404);
});

test.each([
	[['no-such-event'], 'https://example.com/'],
	[[], 'https://example.com/'],
	[EVENTS, 'not an address'],
])('events %p at "%s" are refused', async (events, url) => {
	expect((await register('POST', events, url)).status).toBe(400);
});

/** Asks until the event was delivered. */
async function settled(correlationId: string): Promise<unknown> {
	for (;;) {
		const body = json(await call('GET', `/validationEvents/${correlationId}`));
		if ((body as { status: string }).status === 'completed') return body;
		await sleep(10);
	}
}

test('a test event reaches the address, and its result is as in the example', async () => {
	await register();
	const asked = await call('POST', '/validationEvents');
	const { correlationId } = json(asked) as { correlationId: string };
	expect(asked.headers['ms-correlationid']).toBe(correlationId);
	const body = await settled(correlationId);
	expect(shapeOf(body)).toEqual(shapeOf(validated));
	expect(body).toMatchObject({
		callbackUrl,
		results: [{ responseCode: 'OK', systemError: false }],
	});
	expect(received).toMatchObject([
		{ EventName: 'test-created', ResourceName: 'test', AuditUri: null },
	]);
});

test('an address where nobody answers is a system error', async () => {
	await register('POST', EVENTS, 'http://127.0.0.1:1/');
	const { correlationId } = json(await call('POST', '/validationEvents')) as {
		correlationId: string;
	};
	expect(await settled(correlationId)).toMatchObject({ results: [{ systemError: true }] });
});

test('two test events in a minute are the limit, and they need a registration for them', async () => {
	expect((await call('POST', '/validationEvents')).status).toBe(404);
	await register('POST', ['invoice-ready']);
	expect((await call('POST', '/validationEvents')).status).toBe(400);
	await register();
	for (const status of [200, 200, 429]) {
		expect((await call('POST', '/validationEvents')).status).toBe(status);
	}
});
