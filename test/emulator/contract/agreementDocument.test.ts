/** Links to the text of the Customer Agreement, and the files behind them. */
import { CLOUD_TEMPLATE_ID, MCA_TEMPLATE_ID } from '../../../dev/emulator/templates';
import { documentLanguages } from '../../../dev/emulator/documents/documentLanguages';
import { UNKNOWN_CUSTOMER, emulatorForThisFile, json, type Answer } from './support/emulator';
import { documented } from './support/fixtures';
import { unzip } from './support/zip';
import { isLaterThan } from './support/isLaterThan';

const harness = emulatorForThisFile();
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MEGABYTE = 1024 * 1024;

const document = async (params: Record<string, unknown> = {}, templateId = MCA_TEMPLATE_ID) =>
	await harness.call({ url: `/v1/agreementtemplates/${templateId}/document`, params });
const linksOf = (answer: Answer) => json(answer) as typeof documented.agreementDocument;
const downloadUri = async (params: Record<string, unknown> = {}) =>
	linksOf(await document(params)).downloadUri;
const open = async (url: string, headers: Record<string, string> = {}) => {
	const answer = await harness.http.get<ArrayBuffer>(url, {
		responseType: 'arraybuffer',
		headers,
	});
	return { ...answer, bytes: Buffer.from(answer.data) };
};

describe('the links', () => {
	test('come with the documented properties', async () => {
		const answer = await document({ language: 'en-US', country: 'US' });
		expect(answer.status).toBe(200);
		expect(Object.keys(linksOf(answer))).toEqual(Object.keys(documented.agreementDocument));
		expect(linksOf(answer)).toEqual({
			...documented.agreementDocument,
			displayUri: expect.stringContaining('/agreement-documents/'),
			downloadUri: expect.stringContaining('/agreement-documents/'),
		});
	});

	test('lead to the address under which the emulator was reached', async () => {
		const answer = await harness.call({
			url: `/v1/agreementtemplates/${MCA_TEMPLATE_ID}/document`,
			headers: { Host: 'emulator.example:8787' },
		});
		expect(linksOf(answer).downloadUri).toMatch(/^http:\/\/emulator\.example:8787\//);
	});

	test('are new ones each time', async () => {
		const uris = [await document(), await document(), await document()].flatMap((answer) => {
			const links = linksOf(answer);
			return [links.displayUri, links.downloadUri];
		});
		expect(new Set(uris).size).toBe(6);
	});

	test('say until when they are good: five minutes from now', async () => {
		const fiveMinutesFromNow = () => Math.floor(Date.now() / 1000) * 1000 + 300_000;
		const earliest = fiveMinutesFromNow();
		const expiry = new URL(await downloadUri()).searchParams.get('se') ?? '';
		expect(Date.parse(expiry)).toBeGreaterThanOrEqual(earliest);
		expect(Date.parse(expiry)).toBeLessThanOrEqual(fiveMinutesFromNow() + 1000);
	});

	test.each([
		[{}, 'en-US', 'US'],
		[{ country: '', language: '' }, 'en-US', 'US'],
		[{ country: 'NL' }, 'en-US', 'NL'],
		[{ country: 'NL', language: 'nl-NL' }, 'nl-NL', 'NL'],
		[{ country: 'NL', language: 'NL-nl' }, 'nl-NL', 'NL'],
		[{ country: 'BE', language: 'nl-NL' }, 'nl-NL', 'BE'],
		[{ country: 'BE', language: 'fr-FR' }, 'en-US', 'BE'],
		[{ country: 'CH', language: 'de-DE' }, 'en-US', 'CH'],
		[{ country: 'RS', language: 'sr-Latn-RS' }, 'sr-Latn-RS', 'RS'],
		[{ language: 'nl-NL' }, 'en-US', 'US'],
		[{ country: 'HU', language: 'nonsense' }, 'en-US', 'HU'],
	])('asked for with %j are for %s in %s', async (params, language, country) => {
		expect(linksOf(await document(params))).toMatchObject({ language, country });
	});

	test('are for the 246 countries of the documented list, each with English', () => {
		expect(documentLanguages.size).toBe(246);
		for (const languages of documentLanguages.values()) expect(languages[0]).toBe('en-US');
		expect([...documentLanguages.values()].filter(({ length }) => length > 1)).toHaveLength(91);
	});
});

describe('a template', () => {
	test.each([
		['that does not exist', UNKNOWN_CUSTOMER],
		['of the Cloud Agreement', CLOUD_TEMPLATE_ID],
		['in capitals', MCA_TEMPLATE_ID.toUpperCase()],
	])('%s has no document', async (_what, templateId) => {
		const answer = await document({}, templateId);
		expect(answer.status).toBe(404);
		expect(json(answer)).toMatchObject({ code: 1000 });
	});

	test.each([
		[404, { code: 1000 }],
		[400, { code: 3000, data: ['agreement-template-id'] }],
	] as const)('that does not exist can be answered with %d', async (status, body) => {
		harness.emulator.switches.unknownTemplateStatus = status;
		const answer = await document({}, UNKNOWN_CUSTOMER);
		expect(answer.status).toBe(status);
		expect(json(answer)).toMatchObject(body);
	});
});

describe('a country', () => {
	test.each(['nl', 'XX', 'CU', 'Netherlands'])('%s is unknown', async (country) => {
		const answer = await document({ country });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['country'] });
	});

	test.each([
		[400, { code: 3000 }],
		[404, { code: 1000 }],
	] as const)('that is unknown can be answered with %d', async (status, body) => {
		harness.emulator.switches.unknownCountryStatus = status;
		const answer = await document({ country: 'XX' });
		expect(answer.status).toBe(status);
		expect(json(answer)).toMatchObject(body);
	});
});

