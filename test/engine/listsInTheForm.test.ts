/** The lists that the form offers: customers, languages and countries. */
import { EngineCredentialsHelper } from '../../dev/engine/runWorkflow';
import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { open, place } from './place';
import { reads } from './runOperation';
import {
	APP_CREDENTIAL,
	customer,
	customerId,
	customers,
	loadAppOnlyCredentialType,
	loadCredentialType,
	loadNode,
	workflowAround,
	type NodeSettings,
} from './workplace';

describe('The list of customers', () => {
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
		expect(reads('/v1/customers?').length).toBeLessThanOrEqual(11);
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
