/**
 * "Read an error", what comes after the fields and the sign-in: each row as an item says it, from
 * what really came over the wire.
 */
import { BinaryDataService } from 'n8n-core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { EmulatorOptions } from '../../dev/emulator/startEmulator';
import { itemOf, rowsOf, saying, type Said } from './errorPage';
import { open, place } from './place';
import type { Answer } from './standIn';
import {
	customer,
	customerId,
	customers,
	engineModules,
	json,
	record,
	type NodeSettings,
	writes,
} from './workplace';

jest.setTimeout(60_000);

interface Case {
	emulator?: EmulatorOptions;
	/** What is answered in place of the emulator; undefined: what the emulator answers. */
	answers?: (call: string) => Answer | undefined;
	settings?: NodeSettings & { appOnly?: boolean };
	credential?: (data: ICredentialDataDecryptedObject) => void;
	/** Where it is no item of one record that says it. */
	said?: () => Promise<Said>;
	/** Where the row is the reason in the advice. */
	inAdvice?: boolean;
}

const once = { maxRetries: 0 };
/** Where it is the waiting that ends. */
const hasty = { ...once, timeout: 1000 };
const operation = (resource: string, name: string, more: IDataObject = {}) => ({
	parameters: { resource, operation: name, options: once, ...more },
});
const METADATA = operation('agreementTemplate', 'getMetadata');
const AGREEMENTS = operation('customerAgreement', 'getAll', { returnAll: true });
const CUSTOMERS = operation('customer', 'getAll', { returnAll: true });
const DOCUMENT = operation('agreementTemplate', 'downloadDocument', {
	language: 'en-US',
	country: 'US',
});
const AS_APP = {
	appOnly: true,
	...operation('customer', 'get', { authentication: 'appOnly' }),
};
const ATTESTATION = {
	appOnly: true,
	...operation('attestation', 'create', {
		country: { __rl: true, mode: 'code', value: 'NL' },
		language: { __rl: true, mode: 'code', value: 'nl-NL' },
		companyName: 'Contoso',
		signatoryFirstName: 'Zsófia',
		signatoryLastName: 'Fűzesi',
	}),
};
const BY_DOMAIN = {
	parameters: {
		customerId: { __rl: true, mode: 'domain', value: 'contoso.example' },
		options: once,
	},
};

const isWrite = (call: string) => /^POST .*\/agreements$/.test(call);
/** As Partner Center's errors are documented. */
const refusal = (status: number, code?: string): Answer => ({
	status,
	body: code === undefined ? undefined : { code, description: 'What Microsoft says of it' },
});
const toWrites = (answer: Answer) => ({
	answers: (call: string) => (isWrite(call) ? answer : undefined),
});
const toAll = (answer: Answer) => ({
	answers: (call: string) => (call.includes(' /v1') ? answer : undefined),
});
const toWhere = (part: string, answer: Answer) => ({
	answers: (call: string) => (call.includes(part) ? answer : undefined),
});
const page = (items: unknown[], more: object = {}): Answer => ({
	status: 200,
	body: { totalCount: items.length, items, ...more },
});
const listed = (number: number) => ({
	id: customerId(number),
	companyProfile: { tenantId: customerId(number), domain: `contoso${number}.onmicrosoft.com` },
});
/** A list of which each page has one more customer, and a link to another. */
const endless = () => {
	let pages = 0;
	return (): Answer => {
		pages += 1;
		return page([listed(pages)], {
			links: { next: { uri: `/customers?page=${pages}`, method: 'GET', headers: [] } },
		});
	};
};
const codes = (status: number, settings: NodeSettings, ...all: string[]): Case[] =>
	all.map((code) => ({ ...toAll(refusal(status, code)), settings }));

const after = async (milliseconds: number) =>
	await new Promise((next) => setTimeout(next, milliseconds));

/**
 * Partner Center's limit lets nothing through for longer than anybody waits: the clock jumps while
 * the first item waits for its next try.
 *
 * @returns what the first item says, which was refused, and the second, which was never sent
 */