describe('a download', () => {
	test('is a Word file with a name, for whoever has the link', async () => {
		const answer = await open(await downloadUri({ country: 'SE', language: 'sv-SE' }));
		expect(answer.status).toBe(200);
		expect(answer.headers).toMatchObject({
			'content-type': WORD,
			'content-disposition': 'attachment; filename="MicrosoftCustomerAgreement_sv-SE_SE.docx"',
			'content-length': String(answer.bytes.length),
		});
	});

	test('is an archive whose text names the language and the country', async () => {
		const { bytes } = await open(await downloadUri({ country: 'SE', language: 'sv-SE' }));
		const parts = unzip(bytes);
		expect([...parts.keys()]).toEqual(['[Content_Types].xml', '_rels/.rels', 'word/document.xml']);
		const text = parts.get('word/document.xml')?.toString();
		expect(text).toContain('Language: sv-SE');
		expect(text).toContain('Country: SE');
	});

	test.each([5000, 25 * MEGABYTE, 25 * MEGABYTE + 1])(
		'can be exactly %d bytes long',
		async (size) => {
			harness.emulator.switches.documentBytes = size;
			const { bytes, headers } = await open(await downloadUri());
			expect(bytes).toHaveLength(size);
			expect(headers['content-length']).toBe(String(size));
			expect(unzip(bytes).has('word/document.xml')).toBe(true);
		},
	);

	test.each([0, 1, 100])('is never shorter than it has to be: %d', async (size) => {
		harness.emulator.switches.documentBytes = size;
		const { bytes } = await open(await downloadUri());
		expect(bytes.length).toBeGreaterThan(size);
		expect(bytes.length).toBeLessThan(5000);
	});

	test('can be made more than once', async () => {
		const uri = await downloadUri();
		expect((await open(uri)).status).toBe(200);
		expect((await open(uri)).status).toBe(200);
	});

	test('is refused when a token is sent along', async () => {
		const { access_token } = await harness.emulator.issueTokens({ kind: 'user' });
		const answer = await open(await downloadUri(), { Authorization: `Bearer ${access_token}` });
		expect(answer.status).toBe(400);
		expect(answer.headers).toMatchObject({
			'content-type': 'application/xml',
			'x-ms-error-code': 'InvalidAuthenticationInfo',
		});
		expect(answer.bytes.toString()).toContain('<Code>InvalidAuthenticationInfo</Code>');
	});

	test.each([
		['without its signature', (url: URL) => url.searchParams.delete('sig')],
		['with another signature', (url: URL) => url.searchParams.set('sig', 'AAAA')],
	])('is refused %s', async (_what, change) => {
		const url = new URL(await downloadUri());
		change(url);
		const answer = await open(url.href);
		expect(answer.status).toBe(403);
		expect(answer.bytes.toString()).toContain('<Code>AuthenticationFailed</Code>');
	});

	test.each(['.docx', '.html', '.pdf', ''])(
		'of a file %s that is not there is not found',
		async (ending) => {
			const answer = await open(`/agreement-documents/${UNKNOWN_CUSTOMER}${ending}`);
			expect(answer.status).toBe(404);
			expect(answer.bytes.toString()).toContain('<Code>BlobNotFound</Code>');
		},
	);

	test('is logged, but not what opens it', async () => {
		await open(await downloadUri());
		const logged = harness.emulator.requests.at(-1);
		expect(logged).toMatchObject({ method: 'GET', status: 200 });
		expect(logged?.path).toContain('sig=[redacted]');
	});

	test('can arrive slowly', async () => {
		const uri = await downloadUri();
		const quick = await open(uri);
		harness.emulator.faults.script([
			{ match: { path: '^/agreement-documents/' }, what: { kind: 'slow-body', ms: 100 } },
		]);
		const slow = await isLaterThan(80, open(uri));
		expect(slow.bytes.equals(quick.bytes)).toBe(true);
	});
});

describe('an expired link', () => {
	const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

	test('is refused as a blob store does', async () => {
		harness.emulator.switches.documentLinkLifetime = 0.05;
		const { displayUri, downloadUri: uri } = linksOf(await document());
		await pause(60);
		for (const expired of [uri, displayUri]) {
			const answer = await open(expired);
			expect(answer.status).toBe(403);
			expect(answer.headers['content-type']).toBe('application/xml');
			expect(answer.bytes.toString()).toMatch(
				/^\uFEFF<\?xml version="1.0" encoding="utf-8"\?><Error><Code>AuthenticationFailed<\/Code><Message>Server failed to authenticate the request\. [^<]+<\/Message><AuthenticationErrorDetail>Signature not valid in the specified time frame: [^<]+<\/AuthenticationErrorDetail><\/Error>$/,
			);
		}
	});

	test('can be had by switching while it is on its way', async () => {
		const uri = await downloadUri();
		harness.emulator.switches.documentLinkLifetime = 0;
		expect((await open(uri)).status).toBe(403);
	});

	test('is forgotten by a reset', async () => {
		const uri = await downloadUri();
		harness.emulator.reset();
		expect((await open(uri)).status).toBe(404);
	});
});

test('the text can be seen in a browser', async () => {
	const { displayUri } = linksOf(await document({ country: 'JP', language: 'ja-JP' }));
	const answer = await open(displayUri);
	expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
	expect(answer.bytes.toString()).toContain('ja-JP');
	expect(answer.bytes.toString()).toContain('Country: JP');
});
