/** The list of customers: its pages, its links, and what a filter finds. */
import { sampleState } from '../../../dev/emulator/sampleCustomers';
import { CONTOSO, UNKNOWN_CUSTOMER, emulatorForThisFile, json } from './support/emulator';
import { allPages, collectionOf, follow } from './support/collections';
import { documented } from './support/fixtures';

const harness = emulatorForThisFile();
const list = async (params: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
	await harness.call({ url: '/v1/customers', params, headers });
const filtered = async (filter: unknown, params: Record<string, unknown> = {}) =>
	await list({ ...params, filter: typeof filter === 'string' ? filter : JSON.stringify(filter) });
const nameOf = ({ companyProfile }: Record<string, unknown>) =>
	(companyProfile as { companyName: string }).companyName;
const ids = sampleState.customers.map(({ id }) => id);

test('the list is the documented answer, property by property', async () => {
	harness.emulator.switches.linkPrefix = 'none';
	harness.emulator.seed({
		customers: documented.customers.items.map(({ id, companyProfile }) => ({
			id,
			companyName: companyProfile.companyName,
			domain: companyProfile.domain,
		})),
	});
	const answer = await list({ size: 40 });
	expect(answer.status).toBe(200);
	expect(answer.data).toBe(JSON.stringify(documented.customers));
});

test('the list tells less of a customer than asking for it does', async () => {
	const [item] = collectionOf(await list()).items;
	expect(item).toMatchObject({ id: CONTOSO, relationshipToPartner: 'reseller' });
	for (const name of ['allowDelegatedAccess', 'customDomains', 'billingProfile']) {
		expect(item).not.toHaveProperty(name);
	}
	expect(json(await harness.call({ url: `/v1/customers/${CONTOSO}` }))).toMatchObject({
		allowDelegatedAccess: true,
	});
});

test('customers without a reseller relationship are listed as such', async () => {
	const { items } = collectionOf(await list());
	expect(
		items.filter(({ relationshipToPartner }) => relationshipToPartner === 'none'),
	).toHaveLength(1);
});

describe('pages', () => {
	test.each([1, 3, 13, 14, 15])('of %d hold every customer once, in order', async (size) => {
		const pages = await allPages(harness, await list({ size }));
		expect(pages).toHaveLength(Math.ceil(ids.length / size));
		expect(pages.flatMap(({ items }) => items).map(({ id }) => id)).toEqual(ids);
	});

	test('D6: are linked with the version in front, as in production', async () => {
		const first = collectionOf(await list({ size: 3 }));
		expect(first.links).toEqual({
			self: { uri: '/v1/customers?size=3', method: 'GET', headers: [] },
			next: {
				uri: '/v1/customers?size=3&seekOperation=Next',
				method: 'GET',
				headers: [{ key: 'MS-ContinuationToken', value: expect.stringMatching(/./) }],
			},
		});
	});

	test('lead back as well', async () => {
		const first = collectionOf(await list({ size: 3 }));
		const second = collectionOf(await follow(harness, first.links.next));
		const back = collectionOf(await follow(harness, second.links.previous));
		expect(back.items).toEqual(first.items);
		expect(back.links.previous).toBeUndefined();
	});

	test('can be sought from both ends', async () => {
		const last = collectionOf(await list({ size: 4, seekOperation: 'Last' }));
		expect(last.items.map(({ id }) => id)).toEqual(ids.slice(12));
		expect(last.links.next).toBeUndefined();
		const first = collectionOf(await list({ size: 4, seekOperation: 'First' }));
		expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 4));
	});

	test.each([undefined, 0, ''])('have the default size when %p is asked for', async (size) => {
		harness.emulator.switches.defaultPageSize = 5;
		const page = collectionOf(await list({ size }));
		expect(page.items).toHaveLength(5);
		expect(page.links.next).toBeDefined();
	});

	test.each([
		[undefined, 500],
		[0, 0],
		[7, 7],
	])('D20: asked for by a size of %p are linked with %d', async (size, linked) => {
		const page = collectionOf(await list({ size }));
		expect(page.links.self.uri).toBe(`/v1/customers?size=${linked}`);
	});

	test.each(['Next', 'next', '0'])(
		'D10: can be sought with %s and the token of the body',
		async (seek) => {
			const { continuationToken = '', links } = collectionOf(await list({ size: 3 }));
			expect(links.next?.headers).toEqual([
				{ key: 'MS-ContinuationToken', value: continuationToken },
			]);
			const second = await list(
				{ size: 3, seekOperation: seek },
				{ 'MS-ContinuationToken': continuationToken },
			);
			expect(collectionOf(second).items.map(({ id }) => id)).toEqual(ids.slice(3, 6));
		},
	);

	test('have no token where none follows', async () => {
		expect(json(await list())).not.toHaveProperty('continuationToken');
	});

	test('are 500 customers long by themselves', async () => {
		const page = collectionOf(await list());
		expect(page.links.self.uri).toBe('/v1/customers?size=500');
		expect(page.items).toHaveLength(14);
	});

	test('of nobody are one empty page', async () => {
		harness.emulator.seed({ customers: [] });
		const page = collectionOf(await list());
		expect(page).toMatchObject({ totalCount: 0, items: [] });
		expect(Object.keys(page.links)).toEqual(['self']);
		expect(collectionOf(await list({ seekOperation: 'Last' })).items).toEqual([]);
	});

	test.each([-1, 'ten', '1.5'])('cannot be %p long', async (size) => {
		const answer = await list({ size });
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['size'] });
	});
});