async function behindTheLimit(): Promise<Said[]> {
	await open({ state: { customers: customers(2) } });
	const now = performance.now.bind(performance);
	let jumped = 0;
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + jumped);
	place.emulator.faults.script([
		{ match: { method: 'POST' }, times: 99, what: { kind: 'status-429', retryAfterSeconds: 6 } },
	]);
	const running = place.run([record(1), record(2)], {
		onError: 'continueErrorOutput',
		parameters: { options: { maxConcurrency: 1 } },
	});
	while (!place.emulator.requests.some(({ status }) => status === 429)) await after(5);
	// Time for the answer to arrive.
	await after(2_000);
	jumped = 16 * 60_000;
	const { errors } = await running.finally(() => clock.mockRestore());
	return json(errors) as unknown as Said[];
}
let limited: Promise<Said[]> | undefined;
const behindLimit = async (item: number) => {
	limited ??= behindTheLimit();
	return (await limited)[item] as Said;
};

/** The item that was under way, and the one that had not begun, when somebody stopped the execution. */
async function whenStopped(item: number): Promise<Said> {
	await open({ state: { customers: customers(5) } });
	const stop = new AbortController();
	place.emulator.faults.script([{ match: { method: 'POST' }, what: 'hang' }]);
	const running = place.run(
		Array.from({ length: 5 }, (_, n) => record(n + 1)),
		{ onError: 'continueErrorOutput', parameters: { options: { maxConcurrency: 1 } } },
		{ signal: stop.signal },
	);
	while (!place.emulator.requests.some(({ method }) => method === 'POST')) {
		await after(5);
	}
	stop.abort();
	return json((await running).errors)[item] as unknown as Said;
}

/** What n8n's start loaded is of another build than the files on the disk. */
async function afterAnUpdate(): Promise<Said> {
	await open({ state: { customers: customers(1) } });
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- as the node has loaded it
	const loaded = require('../../dist/nodes/MicrosoftPartnerCenter/n8n/build.js') as {
		BUILD: string;
	};
	const { BUILD } = loaded;
	loaded.BUILD = 'another';
	try {
		const said = await itemOf(undefined);
		expect(writes(place.emulator)).toEqual([]);
		return said;
	} finally {
		loaded.BUILD = BUILD;
	}
}

/** n8n can't keep the file: the folder on its disk is gone. */
async function withoutItsDisk(): Promise<Said> {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-files-'));
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the engine's own
	const { Container } = require(path.join(engineModules, '@n8n/di')) as {
		Container: { get(type: unknown): unknown };
	};
	const service = Container.get(BinaryDataService) as {
		config: object;
		mode: string;
		managers: object;
		init(): Promise<void>;
	};
	const { mode, managers, config } = service;
	const localStoragePath = path.join(folder, 'files');
	service.config = {
		...config,
		mode: 'filesystem',
		availableModes: ['filesystem'],
		localStoragePath,
	};
	try {
		await service.init();
		rmSync(localStoragePath, { recursive: true, force: true });
		writeFileSync(localStoragePath, '');
		await open();
		return await itemOf(undefined, DOCUMENT);
	} finally {
		Object.assign(service, { mode, managers, config });
		rmSync(folder, { recursive: true, force: true });
	}
}

const html = { status: 200, body: '<html>Sign in to the network</html>' };
const cut: Answer = (request) => request.socket.destroy();
const silent: Answer = () => undefined;
const dripping: Answer = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/octet-stream' }).write('PK');
};
const link = (downloadUri: string): Answer => ({ status: 200, body: { downloadUri } });
/** Of the stand-in itself, at another path, where the emulator's link would lead past it. */
const linkHere: Answer = (request, response) => {
	response
		.writeHead(200, { 'content-type': 'application/json' })
		.end(JSON.stringify({ downloadUri: `http://${request.headers.host}/a-document` }));
};
const withDocument =
	(document: Answer) =>
	(call: string): Answer | undefined => {
		if (call.includes('/document?')) return linkHere;
		return call.includes('/a-document') ? document : undefined;
	};

