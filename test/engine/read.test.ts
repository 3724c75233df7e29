/** The operations that read: agreements, status, customers, documents, and the ways to choose a customer. */
import { EngineCredentialsHelper } from '../../dev/engine/runWorkflow';
import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { open, place } from './place';
import {
	APP_CREDENTIAL,
	customer,
	customerId,
	customers,
	json,
	loadAppOnlyCredentialType,
	loadCredentialType,
	loadNode,
	pairs,
	record,
	workflowAround,
	writes,
	type NodeSettings,
} from './workplace';

const errorOutput = { onError: 'continueErrorOutput' as const };
const GET = 'GET';
const calls = (part: string) =>
	place.emulator.requests.filter(({ method, path }) => method === GET && path.includes(part));

/** Runs an operation on records that name customers. */
const runOn = (
	records: IDataObject[],
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: object = errorOutput,
) => place.run(records, { ...settings, parameters: { resource, operation, ...parameters } });

const contact = {
	firstName: 'Győző',
	lastName: 'Szőke',
	email: 'gyozo@contoso.example',
	phoneNumber: '1',
};
const agreedOn = (dateAgreed: string, more: object = {}) => ({
	primaryContact: contact,
	dateAgreed,
	...more,
});

describe('Customer Agreement → Get Many', () => {
	const state = {
		customers: [
			customer(1, {
				agreements: [
					agreedOn('2022-01-01T00:00:00Z'),
					agreedOn('2024-01-01T00:00:00Z', {
						templateId: '998b88de-aa99-4388-a42c-1b3517d49490',
					}),
					agreedOn('2024-06-01T00:00:00Z', {
						primaryContact: { ...contact, firstName: 'Åsa' },
					}),
				],
			}),
			customer(2),
		],
	};

	it('gives an item for each Customer Agreement, simplified', async () => {
		await open({ state });
		const { outputs } = await runOn([record(1)], 'customerAgreement', 'getAll');
		expect(json(outputs[0])).toEqual(
			['Győző', 'Åsa'].map((firstName, index) => ({
				customerId: customerId(1),
				type: 'MicrosoftCustomerAgreement',
				dateAgreed: ['2022-01-01T00:00:00', '2024-06-01T00:00:00'][index],
				templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
				...contact,
				firstName,
			})),
		);
	});

	it.each([
		['all types', { agreementType: '*' }, 3],
		['the Cloud Agreement', { agreementType: 'MicrosoftCloudAgreement' }, 1],
		['a limit', { limit: 1 }, 1],
		['all', { returnAll: true }, 2],
	])('%s', async (_what, parameters, count) => {
		await open({ state });
		const { outputs } = await runOn([record(1)], 'customerAgreement', 'getAll', parameters);
		expect(outputs[0]).toHaveLength(count);
		expect(new Set(pairs(outputs[0]))).toEqual(new Set([0]));
	});

	it('as raw data, with what Partner Center sends', async () => {
		await open({ state });
		const raw = await runOn([record(1)], 'customerAgreement', 'getAll', { simplify: false });
		expect(json(raw.outputs[0])[0]).toMatchObject({
			customerId: customerId(1),
			primaryContact: contact,
			agreementLink: expect.stringContaining('https://'),
		});
	});

	it.each(['emptyList' as const, '600009' as const])(
		'no agreements is no item, said as %s',
		async (noAgreements) => {
			await open({ state, switches: { noAgreements } });
			const { outputs } = await runOn([record(2), record(1)], 'customerAgreement', 'getAll');
			expect(pairs(outputs[0])).toEqual([1, 1]);
			expect(outputs[1]).toEqual([]);
		},
	);

	it('a customer that does not exist is an error of that item', async () => {
		await open({ state });
		const { outputs } = await runOn([record(9), record(1)], 'customerAgreement', 'getAll');
		expect(pairs(outputs[0])).toEqual([1, 1]);
		expect(json(outputs[1])).toMatchObject([
			{ email: record(9).email, error: 'Partner Center does not know this customer [Item 0]' },
		]);
	});
});

