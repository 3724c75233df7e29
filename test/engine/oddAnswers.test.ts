/** Answers to a confirmation that no page describes, from a server that is not the emulator. */
import { connectedCredentialFields } from '../../dev/emulator/credentialFields';
import { CredentialStore } from '../../dev/engine/runWorkflow';
import { open } from './place';
import { http, RawServer, type Reply, type Sent } from './RawServer';
import { CREDENTIAL_TYPE, customerId, json, pairs, record, type NodeSettings } from './workplace';

jest.setTimeout(60_000);

const errorOutput = { onError: 'continueErrorOutput' as const };
const noRetries: NodeSettings = { ...errorOutput, parameters: { options: { maxRetries: 0 } } };

let servers: RawServer[] = [];
afterEach(async () => {
	await Promise.all(servers.map(async (server) => await server.close()));
	servers = [];
});

/** Runs Confirm for one item for each of these replies. */
async function confirm(replies: Reply[], settings: NodeSettings = noRetries) {
	const byCustomer = new Map(replies.map((reply, n) => [customerId(n + 1), reply]));
	const server = new RawServer((_sent, id) => byCustomer.get(id) ?? { bytes: () => undefined });
	servers.push(server);
	const baseUrl = await server.listen();
	const { run, emulator } = await open();
	const tokens = await emulator.issueTokens({ kind: 'user' });
	const credentials = new CredentialStore({
		'1': { type: CREDENTIAL_TYPE, data: connectedCredentialFields(baseUrl, tokens) },
	});
	const records = replies.map((_, n) => record(n + 1));
	const outcome = await run(records, settings, { credentials });
	return { ...outcome, server };
}

const DUPLICATE = { code: 600061, errorName: 'PartnerConfirmedAgreementAlreadyExists' };
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

const odd: Array<[string, (sent: Sent) => string | undefined]> = [
	[
		'201 with another contact',
		(sent) => http(201, { ...sent, primaryContact: { firstName: 'X' } }),
	],
	['201 with another customer', (sent) => http(201, { ...sent, customerId: customerId(999) })],
	['201 with another date', (sent) => http(201, { ...sent, dateAgreed: '2020-01-01T00:00:00Z' })],
	['201 with another template', (sent) => http(201, { ...sent, templateId: 'another' })],
	['201 with another type', (sent) => http(201, { ...sent, type: 'MicrosoftCloudAgreement' })],
	['201 with the template alone', ({ templateId }) => http(201, { templateId })],
	['201 with an error', (sent) => http(201, { ...sent, error: 'x' })],
	['201 with a statusCode', (sent) => http(201, { ...sent, statusCode: 500, message: 'x' })],
	['202', (sent) => http(202, sent)],
	['204', () => http(204)],
	['206', (sent) => http(206, sent)],
	['207', (sent) => http(207, sent)],
	['226', (sent) => http(226, sent)],
	['302', () => http(302, '', ['Location: /elsewhere'])],
	['307', () => http(307, '', ['Location: /elsewhere'])],
	['304', () => http(304)],
	['500, nested too deep', () => http(500, deep)],
	['503', () => http(503)],
	['600061 in 401', () => http(401, DUPLICATE)],
	['600061 in 408', () => http(408, DUPLICATE)],
	['600061 in 500', () => http(500, DUPLICATE)],
	['600061 in 503, an object as message', () => http(503, { ...DUPLICATE, message: { a: 1 } })],
	['a connection that ends', () => undefined],
];

it('nobody is confirmed by an odd answer, and nobody is on Already Exists, where nothing is there', async () => {
	const replies = odd.map(([, bytes]) => ({ bytes }));
	const { confirmed, alreadyExists, errors, server } = await confirm(replies);
	expect([json(confirmed), json(alreadyExists)]).toEqual([[], []]);
	const said = new Map(pairs(errors).map((item, n) => [item, json(errors)[n]?.message]));
	odd.forEach(([what], item) => {
		if (what !== '600061 in 401') {
			expect([what, said.get(item)]).toEqual([what, expect.stringMatching(/is not known/)]);
		}
	});
	expect(server.held).toEqual([]);
	// A sign-in that is refused is tried once more.
	expect(server.writes).toBeGreaterThanOrEqual(odd.length);
});

