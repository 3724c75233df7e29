/** Agreement Template → Download Document: the file, its link, and what is refused. */
import type { IDataObject } from 'n8n-workflow';

import { open, place } from '../../place';
import { reads, runOperation } from '../../runOperation';
import { json } from '../../workplace';

describe('Agreement Template → Download Document', () => {
	const download = (parameters: IDataObject = {}) =>
		runOperation([{}], 'agreementTemplate', 'downloadDocument', {
			options: { maxRetries: 0 },
			...parameters,
		});
	const fetched = () =>
		place.emulator.requests.filter(({ path }) => path.startsWith('/agreement-documents/'));

	it('gives the current agreement in US English, as a Word file', async () => {
		await open();
		const { outputs, result } = await download();
		expect(result.error).toBeUndefined();
		const [item] = outputs[0] ?? [];
		expect(item?.json).toMatchObject({
			templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
			language: 'en-US',
			country: 'US',
			mimeType: expect.stringContaining('wordprocessingml'),
			fileName: expect.stringMatching(/\.docx$/),
		});
		const { data = '', fileName } = item?.binary?.data ?? {};
		const bytes = Buffer.from(data, 'base64');
		expect([bytes.subarray(0, 2).toString(), bytes.length]).toEqual(['PK', item?.json.fileSize]);
		expect(fileName).toBe(item?.json.fileName);
	});

	it('in the language and country asked for, in the field asked for, without the bearer token', async () => {
		await open();
		const { outputs } = await download({
			language: { __rl: true, mode: 'list', value: 'nl-NL' },
			country: { __rl: true, mode: 'code', value: 'NL' },
			binaryPropertyName: 'mca',
		});
		expect(json(outputs[0])).toMatchObject([{ language: 'nl-NL', country: 'NL' }]);
		expect(outputs[0]?.[0]?.binary).toHaveProperty('mca');
		// The emulator answers 400 to a document request that carries a token.
		expect(fetched().map(({ status }) => status)).toEqual([200]);
	});

	it('also where the emulator is reached under another name of its machine', async () => {
		await open();
		const stored = place.credentials.data('1');
		stored.emulatorUrl = place.emulator.baseUrl.replace('127.0.0.1', 'localhost');
		const { outputs } = await download();
		expect(outputs[0]).toHaveLength(1);
	});

	it('a stale link is fetched anew, once', async () => {
		await open();
		place.emulator.faults.script([
			{ match: { path: '^/agreement-documents/' }, what: 'status-500' },
		]);
		const { outputs } = await download();
		expect(outputs[0]).toHaveLength(1);
		expect(reads('/document?')).toHaveLength(2);
	});

	it('a link that is always stale is explained', async () => {
		await open({ switches: { documentLinkLifetime: 0 } });
		const { outputs } = await download();
		expect(json(outputs[1])).toMatchObject([
			{ error: 'The link to the document was refused, also a fresh one [Item 0]' },
		]);
		expect(fetched().map(({ status }) => status)).toEqual([403, 403]);
	});

	it('more than 25 MB is refused', async () => {
		await open({ switches: { documentBytes: 25 * 1024 * 1024 + 1 } });
		const { outputs } = await download();
		expect(json(outputs[1])[0]?.error).toBe('The document is larger than 25 MB [Item 0]');
	});

	it.each([
		['country', { country: 'nl' }, /'Country' is not such a code: "nl"/],
		['language', { language: '../x' }, /'Language' is not such a code/],
		['template', { templateId: '998b88de-aa99-4388-a42c-1b3517d49490' }, /'Template ID' is not/],
	])('a %s that can’t be one is refused before anything is fetched', async (_what, more, error) => {
		await open();
		const { outputs } = await download(more);
		expect(json(outputs[1])[0]?.error).toMatch(error);
		expect(reads('/document?')).toEqual([]);
	});
});