describe('Customer Agreement → Get Status', () => {
	const recent = [agreedOn('2023-04-01T00:00:00Z')];
	const old = [agreedOn('2023-03-31T23:59:59Z')];
	const status = async (...args: Array<Parameters<typeof customer>[1]>) => {
		await open({ state: { customers: args.map((more, index) => customer(index + 1, more)) } });
		const { outputs, result } = await runOn(
			args.map((_, index) => record(index + 1)),
			'customerAgreement',
			'getStatus',
		);
		expect(result.error).toBeUndefined();
		return { items: json(outputs[0]), errors: json(outputs[1]), paired: pairs(outputs[0]) };
	};

	it('confirmed since April 2023, or signed by the customer: current', async () => {
		const { items, paired } = await status(
			{ agreements: recent },
			{ directSigned: true },
			{ agreements: old, directSigned: true },
		);
		expect(items).toEqual([
			{
				customerId: customerId(1),
				companyName: null,
				partnerConfirmed: true,
				directSigned: false,
				latest: {
					dateAgreed: '2023-04-01T00:00:00.000Z',
					firstName: 'Győző',
					lastName: 'Szőke',
					email: 'gyozo@contoso.example',
				},
				current: true,
				needsAction: false,
				reason: null,
			},
			expect.objectContaining({
				partnerConfirmed: false,
				directSigned: true,
				latest: null,
				current: true,
			}),
			expect.objectContaining({ partnerConfirmed: true, directSigned: true, current: true }),
		]);
		expect(paired).toEqual([0, 1, 2]);
	});

	it('anything else needs action, and says why', async () => {
		const { items, errors } = await status(
			{},
			{ agreements: old },
			{ relationshipToPartner: 'none' },
			{ relationshipToPartner: 'none', agreements: recent },
		);
		expect(errors).toEqual([]);
		expect(items.map(({ needsAction, reason }) => [needsAction, reason])).toEqual([
			[true, 'The agreement was never confirmed.'],
			[true, 'The last acceptance is from before 2023-04-01 and counts as expired.'],
			...[2, 3].map(() => [
				true,
				"There is no active reseller relationship, so the customer's agreements can't be read.",
			]),
		]);
		expect(items[2]).toMatchObject({ partnerConfirmed: null, directSigned: null, current: false });
	});

	it('reads both at once, and takes the company name from the input', async () => {
		await open({ state: { customers: customers(1) }, latency: 60 });
		const { outputs } = await runOn(
			[record(1, { companyName: 'Contoso' })],
			'customerAgreement',
			'getStatus',
		);
		expect(json(outputs[0])).toMatchObject([{ companyName: 'Contoso' }]);
		const [first, second] = calls(customerId(1)).map(({ time }) => Date.parse(time));
		expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThan(50);
	});

	it('another refusal is an error of that item', async () => {
		await open({ state: { customers: customers(2) } });
		const { outputs } = await runOn([record(9), record(1)], 'customerAgreement', 'getStatus');
		expect(pairs(outputs[0])).toEqual([1]);
		expect(json(outputs[1])[0]?.error).toMatch(/does not know this customer/);
	});

	it('300 customers come out in input order', async () => {
		await open({ state: { customers: customers(300) }, latency: [0, 10] });
		const { outputs } = await runOn(
			Array.from({ length: 300 }, (_, n) => record(n + 1)),
			'customerAgreement',
			'getStatus',
		);
		expect(pairs(outputs[0])).toEqual(Array.from({ length: 300 }, (_, n) => n));
	});
});