describe('a continuation token', () => {
	const seek = { size: 3, seekOperation: 'Next' };
	const token = async (params: Record<string, unknown>) =>
		collectionOf(await list(params)).links.next?.headers[0]?.value ?? '';

	test.each([
		['is missing', {}],
		['is empty', { 'MS-ContinuationToken': '' }],
		['is nonsense', { 'MS-ContinuationToken': 'nonsense' }],
		['is JSON of another kind', { 'MS-ContinuationToken': Buffer.from('7').toString('base64') }],
	])('that %s is refused', async (_what, headers: Record<string, string>) => {
		const answer = await list(seek, headers);
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['MS-ContinuationToken'] });
	});

	test('of another query is refused', async () => {
		const filter = JSON.stringify({ Field: 'CompanyName', Value: 'w', Operator: 'starts_with' });
		const other = await token({ size: 1, filter });
		expect(other).toMatch(/./);
		expect((await list(seek, { 'MS-ContinuationToken': other })).status).toBe(400);
	});

	test('counts only together with a seek', async () => {
		const value = await token({ size: 3 });
		const page = collectionOf(await list({ size: 3 }, { 'MS-ContinuationToken': value }));
		expect(page.items[0]).toMatchObject({ id: CONTOSO });
	});

	test('does not help where nobody knows what to seek', async () => {
		const value = await token({ size: 3 });
		const answer = await list(
			{ size: 3, seekOperation: 'PageIndex' },
			{ 'MS-ContinuationToken': value },
		);
		expect(answer.status).toBe(400);
	});
});