const CASES: Readonly<Record<string, Case[]>> = {
	'Partner Center does not know this customer': [
		...codes(404, {}, '1000', '60003', '900118').map((one) => ({ ...one, ...toWritesOf(one) })),
		toWrites(refusal(404)),
	],
	'There is no reseller relationship with this customer': codes(403, {}, '20002', '2032'),
	'Partner Center does not let this user do that': [
		...codes(403, {}, '900150', '900308', '1002'),
		toAll(refusal(403)),
	],
	'Partner Center does not let this app do that': [
		...codes(403, AS_APP, '900150', '900308'),
		{ ...toAll(refusal(403)), settings: AS_APP },
	],
	'Partner Center answered that this way to confirm is retired': [
		toWrites({ status: 410, body: { message: 'Gone' } }),
		toWrites({ status: 400, body: { message: 'This API has been retired.' } }),
	],
	'A confirmation with the same contact exists already': [
		{ ...toAll(refusal(409, '600061')), settings: ATTESTATION },
	],
	'Partner Center did not accept a value': [
		...codes(400, {}, '3000', '800002'),
		toWrites(refusal(400)),
	],
	'Partner Center did not find what was asked for': [
		{ ...toAll(refusal(404)), settings: METADATA },
	],
	'Partner Center does not know this call': [{ ...toAll(refusal(404)), settings: ATTESTATION }],
	'Partner Center answered that the agreement was confirmed already': [
		{ ...toAll(refusal(409, '600061')), settings: METADATA },
	],
	"Partner Center's rate limit is exceeded": [{ said: () => behindLimit(0) }],
	"Partner Center's rate limit lets no request through": [{ said: () => behindLimit(1) }],
	'Partner Center asks to wait …; a run waits … at most': [
		toWrites({ status: 429, headers: { 'retry-after': '900' } }),
	],
	'Partner Center could not process the request': [
		toWrites(refusal(408)),
		toWrites(refusal(500)),
		toWrites(refusal(503)),
	],
	'Partner Center refused the request with HTTP status …': [toWrites(refusal(418))],
	'Partner Center lists no template of type …': [toAll(page([]))],
	'No customer has the domain "…"': [{ settings: BY_DOMAIN }],
	'Several customers have the domain "…"': [
		{
			emulator: {
				state: {
					customers: [1, 2].map((number) => customer(number, { domain: 'contoso.example' })),
				},
			},
			settings: BY_DOMAIN,
		},
	],
	'… could not be reached': [{ credential: (data) => (data.emulatorUrl = 'http://127.0.0.1:1') }],
	'… did not answer within …': [{ ...toAll(silent), settings: { parameters: { options: hasty } } }],
	'The connection to … was cut before an answer came': [toAll(cut)],
	"Partner Center's answer can't be read: …": [toAll(html)],
	"Partner Center's answer is not the agreement that was sent: …": [
		toWrites({ status: 201, body: { templateId: 'another' } }),
	],
	'n8n did not send the request': [{ credential: (data) => (data.emulatorUrl = 'localhost') }],
	"'Emulator URL' in the credential is not an address such as http://localhost:8787": [
		{ credential: (data) => (data.emulatorUrl = 'localhost'), inAdvice: true },
	],
	'the credential does not point at …': [
		{
			credential: (data) =>
				Object.assign(data, { environment: 'microsoft', apiBaseUrl: 'https://elsewhere.example' }),
			inAdvice: true,
		},
	],
	'the link to the document is not an HTTPS address': [
		{
			...toWhere('/document?', link('http://files.example.com/mca.docx')),
			settings: DOCUMENT,
			inAdvice: true,
		},
	],
	'The document could not be fetched from where Partner Center keeps it': [
		{ ...toWhere('/document?', link('https://127.0.0.1:1/mca.docx')), settings: DOCUMENT },
	],
	'The link to the next page of the list leads elsewhere': [
		{
			...toWhere(
				'/v1/customers',
				page([listed(1)], { links: { next: { uri: '/invoices?page=2', method: 'GET' } } }),
			),
			settings: CUSTOMERS,
		},
	],
	'The list leads back to a page that was read already': [
		{
			emulator: { state: { customers: customers(1_203) }, switches: { pageLoop: true } },
			settings: CUSTOMERS,
		},
	],
	'The list does not end: its last … pages held nothing new': [
		{
			emulator: { state: { customers: customers(3) }, switches: { endlessList: 'empty' } },
			settings: CUSTOMERS,
		},
	],
	'The list has not ended after … pages': [
		{
			answers: ((next) => (call: string) => (call.includes('/v1/customers') ? next() : undefined))(
				endless(),
			),
			settings: CUSTOMERS,
		},
	],
	'Partner Center sent … of the … entries of a list, and no link to the others': [
		{ ...toWhere('/agreements', page([], { totalCount: 5 })), settings: AGREEMENTS },
	],
	'The link to the document was refused, also a fresh one': [
		{ emulator: { switches: { documentLinkLifetime: 0 } }, settings: DOCUMENT },
	],
	'The document did not come whole within …': [
		{
			answers: withDocument(dripping),
			settings: { parameters: { ...DOCUMENT.parameters, options: hasty } },
		},
	],
	'The document is larger than … MB': [
		{ emulator: { switches: { documentBytes: 25 * 1024 * 1024 + 1 } }, settings: DOCUMENT },
	],
	'The document is empty': [
		{ answers: withDocument({ status: 200, body: '' }), settings: DOCUMENT },
	],
	'The execution was cancelled before this item was started': [{ said: () => whenStopped(2) }],
	'The execution was cancelled before this item was done': [{ said: () => whenStopped(0) }],
	'An agreement with this contact exists, but whether this item recorded it is not known': [
		{
			said: async () => {
				await open({
					state: { customers: customers(1) },
					switches: { replaySameRequestId: false },
				});
				place.emulator.faults.script([
					{ match: { method: 'POST' }, what: 'reset-after-write' },
					{ match: { method: 'GET', path: '/customers/' }, times: 9, what: 'status-500' },
				]);
				return await itemOf(undefined, { parameters: { options: { maxRetries: 1 } } });
			},
		},
	],
	'The files of this package have changed since n8n was started': [{ said: afterAnUpdate }],
	'This item could not be processed: …': [{ said: withoutItsDisk }],
};