it('who was recorded is confirmed, by what the agreements show', async () => {
	const recorded = odd.filter(([what]) => !what.startsWith('600061'));
	const { confirmed, server } = await confirm(
		recorded.map(([, bytes]) => ({ bytes, records: true })),
	);
	expect(pairs(confirmed)).toEqual(recorded.map((_, item) => item));
	for (const item of json(confirmed)) expect(item).toMatchObject({ reconciled: true });
	expect(server.held).toHaveLength(recorded.length);
});

it('an HTTP 101 does not hang, and leaves open what became of the write', async () => {
	const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n';
	const replies = [
		{ bytes: () => upgrade, records: true },
		{ bytes: () => upgrade },
		{ bytes: (sent: Sent) => `HTTP/1.1 103 Early Hints\r\n\r\n${http(201, sent)}`, records: true },
	];
	const { confirmed, errors } = await confirm(replies, {
		...errorOutput,
		parameters: { options: { maxRetries: 0, timeout: 1_000 } },
	});
	expect(pairs(confirmed)).toEqual([0, 2]);
	expect(json(confirmed)[1]).not.toHaveProperty('reconciled');
	expect(json(errors)).toMatchObject([{ message: expect.stringMatching(/is not known/) }]);
});

it('an answer that drips for ever is given up', async () => {
	const start = (sent: Sent) => http(201, sent).slice(0, -20);
	const { confirmed } = await confirm([{ bytes: start, records: true }], {
		...errorOutput,
		parameters: { options: { maxRetries: 0, timeout: 1_000 } },
	});
	expect(json(confirmed)).toMatchObject([{ outcome: 'confirmed', reconciled: true }]);
});

it('a code with the right name and a text is shown as it is', async () => {
	const body = { ...DUPLICATE, code: 'AgreementExists' };
	const { alreadyExists } = await confirm([{ bytes: () => http(409, body) }]);
	expect(json(alreadyExists)).toMatchObject([{ code: 'AgreementExists' }]);
});

/** n8n#17450, n8n#25949: some of Microsoft's services answer so to a token that has expired. */
it('a 403 without a word is a refusal, and is not sent again', async () => {
	const { confirmed, errors, server } = await confirm([{ bytes: () => http(403) }]);
	expect(confirmed).toEqual([]);
	expect(json(errors)).toMatchObject([{ error: expect.stringMatching(/does not let this user/) }]);
	expect(server.writes).toBe(1);
});

describe('whatever is answered (seeded)', () => {
	const statuses = [
		200, 200, 201, 201, 201, 202, 204, 206, 226, 302, 307, 400, 404, 408, 409, 500, 503,
	];
	const bodies: Array<(sent: Sent) => unknown> = [
		(sent) => sent,
		(sent) => ({ ...sent, userId: 'x', type: null }),
		(sent) => ({ ...sent, dateAgreed: '2020-01-01T00:00:00' }),
		(sent) => ({ ...sent, primaryContact: { ...sent.primaryContact, lastName: 'X' } }),
		(sent) => ({ ...sent, error: 'x' }),
		({ templateId }) => ({ templateId }),
		() => ({ error: { code: 'x' } }),
		() => '',
		() => '<html>',
		() => '{"templateId":"',
		() => [],
	];

	it.each([1, 2, 3])('seed %d: on Confirmed is only who was recorded', async (seed) => {
		let state = seed * 7_919;
		const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
		const replies = Array.from({ length: 60 }, (): Reply => {
			const status = statuses[next(statuses.length)] ?? 200;
			const n = next(bodies.length);
			const body = bodies[n];
			// A success with what was sent is all that there is to believe.
			const records = next(2) === 0 || ((status === 200 || status === 201) && n < 2);
			const isCut = next(8) === 0;
			return { records, bytes: (sent) => (isCut ? undefined : http(status, body?.(sent))) };
		});
		const { confirmed, alreadyExists, server } = await confirm(replies);
		const held = new Set(server.held.map((one) => one.customerId));
		for (const one of json(confirmed)) expect(held).toContain(one.customerId);
		expect(confirmed.length).toBeLessThanOrEqual(server.held.length);
		expect(confirmed.length).toBeGreaterThan(5);
		expect(alreadyExists).toEqual([]);
	});
});
