/** The file behind a link: fetched without the token, and only from where a file may be. */
import { download, MAX_BYTES } from '../../../nodes/MicrosoftPartnerCenter/n8n/download';
import { credential, executionContext, rejecting } from '../../support/n8nContext';

const LINK = 'https://files.contoso.example/a.docx';
const LONG_MS = 60_000;

async function* bytes(...chunks: Uint8Array[]) {
	yield* chunks;
}

function answering(headers: object = {}, body: unknown = bytes(Buffer.from('PK'))) {
	return jest.fn(async () => ({ statusCode: 200, headers, body }));
}

describe('a link', () => {
	it.each([
		'http://files.contoso.example/a.docx',
		'file:///etc/passwd',
		'https://user@host.example/',
		'https:/files.contoso.example/a.docx',
		'',
	])('"%s" is not followed, and nothing is sent', async (url) => {
		const httpRequest = answering();
		await expect(download(executionContext({}, { httpRequest }), url, LONG_MS)).rejects.toThrow(
			'not an HTTPS address',
		);
		expect(httpRequest).not.toHaveBeenCalled();
	});

	it('over HTTPS is fetched without credentials', async () => {
		const httpRequest = answering();
		const context = executionContext({}, { httpRequest });
		await expect(download(context, LINK, LONG_MS)).resolves.toMatchObject({
			status: 200,
			bytes: Buffer.from('PK'),
		});
		expect(JSON.stringify(httpRequest.mock.calls)).not.toMatch(/authorization|access_token/i);
	});

	describe('of the emulator', () => {
		const emulator = { environment: 'emulator', apiBaseUrl: 'http://localhost:8787' };
		const fetchWith = async (url: string, stored: object) => {
			const httpRequest = answering();
			const getCredentials = async () => ({ ...credential, ...stored });
			return await download(executionContext({ getCredentials }, { httpRequest }), url, LONG_MS);
		};

		it('is fetched over HTTP', async () => {
			const url = 'http://localhost:8787/documents/1';
			await expect(fetchWith(url, emulator)).resolves.toMatchObject({ status: 200 });
		});

		it.each([
			['another port', 'http://localhost:87870/documents/1', emulator],
			['a server that only begins so', 'http://localhost:8787.contoso.example/', emulator],
			['the emulator of another credential', 'http://localhost:8787/1', {}],
			[
				'an address that the credential of Partner Center holds all the same',
				'http://localhost:8787/1',
				{ apiBaseUrl: 'http://localhost:8787' },
			],
		])('is not fetched from %s', async (_where, url, stored) => {
			await expect(fetchWith(url, stored)).rejects.toThrow('not an HTTPS address');
		});
	});
});

describe('a file', () => {
	const fetched = async (headers: object, body?: unknown) =>
		await download(executionContext({}, { httpRequest: answering(headers, body) }), LINK, LONG_MS);

	it.each([
		['attachment; filename="a/b/Agreement.docx"', 'Agreement.docx'],
		['attachment; filename="..\\..\\Agreement.docx"', 'Agreement.docx'],
		['attachment; filename=Agreement.docx', 'Agreement.docx'],
		['attachment; filename="folder/"', undefined],
		['inline', undefined],
		[undefined, undefined],
	])('that is sent as %s is called %s', async (disposition, fileName) => {
		const { fileName: name } = await fetched({ 'content-disposition': disposition });
		expect(name).toBe(fileName);
	});

	it.each([
		['application/pdf; charset=binary', 'application/pdf'],
		['application/pdf', 'application/pdf'],
		[undefined, undefined],
		[['application/pdf'], undefined],
	])('of the type %p is of the type %p', async (header, mimeType) => {
		expect((await fetched({ 'content-type': header })).mimeType).toBe(mimeType);
	});

	it('larger than any agreement is not kept', async () => {
		const body = bytes(Buffer.alloc(MAX_BYTES), Buffer.from('!'));
		expect(await fetched({}, body)).toMatchObject({ status: 200, bytes: undefined });
		const whole = await fetched({}, bytes(Buffer.alloc(MAX_BYTES)));
		expect(whole.bytes).toHaveLength(MAX_BYTES);
	});
});

describe('a download that fails', () => {
	const failing = async (error: unknown, parts: object = {}, timeout = LONG_MS) =>
		await download(executionContext(parts, { httpRequest: rejecting(error) }), LINK, timeout);

	it.each([
		[{ code: 'ECONNRESET' }, { name: 'NoAnswerError', code: 'ECONNRESET' }],
		[{ cause: { code: 'ENOTFOUND' } }, { name: 'NoAnswerError', code: 'ENOTFOUND' }],
		[new TypeError('x'), { name: 'TypeError', message: 'x' }],
		['a text', { message: 'a text' }],
	])('with %p is told as %p', async (error, told) => {
		await expect(failing(error)).rejects.toMatchObject(told);
	});

	it('because the execution was cancelled says so', async () => {
		const parts = { getExecutionCancelSignal: () => AbortSignal.abort() };
		await expect(failing(new Error('canceled'), parts)).rejects.toMatchObject({
			name: 'CancelledError',
		});
	});

	it('because the whole file takes too long is told as late', async () => {
		const httpRequest = answering(
			{},
			(async function* () {
				yield Buffer.from('PK');
				await new Promise(() => undefined);
			})(),
		);
		const late = download(executionContext({}, { httpRequest }), LINK, 10);
		await expect(late).rejects.toMatchObject({ name: 'NoAnswerError', code: 'ETIMEDOUT' });
	});
});