/** The template is known; it is the customer's own call that is refused. */
function toWritesOf({ answers }: Case): Pick<Case, 'answers'> {
	return { answers: (call) => (isWrite(call) ? answers?.(call) : undefined) };
}

const rows = ['Partner Center refuses', 'The way there', 'A run that ended early'].flatMap(rowsOf);

it.each(rows)('$seen', async ({ seen, codes: documented }) => {
	const cases = CASES[seen] ?? [];
	expect(cases.length).toBeGreaterThan(0);
	const advice: string[] = [];
	for (const one of cases) {
		const { emulator = { state: { customers: customers(1) } }, answers, settings } = one;
		if (one.said === undefined) await open(emulator);
		const { credential } = one;
		const said = await (one.said?.() ?? itemOf(answers, settings, credential));
		expect(one.inAdvice === true ? said.message : said.error).toMatch(
			one.inAdvice === true ? new RegExp(saying(seen).source.slice(1)) : saying(seen),
		);
		expect(said.message).toMatch(/\w+ \w+/);
		advice.push(said.message);
	}
	for (const code of documented) expect(advice.join(' ')).toContain(`code ${code},`);
});

it('no case stands for a row that is gone', () => {
	expect(Object.keys(CASES).filter((one) => !rows.some(({ seen }) => seen === one))).toEqual([]);
});
