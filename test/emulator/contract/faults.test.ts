/** What can go wrong on the way, on purpose. */
import { randomUUID } from 'node:crypto';
import type { FaultRuleInput } from '../../../dev/emulator/faults/faultSchema';
import { CONTOSO, emulatorForThisFile, json } from './support/emulator';
import { documented } from './support/fixtures';
import { requestToken } from './support/signIn';
import { isLaterThan } from './support/isLaterThan';

const harness = emulatorForThisFile();
const script = (...rules: FaultRuleInput[]) => harness.emulator.faults.script(rules);
const confirm = async (headers: Record<string, string> = {}) =>
	await harness.confirm(CONTOSO, documented.confirmRequest, headers);
const written = () => harness.emulator.state.customers[0]?.agreements.length;
const settled = async (wanted: () => boolean) => {
	while (!wanted()) await new Promise((done) => setTimeout(done, 5));
};

describe('a connection', () => {
	test('can be reset before the write', async () => {
		script({ what: 'reset-before-write' });
		await expect(confirm()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(written()).toBe(0);
		expect(harness.emulator.requests).toMatchObject([
			{ method: 'POST', status: null, fault: 'reset-before-write' },
		]);
	});

	test('can be reset after the write, and the same request id finds out', async () => {
		script({ what: 'reset-after-write' });
		const headers = { 'MS-RequestId': randomUUID() };
		await expect(confirm(headers)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(written()).toBe(1);
		expect((await confirm(headers)).status).toBe(201);
		expect(written()).toBe(1);
		expect(harness.emulator.requests).toMatchObject([{ status: null }, { status: 201 }]);
	});

	test('can be reset after the write, and a forgotten request id says it exists', async () => {
		harness.emulator.switches.replaySameRequestId = false;
		script({ what: 'reset-after-write' });
		const headers = { 'MS-RequestId': randomUUID() };
		await expect(confirm(headers)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(json(await confirm(headers))).toEqual(documented.alreadyExists);
	});
});

describe('an answer', () => {
	const hurried = async () =>
		await harness.call({
			method: 'POST',
			url: `/v1/customers/${CONTOSO}/agreements`,
			data: JSON.stringify(documented.confirmRequest),
			headers: { 'Content-Type': 'application/json' },
			timeout: 80,
		});

	test('can stay away until the client gives up, nothing written', async () => {
		script({ what: 'hang' });
		await expect(hurried()).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect((await confirm()).status).toBe(201);
		expect(written()).toBe(1);
	});

	test('can stay away although the write was made', async () => {
		script({ what: { kind: 'hang', afterWrite: true } });
		await expect(hurried()).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect(written()).toBe(1);
	});

	test('can come late', async () => {
		script({ what: { kind: 'hang', ms: 60 } });
		expect((await isLaterThan(50, confirm())).status).toBe(201);
	});

	test('can be JSON that stops halfway', async () => {
		script({ what: 'truncated-json' });
		const answer = await confirm();
		expect(answer.status).toBe(201);
		expect(() => json(answer)).toThrow(SyntaxError);
		expect(JSON.stringify(documented.confirmResponse).startsWith(answer.data)).toBe(true);
	});

	test('can start with a byte order mark', async () => {
		script({ what: 'bom' });
		const { access_token } = await harness.emulator.issueTokens({ kind: 'user' });
		const headers = { Authorization: `Bearer ${access_token}` };
		const { data } = await harness.http.get<ArrayBuffer>('/v1/agreements', {
			responseType: 'arraybuffer',
			headers,
		});
		expect(Buffer.from(data).subarray(0, 3).toString('hex')).toBe('efbbbf');
	});

	test('can arrive slowly, and complete', async () => {
		script({ what: { kind: 'slow-body', ms: 100 } });
		const answer = await isLaterThan(80, confirm());
		expect(json(answer)).toEqual(documented.confirmResponse);
	});
});

describe('a status', () => {
	test.each([
		['status-500', 500, '"code":800003'],
		['html-502', 502, '<h1>502 Bad Gateway</h1>'],
		['status-503', 503, 'Service Unavailable'],
		['expired-401', 401, '"code":800001'],
		['status-429', 429, 'Rate limit is exceeded. Try again in 1 seconds.'],
	] as const)('of %s comes before the write', async (what, status, text) => {
		script({ what });
		const answer = await confirm();
		expect(answer.status).toBe(status);
		expect(answer.data).toContain(text);
		expect(written()).toBe(0);
		expect(harness.emulator.requests).toMatchObject([{ status, fault: what }]);
		expect((await confirm()).status).toBe(201);
	});

	test.each([
		['status-500', 500],
		['html-502', 502],
		['status-503', 503],
	] as const)('of %s can hide a write that was made', async (kind, status) => {
		script({ what: { kind, afterWrite: true } });
		expect((await confirm()).status).toBe(status);
		expect(written()).toBe(1);
	});

	test('of 502 is a web page', async () => {
		script({ what: 'html-502' });
		expect((await confirm()).headers['content-type']).toMatch(/^text\/html/);
	});

	test.each([
		[7, '7', 'Rate limit is exceeded. Try again in 7 seconds.'],
		[null, undefined, 'Rate limit is exceeded.'],
	])('of 429 can name %p seconds to wait', async (retryAfterSeconds, header, message) => {
		script({ what: { kind: 'status-429', retryAfterSeconds } });
		const answer = await confirm();
		expect(answer.headers['retry-after']).toBe(header);
		expect(json(answer)).toEqual({ statusCode: 429, message });
	});

	test('of 503 can name seconds to wait', async () => {
		script({ what: { kind: 'status-503', retryAfterSeconds: 3 } });
		expect((await confirm()).headers['retry-after']).toBe('3');
	});
});

describe('a script', () => {
	test('meets only the calls it matches, as often as it says', async () => {
		script({
			match: { method: 'post', path: `${CONTOSO}/agreements$` },
			times: 2,
			what: 'status-500',
		});
		expect((await harness.agreements(CONTOSO)).status).toBe(200);
		const statuses = [await confirm(), await confirm(), await confirm()].map(
			({ status }) => status,
		);
		expect(statuses).toEqual([500, 500, 201]);
		expect(harness.emulator.faults.applied).toMatchObject([
			{ method: 'POST', kind: 'status-500' },
			{ method: 'POST', kind: 'status-500' },
		]);
	});

	test('goes from its first rule to its last', async () => {
		script({ what: 'status-503' }, { what: 'status-429' });
		const statuses = [await confirm(), await confirm(), await confirm()].map(
			({ status }) => status,
		);
		expect(statuses).toEqual([503, 429, 201]);
	});

	test('reaches the token endpoint as well', async () => {
		script({ match: { path: '/oauth2/' }, what: 'html-502' });
		expect((await requestToken(harness, { grant_type: 'client_credentials' })).status).toBe(502);
	});

	test('leaves the control API alone', async () => {
		script({ what: 'status-500' });
		expect((await harness.http.get<string>('/_emulator/state')).status).toBe(200);
	});

	test('can be set, read and ended over HTTP', async () => {
		const put = async (body: unknown) =>
			json(await harness.http.put<string>('/_emulator/faults', JSON.stringify(body)));
		expect(await put([{ times: 2, what: 'status-500' }])).toMatchObject({
			script: [{ times: 2, what: { kind: 'status-500', afterWrite: false } }],
			random: null,
			applied: [],
		});
		expect((await confirm()).status).toBe(500);
		expect(json(await harness.http.get<string>('/_emulator/faults'))).toMatchObject({
			script: [{ times: 1 }],
			applied: [{ kind: 'status-500' }],
		});
		expect(await put({})).toMatchObject({ script: [], applied: [] });
		expect((await confirm()).status).toBe(201);
	});

	test.each([[{ what: 'earthquake' }], [{ what: 'bom', match: { path: '(' } }]])(
		'that makes no sense is refused: %j',
		async (rule) => {
			const answer = await harness.http.put('/_emulator/faults', JSON.stringify([rule]));
			expect(answer.status).toBe(400);
		},
	);
});

describe('random faults', () => {
	const kinds = ['status-500', 'status-503', 'html-502'] as const;
	const run = async (seed: number, rate: number) => {
		harness.emulator.reset();
		harness.emulator.faults.atRandom({ seed, rate, kinds: [...kinds] });
		const statuses: number[] = [];
		for (let call = 0; call < 40; call++) {
			statuses.push((await harness.call({ url: '/v1/agreements' })).status);
		}
		return statuses;
	};

	test('are the same for the same seed, and others for another', async () => {
		const first = await run(7, 0.5);
		expect(await run(7, 0.5)).toEqual(first);
		expect(await run(8, 0.5)).not.toEqual(first);
		expect(new Set(first)).toEqual(new Set([200, 500, 502, 503]));
	});

	test.each([
		[0, 0],
		[1, 40],
	])('at a rate of %d meet %d of 40 calls', async (rate, expected) => {
		await run(1, rate);
		expect(harness.emulator.faults.applied).toHaveLength(expected);
	});

	test('leave Entra alone unless they are told otherwise', async () => {
		harness.emulator.faults.atRandom({ seed: 1, rate: 1, kinds: ['status-500'] });
		expect((await requestToken(harness, { grant_type: 'nonsense' })).status).toBe(400);
		await settled(() => harness.emulator.requests[0]?.status === 400);
	});
});