describe('Customer', () => {
	it('Get: one customer, simplified or raw', async () => {
		await open({ state: { customers: customers(2) } });
		const { outputs } = await runOn([record(1)], 'customer', 'get');
		expect(json(outputs[0])).toEqual([
			{
				customerId: customerId(1),
				companyName: 'Contoso 1',
				domain: 'contoso1.onmicrosoft.com',
				relationshipToPartner: 'reseller',
			},
		]);
		const raw = await runOn([record(1)], 'customer', 'get', { simplify: false });
		expect(json(raw.outputs[0])).toMatchObject([
			{ id: customerId(1), companyProfile: { tenantId: customerId(1) } },
		]);
	});

	it.each(['none' as const, 'v1' as const, 'absolute' as const])(
		'Get Many: every page, whichever way its link is written (%s)',
		async (linkPrefix) => {
			await open({ state: { customers: customers(1_203) }, switches: { linkPrefix } });
			const all = await runOn([{}], 'customer', 'getAll', { returnAll: true });
			expect(json(all.outputs[0]).map((one) => one.customerId)).toEqual(
				Array.from({ length: 1_203 }, (_, n) => customerId(n + 1)),
			);
			expect(calls('/v1/customers')).toHaveLength(3);
		},
	);

	it('Get Many: stops reading when there are enough', async () => {
		await open({ state: { customers: customers(1_203) } });
		const some = await runOn([{}], 'customer', 'getAll', { limit: 7 });
		expect(some.outputs[0]).toHaveLength(7);
		expect(calls('/v1/customers')).toHaveLength(1);
	});

	it('Get Many: a list that leads back to itself is an error, not an endless run', async () => {
		await open({ state: { customers: customers(1_203) }, switches: { pageLoop: true } });
		const { outputs } = await runOn([{}], 'customer', 'getAll', { returnAll: true });
		expect(outputs[0]).toEqual([]);
		expect(json(outputs[1])[0]?.error).toMatch(/leads back to a page/);
		expect(calls('/v1/customers').length).toBeLessThan(4);
	});

	it('Get Many: by the beginning of the company name or the domain', async () => {
		const state = {
			customers: [
				customer(1, { companyName: 'Şirket & "Söhne"', domain: 'alpha.example' }),
				customer(2, { companyName: 'Fabrikam', domain: 'beta.example' }),
			],
		};
		await open({ state });
		const find = async (filters: IDataObject) =>
			json((await runOn([{}], 'customer', 'getAll', { filters })).outputs[0]).map(
				({ domain }) => domain,
			);
		expect(await find({ companyName: 'Şirket & "S' })).toEqual(['alpha.example']);
		expect(await find({ domain: 'BETA' })).toEqual(['beta.example']);
		expect(await find({ companyName: 'nobody' })).toEqual([]);
		const both = await runOn([{}], 'customer', 'getAll', {
			filters: { companyName: 'a', domain: 'b' },
		});
		expect(json(both.outputs[1])[0]?.error).toMatch(/'Filters' has both/);
	});
});

describe('Customer, Get Many, of a list', () => {
	it('that holds every customer twice lists each once, and Limit counts customers', async () => {
		await open({ state: { customers: customers(700) } });
		place.emulator.switches.listCustomersTwice = true;
		const idsOf = async (parameters: IDataObject) =>
			json((await runOn([{}], 'customer', 'getAll', parameters)).outputs[0]).map(
				(one) => one.customerId,
			);
		const ids = customers(700).map(({ id }) => id);
		expect(await idsOf({ returnAll: true })).toEqual(ids);
		expect(await idsOf({ limit: 7 })).toEqual(ids.slice(0, 7));
	});

	it.each(['empty', 'repeated'] as const)(
		'that has no end ends in words: %s',
		async (how) => {
			await open({ state: { customers: customers(3) } });
			place.emulator.switches.endlessList = how;
			const { outputs } = await runOn([{}], 'customer', 'getAll', { returnAll: true }, errorOutput);
			expect(json(outputs[1])).toMatchObject([
				{ error: 'The list does not end: its last 200 pages held nothing new [Item 0]' },
			]);
			expect(calls('/v1/customers?').length).toBeLessThanOrEqual(201);
		},
		30_000,
	);
});