describe('a filter', () => {
	const by = (Field: string, Value: string, Operator = 'starts_with') => ({
		Field,
		Value,
		Operator,
	});

	test.each([
		['a name begins so', by('CompanyName', 'W'), ['Wide World Importers', 'Woodgrove Bank']],
		['case is ignored', by('CompanyName', 'hUMO'), ['Humongous Insurance']],
		['a name is exactly so', by('CompanyName', 'contoso', 'equals'), ['Contoso']],
		['part of a name is not all of it', by('CompanyName', 'Conto', 'equals'), []],
		['the middle of a name is not its beginning', by('CompanyName', 'Ski'), []],
		['a domain begins so', by('Domain', 'CONTOSO.'), ['Contoso']],
		[
			'a domain is exactly so',
			by('Domain', 'TreyResearch.onmicrosoft.com', 'equals'),
			['Trey Research'],
		],
		['an apostrophe is a letter like others', by('CompanyName', "margie's"), ["Margie's Travel"]],
		['nobody is called so', by('CompanyName', 'Zzz'), []],
	])('finds customers: %s', async (_what, filter, names) => {
		const page = collectionOf(await filtered(filter));
		expect(page.items.map(nameOf)).toEqual(names);
		expect(page.totalCount).toBe(names.length);
	});

	test('finds names in any script', async () => {
		harness.emulator.seed({
			customers: [
				{ id: UNKNOWN_CUSTOMER, companyName: 'Győri Szőlő & Bor + 100%', domain: 'a.example' },
			],
		});
		const found = collectionOf(await filtered(by('CompanyName', 'gYŐRI szőlő & bor + 100%')));
		expect(found.items).toHaveLength(1);
	});

	test('stays in the links of its pages', async () => {
		const filter = by('CompanyName', 'W');
		const pages = await allPages(harness, await filtered(filter, { size: 1 }));
		expect(pages.map(({ items }) => items.map(nameOf))).toEqual([
			['Wide World Importers'],
			['Woodgrove Bank'],
		]);
		expect(pages[0]?.links.next?.uri).toBe(
			`/v1/customers?size=1&filter=${encodeURIComponent(JSON.stringify(filter))}&seekOperation=Next`,
		);
	});

	test('is no filter when it is empty', async () => {
		expect(collectionOf(await filtered('')).totalCount).toBe(14);
	});

	test.each(['StartsWith', 'starts_with', 'startswith'])(
		'D4: takes %s as an operator, and names in any case',
		async (operator) => {
			const { items } = collectionOf(
				await filtered({ field: 'companyName', value: 'hu', operator }),
			);
			expect(items.map(nameOf)).toEqual(['Humongous Insurance']);
		},
	);

	test.each([
		['IndirectReseller', 'indirectReseller'],
		['IndirectCloudSolutionProvider', 'indirectProvider'],
	])('D4: by %s finds the customers of that partner', async (field, property) => {
		const partner = '0f4f2a1b-3a52-4b7e-9a35-6a1c0c1e7d10';
		harness.emulator.seed({
			customers: [
				{ id: CONTOSO, companyName: 'Contoso', domain: 'a.example', [property]: partner },
				{ id: UNKNOWN_CUSTOMER, companyName: 'Fabrikam', domain: 'b.example' },
			],
		});
		const { items } = collectionOf(await filtered(by(field, partner, 'Equals')));
		expect(items.map(nameOf)).toEqual(['Contoso']);
	});

	test.each(['substring', 'contains', 'STARTS', 'constructor'])(
		'with the operator %s is refused in the words of the service',
		async (operator) => {
			const answer = await filtered(by('CompanyName', 'Con', operator));
			expect(answer.status).toBe(400);
			expect(json(answer)).toMatchObject({
				code: 2000,
				description: 'Customer search only allows starts with and equals operation.',
			});
		},
	);

	test.each(['{', 'CompanyName', '[]', '{"Field":"CompanyName"}', '7', 'null'])(
		'that is not as documented is refused: %s',
		async (filter) => {
			const answer = await filtered(filter);
			expect(answer.status).toBe(400);
			expect(json(answer)).toMatchObject({ code: 800002 });
		},
	);

	test.each(['Email', 'constructor'])('by %s is refused', async (field) => {
		const answer = await filtered(by(field, 'Con'));
		expect(answer.status).toBe(400);
		expect(json(answer)).toMatchObject({ code: 3000, data: ['Field'] });
	});
});

describe('the switches of collections', () => {
	test.each(['none', 'v1', 'absolute'] as const)(
		'links can be written with the prefix %s',
		async (prefix) => {
			harness.emulator.switches.linkPrefix = prefix;
			const { baseUrl } = harness.emulator;
			const start = { none: '', v1: '/v1', absolute: `${baseUrl}/v1` }[prefix] + '/customers';
			const { items, links } = collectionOf(await list({ size: 2 }));
			expect(links.self.uri).toBe(`${start}?size=2`);
			expect(links.next?.uri).toBe(`${start}?size=2&seekOperation=Next`);
			const self = { links: { self: { uri: `${start}/${CONTOSO}` } } };
			expect(items[0]).toMatchObject(self);
			const customer = await harness.call({ url: `/v1/customers/${CONTOSO}` });
			expect(json(customer)).toMatchObject(self);
		},
	);

	test.each([
		['all', [14, 14, 14]],
		['page', [6, 6, 2]],
	] as const)('totalCount can count %s', async (totalCount, counts) => {
		harness.emulator.switches.totalCount = totalCount;
		const pages = await allPages(harness, await list({ size: 6 }));
		expect(pages.map((page) => page.totalCount)).toEqual(counts);
	});

	test('D17: totalCount counts the items of the page by itself', async () => {
		const pages = await allPages(harness, await list({ size: 6 }));
		expect(pages.map((page) => page.totalCount)).toEqual([6, 6, 2]);
	});

	test('the next page can be the same page, for ever', async () => {
		harness.emulator.switches.pageLoop = true;
		const first = collectionOf(await list({ size: 6 }));
		const second = collectionOf(await follow(harness, first.links.next));
		expect(second.items).toEqual(first.items);
		expect(second.links.next).toEqual(first.links.next);
	});

	test('a loop needs more than one page', async () => {
		harness.emulator.switches.pageLoop = true;
		expect(collectionOf(await list()).links.next).toBeUndefined();
	});
});
