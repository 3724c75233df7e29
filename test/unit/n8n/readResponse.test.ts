/** An answer of n8n's helper: its body read as text, and no more of it than anything real has. */
import type { HttpRequest } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { OversizedBody } from '../../../nodes/MicrosoftPartnerCenter/client/json';
import { readResponse } from '../../../nodes/MicrosoftPartnerCenter/n8n/readResponse';

const MB = 1024 * 1024;
const NO_END = new AbortController().signal;

const requestOf = (method: HttpRequest['method']): HttpRequest => ({
	method,
	path: '/v1/customers',
	headers: {},
	timeout: 1_000,
});

async function* streamOf(...chunks: Uint8Array[]) {
	yield* chunks;
}

async function read(body: unknown, statusCode = 200) {
	const headers = { 'ms-requestid': '1' };
	return await readResponse({ statusCode, headers, body }, requestOf('GET'), NO_END);
}

it('status, headers and text come as they were sent', async () => {
	await expect(read(streamOf(Buffer.from('{"a":1}')), 404)).resolves.toEqual({
		status: 404,
		headers: { 'ms-requestid': '1' },
		body: '{"a":1}',
	});
});

it('a letter of several bytes that arrives in two pieces stays one letter', async () => {
	const bytes = Buffer.from('Zoë 株式会社');
	const at = bytes.indexOf(Buffer.from('ë')) + 1;
	const { body } = await read(streamOf(bytes.subarray(0, at), bytes.subarray(at)));
	expect(body).toBe('Zoë 株式会社');
});

it.each([[{ parsed: true }], ['text'], [undefined]])(
	'a body that is no stream, %p, stays as it is',
	async (body) => {
		expect((await read(body)).body).toEqual(body);
	},
);

describe('too large a body is read to its limit, and says so', () => {
	it.each([
		['a page of a list', 'GET', 200, 16 * MB],
		['a refusal', 'GET', 403, MB],
		['an agreement', 'POST', 201, MB],
	] as const)('%s', async (_what, method, statusCode, limit) => {
		const request = requestOf(method);
		const within = streamOf(Buffer.alloc(limit, 'a'));
		const answer = { statusCode, headers: {} };
		const whole = await readResponse({ ...answer, body: within }, request, NO_END);
		expect(String(whole.body)).toHaveLength(limit);
		const beyond = streamOf(Buffer.alloc(limit, 'a'), Buffer.from('b'));
		const { body } = await readResponse({ ...answer, body: beyond }, request, NO_END);
		expect(body).toBeInstanceOf(OversizedBody);
		const { beginning, limit: told } = body as OversizedBody;
		expect([beginning.length, beginning.includes('b'), told]).toEqual([limit, false, limit]);
	});
});