describe('Customer by domain', () => {
	const byDomain = { customerId: { __rl: true, mode: 'domain', value: '={{ $json.domain }}' } };
	const state = {
		customers: [
			customer(1, { domain: 'contoso.example' }),
			customer(2, { domain: 'contoso.example.com' }),
			customer(3, { domain: 'twin.example' }),
			customer(4, { domain: 'twin.example' }),
		],
	};

	it('confirms the one customer with exactly that domain, looked up once', async () => {
		await open({ state });
		const domains = ['contoso.example', 'Contoso.Example', 'contoso.example.com'];
		const { confirmed, alreadyExists } = await place.run(
			domains.map((domain) => record(1, { domain })),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(confirmed).map((one) => one.customerId)).toEqual([customerId(1), customerId(2)]);
		expect(pairs(alreadyExists)).toEqual([1]);
		expect(calls('/v1/customers?')).toHaveLength(2);
	});

	it('names the candidates when there is none, or more than one', async () => {
		await open({ state });
		const { errors } = await place.run(
			['contoso', 'contoso.exam', 'twin.example', 'nobody.example'].map((domain) =>
				record(1, { domain }),
			),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(errors).map(({ error }) => error)).toEqual([
			`'Customer' is not a domain: "contoso" [Item 0]`,
			'No customer has the domain "contoso.exam" [Item 1]',
			'Several customers have the domain "twin.example" [Item 2]',
			'No customer has the domain "nobody.example" [Item 3]',
		]);
		expect(json(errors)[1]?.message).toContain(`contoso.example (Contoso 1, ${customerId(1)})`);
		expect(json(errors)[2]?.message).toContain(customerId(4));
		expect(writes(place.emulator)).toEqual([]);
	});

	it('finds the one whose custom domains hold it, and takes no other for it', async () => {
		const customDomains = ['contoso.onmicrosoft.com', 'Contoso.Example.NET'];
		const other = customer(5, { domain: 'fabrikam.example' });
		await open({
			state: { customers: [customer(1, { domain: 'contoso.example', customDomains }), other] },
		});
		const { confirmed, errors } = await place.run(
			['contoso.onmicrosoft.com', 'contoso.example.net', 'fabrikam.onmicrosoft.com'].map(
				(domain, index) => record(index + 1, { domain }),
			),
			{ ...errorOutput, parameters: byDomain },
		);
		expect(json(confirmed).map((one) => one.customerId)).toEqual([customerId(1), customerId(1)]);
		expect(json(errors)).toMatchObject([
			{
				error: 'No customer has the domain "fabrikam.onmicrosoft.com" [Item 2]',
				message: expect.stringMatching(/default domain.*fabrikam\.example \(/),
			},
		]);
	});

	it('of a customer who is listed twice is one customer’s', async () => {
		await open({ state: { customers: customers(3) } });
		place.emulator.switches.listCustomersTwice = true;
		const { confirmed, errors } = await place.run(
			[record(1, { domain: 'contoso1.onmicrosoft.com' })],
			{ ...errorOutput, parameters: byDomain },
		);
		expect(errors).toEqual([]);
		expect(json(confirmed)).toMatchObject([{ customerId: customerId(1) }]);
	});

	it('an ID is enough, as text and in every mode', async () => {
		await open({ state });
		for (const value of [
			'={{ $json.customerId }}',
			{ __rl: true, mode: 'domain', value: '={{ $json.customerId }}' },
			{ __rl: true, mode: 'list', value: customerId(1), cachedResultName: 'Contoso 1 (x)' },
		]) {
			const { outputs } = await runOn([record(1)], 'customer', 'get', { customerId: value });
			expect(json(outputs[0])).toMatchObject([{ customerId: customerId(1) }]);
		}
	});
});

describe('Customer from the list', () => {
	/** The very context that n8n's server makes for a list in the form. */
	async function search(
		filter?: string,
		token?: string,
		settings?: NodeSettings,
	): Promise<INodeListSearchResult> {
		const node = loadNode();
		const nodeTypes = {
			getByName: () => node,
			getByNameAndVersion: () => node,
			getKnownTypes: () => ({}),
		};
		const [, confirm] = workflowAround(settings).nodes;
		if (confirm === undefined) throw new Error('no node');
		const workflow = new Workflow({ nodes: [confirm], connections: {}, active: false, nodeTypes });
		const additionalData = {
			credentialsHelper: new EngineCredentialsHelper(
				[loadCredentialType(), loadAppOnlyCredentialType()],
				place.credentials,
			),
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new LoadOptionsContext(workflow, confirm, additionalData, 'customerId');
		const searchCustomers = node.methods?.listSearch?.searchCustomers;
		if (searchCustomers === undefined) throw new Error('no such list');
		return await searchCustomers.call(context as ILoadOptionsFunctions, filter, token);
	}

	it('searches by company name as the user types, and gives page after page', async () => {
		await open({
			state: { customers: [...customers(120), customer(200, { companyName: 'Zoë' })] },
		});
		expect((await search('zo')).results).toEqual([
			{ name: 'Zoë (contoso200.onmicrosoft.com)', value: customerId(200) },
		]);
		const first = await search();
		const second = await search('', first.paginationToken as string);
		const third = await search('', second.paginationToken as string);
		expect([first, second, third].map(({ results }) => results.length)).toEqual([50, 50, 21]);
		expect(third.paginationToken).toBeUndefined();
	});

	it('offers a customer once who is listed twice, over pages too', async () => {
		await open({ state: { customers: customers(60) } });
		place.emulator.switches.listCustomersTwice = true;
		const shown: unknown[] = [];
		let token: string | undefined;
		do {
			const { results, paginationToken } = await search('', token);
			shown.push(...results.map(({ value }) => value));
			token = paginationToken as string | undefined;
		} while (token !== undefined);
		expect(shown).toEqual(customers(60).map(({ id }) => id));
	});

	it.each(['empty', 'repeated'] as const)('ends in words where it has no end: %s', async (how) => {
		await open({ state: { customers: customers(3) } });
		place.emulator.switches.endlessList = how;
		const looking = async () => {
			const first = await search();
			expect(first.results).toHaveLength(1);
			return await search('', first.paginationToken as string);
		};
		await expect(looking()).rejects.toMatchObject({
			message: 'The list does not end: its last 10 pages held nothing new',
		});
		expect(calls('/v1/customers?').length).toBeLessThanOrEqual(11);
	});

	it('is read as the app alone where that is chosen, and names the credential that is missing', async () => {
		await open({ state: { customers: customers(2) } });
		const parameters = { resource: 'customer', operation: 'get', authentication: 'appOnly' };
		const credentials = APP_CREDENTIAL;
		expect((await search('', undefined, { parameters, credentials })).results).toHaveLength(2);
		await expect(search('', undefined, { parameters })).rejects.toMatchObject({
			message: expect.stringMatching(/^The list of customers needs the credential '.*App-Only/),
		});
		await expect(search('', undefined, { credentials })).rejects.toMatchObject({
			message: expect.stringMatching(/^The list of customers needs the credential '.*App\+User/),
		});
	});

	it('ignores a page that is none of its own', async () => {
		await open({ state: { customers: customers(3) } });
		for (const token of ['{', '{"path":"/v1/agreements","headers":{}}', '"x"']) {
			expect((await search('', token)).results).toHaveLength(3);
		}
	});

	it('explains in the form what does not work', async () => {
		await open({ state: { customers: customers(3) } });
		place.credentials.data('1').oauthTokenData = {
			...(await place.emulator.issueTokens({ kind: 'user', mfa: false })),
		};
		await expect(search()).rejects.toMatchObject({
			message: expect.stringMatching(/multi-factor authentication/),
			description: expect.stringMatching(/reconnect/),
		});
	});

	it('languages and countries are suggested by name and code', async () => {
		await open();
		const { searchCountries, searchLanguages } = loadNode().methods?.listSearch ?? {};
		const context = {} as ILoadOptionsFunctions;
		expect(await searchCountries?.call(context, 'nether')).toEqual({
			results: [{ name: 'Netherlands (NL)', value: 'NL' }],
		});
		expect((await searchLanguages?.call(context, 'hungarian'))?.results).toEqual([
			{ name: 'Hungarian (Hungary) (hu-HU)', value: 'hu-HU' },
		]);
	});
});

describe('Agreement Template → Download Document', () => {
	const download = (parameters: IDataObject = {}) =>
		runOn([{}], 'agreementTemplate', 'downloadDocument', {
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
		expect(calls('/document?')).toHaveLength(2);
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
		expect(calls('/document?')).toEqual([]);
	});
});

describe('with the same care as Confirm', () => {
	const READS: Array<[string, string, IDataObject]> = [
		['customerAgreement', 'getAll', {}],
		['customerAgreement', 'getStatus', {}],
		['customer', 'get', {}],
		['customer', 'getAll', { limit: 1 }],
	];

	it.each(READS)('%s/%s: a fault that passes is tried again', async (resource, operation, more) => {
		await open({ state: { customers: customers(1) } });
		for (const what of ['status-503', 'reset-before-write', 'cut-body', 'html-502'] as const) {
			place.emulator.faults.script([{ match: { path: '^/v1/' }, what }]);
			const { outputs } = await runOn([record(1)], resource, operation, more);
			expect([what, json(outputs[1])]).toEqual([what, []]);
		}
	});

	it.each(READS)('%s/%s: an expired token is renewed once', async (resource, operation, more) => {
		await open({ state: { customers: customers(8) } });
		place.emulator.expireAccessTokens();
		const records = Array.from({ length: 8 }, (_, n) => record(n + 1));
		const { outputs } = await runOn(records, resource, operation, more);
		expect(outputs[1]).toEqual([]);
		expect(place.emulator.tokenRequests).toHaveLength(1);
	});

	it.each(READS)('%s/%s: On Error decides, in the same way', async (resource, operation, more) => {
		await open({ state: { customers: customers(1) } });
		place.credentials.data('1').oauthTokenData = {
			...(await place.emulator.issueTokens({ kind: 'user', mfa: false })),
		};
		const error = 'Partner Center requires a sign-in with multi-factor authentication [Item 0]';
		const apart = await runOn([record(1)], resource, operation, more);
		expect([apart.outputs[0], json(apart.outputs[1])]).toMatchObject([[], [{ error }]]);
		const on = await runOn([record(1)], resource, operation, more, {
			onError: 'continueRegularOutput',
		});
		expect(json(on.outputs[0])).toEqual([{ error, message: expect.stringContaining('reconnect') }]);
		expect(pairs(on.outputs[0])).toEqual([0]);
		const stopped = await runOn([record(1)], resource, operation, more, {});
		expect(stopped.result.error?.message).toBe(error);
	});

	it('a rate limit slows everybody down here as well', async () => {
		await open({
			state: { customers: customers(40) },
			latency: 5,
			rateLimit: 1200,
			rateBurst: 20,
		});
		const records = Array.from({ length: 40 }, (_, n) => record(n + 1));
		const { outputs, result } = await runOn(records, 'customerAgreement', 'getStatus');
		expect(outputs[0]).toHaveLength(40);
		expect(result.hints('Confirm')[0]?.message).toMatch(
			/^Waited \d+ seconds? for Partner Center's rate limit\.$/,
		);
		const refused = place.emulator.requests.filter(({ status }) => status === 429).length;
		expect(refused).toBeLessThan(25);
	});
});

it('as an error of the node: what was asked for and why it failed', async () => {
	await open({ state: { customers: customers(1) } });
	const { result } = await runOn([record(9)], 'customer', 'get', {}, {});
	expect(result.error?.message).toBe('Partner Center does not know this customer [Item 0]');
});
