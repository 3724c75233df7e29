/**
 * The CRM workflows with n8n's own nodes at work on the CRMs' answers, and with the sub-workflow where
 * they call it: every won deal ends as a confirmation or as a task that says why not, and nothing is
 * marked that was not confirmed.
 */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { sampleState } from '../../dev/emulator/sampleCustomers';
import type { RunResult } from '../../dev/engine/runWorkflow';
import { CALLERS } from '../system/e2e/outcomes';
import { pinned } from '../system/e2e/standIns/crm';
import type { Answer, Call } from '../system/e2e/standIns/HttpsStandIn';
import { answerInstead, internet, runForReal, useInternet } from './internet';
import { open, place } from './place';
import {
	agreedOn,
	read,
	runWithSubWorkflow,
	type SubWorkflow,
	WITHOUT_DATE,
	withConfirm,
	written,
} from './subWorkflow';
import { customer, engine, json, writes } from './workplace';

jest.setTimeout(60_000);
useInternet();
beforeEach(async () => {
	await open();
});

type Json = Record<string, unknown>;

const idOf = (company: string): string =>
	sampleState.customers.find(({ companyName }) => companyName === company)?.id ?? company;
const items = (records: Json[]): INodeExecutionData[] =>
	records.map((one) => ({ json: one as IDataObject }));

const triggers: Record<string, string> = {
	'hubspot-deal-won.json': 'HubSpot Trigger',
	'salesforce-opportunity-won.json': 'Salesforce Trigger',
	'dynamics-365-won.json': 'Opportunity Changed',
};

const without = (record: Json | undefined, field: string): Json =>
	Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => name !== field));

const sent = (method: string, host: string): Call[] =>
	internet.calls.filter((call) => call.method === method && call.host === host);

/** @returns the answer of a host to one address, whatever it has pinned */
const answers = (wanted: RegExp, answer: Answer) => (call: Call) =>
	wanted.test(call.path) && call.method === 'GET' ? answer : undefined;

function expectSuccess({ status, error }: RunResult): void {
	expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
}

describe(`HubSpot (${engine})`, () => {
	const FILE = 'hubspot-deal-won.json';
	const HOST = 'api.hubapi.com';
	const deals = pinned(FILE, 'Get Deal');
	const events = pinned(FILE, 'HubSpot Trigger');

	/** A deal's record as HubSpot sends it, with something changed. */
	const dealWith = (index: number, associations: Json, properties: Json = {}): Json => {
		const deal = structuredClone(deals[index]) as Json;
		Object.assign(deal.associations as Json, associations);
		Object.assign(deal.properties as Json, properties);
		return deal;
	};
	const answerDeal = (deal: Json) =>
		answerInstead(
			HOST,
			answers(new RegExp(`/deal/${String(deal.dealId)}`), { status: 200, body: deal }),
		);
	const run = async (records: Json[] = events.slice(0, 4)) =>
		await runForReal(read(FILE), { input: items(records) });

	interface Task {
		deal: unknown;
		text: string;
	}
	const tasks = (): Task[] =>
		sent('POST', HOST).map(({ body }) => {
			const { associations, metadata } = body as {
				associations: { dealIds: unknown[] };
				metadata: { subject: string; body: string };
			};
			return {
				deal: Number(associations.dealIds[0]),
				text: `${metadata.subject}: ${metadata.body}`,
			};
		});
	const marked = () =>
		sent('PUT', HOST)
			.map((call) => Number(/deal\/(\d+)/.exec(call.path)?.[1]))
			.sort();

	it('confirms three of the four pinned deals, and makes a task of the one without a tenant ID', async () => {
		expectSuccess(await run());
		expect(written()).toEqual(['Contoso', 'Northwind Traders']);
		expect(marked()).toEqual([18904411201, 18904411202, 18904411203]);
		expect(tasks()).toEqual([{ deal: 18904411204, text: expect.stringContaining('tenant ID') }]);
	});

	it.each([
		['contact', { associatedVids: [] }, {}],
		['company', { associatedCompanyIds: [] }, {}],
		['mca_accepted_on', {}, { mca_accepted_on: undefined }],
	])(
		'a deal without its %s is a task that says so, and the others are confirmed',
		async (what, associations, properties) => {
			answerDeal(dealWith(1, associations, properties));
			expectSuccess(await run());
			expect(written()).toEqual(['Contoso', 'Northwind Traders']);
			expect(marked()).toEqual([18904411201, 18904411203]);
			expect(tasks()).toContainEqual({ deal: 18904411202, text: expect.stringContaining(what) });
			expect(tasks()).toHaveLength(2);
		},
	);

	it.each([
		['Get Deal', /\/deal\/18904411202/, 404],
		['Get Company', /\/companies\/9102/, 403],
		['Get Contact', /\/vid\/502\//, 500],
	])(
		'an answer to %s that is none is a task, and the others are confirmed',
		async (node, wanted, status) => {
			answerInstead(
				HOST,
				answers(wanted, { status, body: { status: 'error', message: 'not now' } }),
			);
			expectSuccess(await run());
			expect(written()).toEqual(['Contoso', 'Northwind Traders']);
			expect(marked()).toEqual([18904411201, 18904411203]);
			expect(tasks()).toContainEqual({ deal: 18904411202, text: expect.stringContaining(node) });
			expect(tasks()).toHaveLength(2);
		},
	);

	const companyWith = (index: number, properties: Json): Json => {
		const company = structuredClone(pinned(FILE, 'Get Company')[index]) as Json;
		Object.assign(company.properties as Json, properties);
		return company;
	};
	const answerCompany = (company: Json) =>
		answerInstead(
			HOST,
			answers(new RegExp(`/companies/${String(company.companyId)}`), {
				status: 200,
				body: company,
			}),
		);
	const withoutTenantId = (domain: string) =>
		companyWith(1, { microsoft_tenant_id: undefined, domain: { value: domain } });
	const fabrikam = 'fabrikam.onmicrosoft.com';

	it('a company without a tenant ID is found by its domain', async () => {
		answerCompany(withoutTenantId(fabrikam));
		expectSuccess(await run());
		expect(marked()).toEqual([18904411201, 18904411202, 18904411203]);
		expect(tasks()).toHaveLength(1);
	});

	it('a domain that no customer has is a task', async () => {
		answerCompany(withoutTenantId('www.fabrikam.example'));
		expectSuccess(await run());
		expect(marked()).toEqual([18904411201, 18904411203]);
		expect(tasks()).toContainEqual({
			deal: 18904411202,
			text: expect.stringContaining('No customer has the domain "www.fabrikam.example"'),
		});
	});

	it('a domain that several customers have is a task', async () => {
		await open({
			state: {
				customers: [customer(1, { domain: fabrikam }), customer(2, { domain: fabrikam })],
			},
		});
		answerCompany(withoutTenantId(fabrikam));
		expectSuccess(await run([events[1] as Json]));
		expect(writes(place.emulator)).toEqual([]);
		expect(marked()).toEqual([]);
		expect(tasks()).toEqual([
			{ deal: 18904411202, text: expect.stringContaining('Several customers have the domain') },
		]);
	});

	const unsaid = without(events[0], 'propertyValue');

	it('an event that does not name the stage is decided by the deal: won', async () => {
		expectSuccess(await run([unsaid]));
		expect(written()).toEqual(['Contoso']);
		expect(tasks()).toEqual([]);
	});

	it.each([
		['by the deal: not won', unsaid],
		['by the deal, where it was moved back since', events[0] as Json],
	])('an event is decided %s', async (_name, event) => {
		answerDeal(dealWith(0, {}, { hs_is_closed_won: { value: 'false' } }));
		expectSuccess(await run([event]));
		expect(written()).toEqual([]);
		expect(sent('POST', HOST)).toEqual([]);
	});

	it('a deal of which nobody can tell whether it is won is a task', async () => {
		answerDeal(dealWith(0, {}, { hs_is_closed_won: undefined }));
		expectSuccess(await run([unsaid]));
		expect(written()).toEqual([]);
		expect(tasks()).toEqual([
			{ deal: 18904411201, text: expect.stringContaining('hs_is_closed_won') },
		]);
	});

	it('an event of another stage reads nothing and makes no task', async () => {
		expectSuccess(await run([{ ...events[0], propertyValue: 'closedlost' }]));
		expect(internet.calls).toEqual([]);
	});

	it('a confirmation from before 1 April 2023 is a task that says so, and does not mark the deal', async () => {
		await open({ state: agreedOn('2023-03-31T23:59:59Z') });
		expectSuccess(await run());
		expect(marked()).toEqual([18904411201, 18904411203]);
		expect(tasks()).toContainEqual({
			deal: 18904411202,
			text: expect.stringMatching(
				/^Microsoft Customer Agreement expired: Fabrikam: Microsoft 365: .* is from 2023-03-31, before 1 April 2023.* out of Closed Won and back/,
			),
		});
		expect(tasks()).toHaveLength(2);
	});

	it('a confirmation from 1 April 2023 marks the deal', async () => {
		await open({ state: agreedOn('2023-04-01T00:00:00Z') });
		expectSuccess(await run());
		expect(marked()).toEqual([18904411201, 18904411202, 18904411203]);
		expect(tasks()).toHaveLength(1);
	});

	it.each(WITHOUT_DATE)(
		'a confirmation whose date %s is a task that says so, and does not mark the deal',
		async (_what, prepare, change) => {
			prepare();
			expectSuccess(await runWithConfirm(FILE, change));
			expect(marked()).toEqual([18904411201, 18904411203]);
			expect(tasks()).toContainEqual({
				deal: 18904411202,
				text: expect.stringMatching(
					/^Not known whether the Microsoft Customer Agreement still counts: .*could not be read/s,
				),
			});
			expect(tasks()).toHaveLength(2);
		},
	);

	it('a confirmation whose answer was lost is a task that says that it is not known', async () => {
		place.emulator.faults.script([
			{ match: { method: 'POST', path: 'agreements' }, times: 999, what: 'reset-before-write' },
		]);
		const confirm = { parameters: { options: { maxRetries: 0 } } };
		expectSuccess(await runWithConfirm(FILE, confirm));
		// Of the second, Partner Center has an earlier one, which is found.
		expect(marked()).toEqual([18904411202]);
		expect(tasks()).toContainEqual({
			deal: 18904411201,
			text: expect.stringContaining(
				'Not known whether the Microsoft Customer Agreement was confirmed: ',
			),
		});
	});

	it('a dry run writes nothing, whatever the date of the confirmation', async () => {
		await open({ state: agreedOn('2021-05-10') });
		expectSuccess(await runWithConfirm(FILE, { parameters: { options: { dryRun: true } } }));
		expect(marked()).toEqual([]);
		expect(tasks()).toEqual([{ deal: 18904411204, text: expect.stringContaining('tenant ID') }]);
	});

	it('a deal that cannot be marked is a task that says it is confirmed, and stops nobody', async () => {
		answerInstead(HOST, ({ method, path: target }) =>
			method === 'PUT' && target.includes('18904411201') ? { status: 500, body: {} } : undefined,
		);
		expectSuccess(await run());
		expect(written()).toEqual(['Contoso', 'Northwind Traders']);
		expect(tasks()).toContainEqual({
			deal: 18904411201,
			text: expect.stringContaining('confirmed, but not marked on the deal'),
		});
		expect(tasks()).toContainEqual({ deal: 18904411204, text: expect.any(String) });
	});
});

describe(`Dynamics 365 (${engine})`, () => {
	const FILE = 'dynamics-365-won.json';
	const HOST = 'yourorg.crm.dynamics.com';
	const calls = pinned(FILE, 'Opportunity Changed');
	const opportunities = pinned(FILE, 'Get Opportunity');
	const WON = 'Wide World Importers';

	interface Context {
		PostEntityImages: Array<{
			key: string;
			value: { Attributes: Array<{ key: string; value: unknown }> };
		}>;
		InputParameters?: Array<{
			key: string;
			value: { Attributes: Array<{ key: string; value: unknown }> };
		}>;
		PrimaryEntityId?: unknown;
		ParentContext?: unknown;
		PreEntityImages?: unknown;
	}
	const called = (change: (body: Context, headers: Json) => void): Json => {
		const call = structuredClone(calls[0]) as { body: Context; headers: Json };
		change(call.body, call.headers);
		return call as unknown as Json;
	};
	/** As in Microsoft's sample of the context of an asynchronous step: the name of the record. */
	const primaryName = {
		key: 'AsynchronousStepPrimaryName',
		value: {
			Attributes: [
				{ key: 'name', value: 'Wide World Importers: Microsoft 365' },
				{ key: 'opportunityid', value: opportunities[0]?.opportunityid },
			],
		},
	};
	/** What Dataverse leaves out of a message above 256 KB. */
	const cut = (body: Partial<Context>, headers: Json) => {
		headers['x-ms-dynamics-msg-size-exceeded'] = 'true';
		for (const part of [
			'ParentContext',
			'InputParameters',
			'PreEntityImages',
			'PostEntityImages',
		] as const) {
			Reflect.deleteProperty(body, part);
		}
	};
	const run = async (records: Json[] = calls) => await runWithSubWorkflow(FILE, records);
	const tasks = () =>
		sent('POST', HOST).map(({ body }) => body as { subject: string; description: string });

	it.each([
		[
			'an image without the state comes first',
			called((body) => void body.PostEntityImages.unshift(primaryName)),
		],
		[
			'only the message itself has the state',
			called((body) => void (body.PostEntityImages = [primaryName])),
		],
		['there is no image', called((body) => void (body.PostEntityImages = []))],
		['the message was cut, being too large', called(cut)],
	])('a won opportunity is confirmed where %s', async (_, call) => {
		expectSuccess(await run([call]));
		expect(written()).toEqual([WON]);
		expect(tasks()).toEqual([]);
	});

	const answerOpportunity = (index: number, change: Json) => {
		const body = { ...opportunities[index], ...change };
		answerInstead(
			HOST,
			answers(new RegExp(`opportunities\\(${String(body.opportunityid)}\\)`), {
				status: 200,
				body,
			}),
		);
	};

	it.each([
		['cut', called(cut)],
		['whole', called(() => undefined)],
	])('an opportunity that is open again is left alone: %s message', async (_name, call) => {
		answerOpportunity(0, { statecode: 0 });
		expectSuccess(await run([call]));
		expect(written()).toEqual([]);
		expect(sent('POST', HOST)).toEqual([]);
	});

	it('a lost opportunity is not even read', async () => {
		const lost = called(({ PostEntityImages }) => {
			for (const { value } of PostEntityImages) {
				for (const attribute of value.Attributes) {
					if (attribute.key === 'statecode') attribute.value = { Value: 2 };
				}
			}
		});
		expectSuccess(await run([lost]));
		expect(internet.calls).toEqual([]);
	});

	it.each([
		['an account', { parentaccountid: null }],
		['a contact', { parentcontactid: null }],
		['tenant ID', { parentaccountid: { name: 'Tailspin Toys', new_microsofttenantid: null } }],
		['new_mcaacceptedon', { new_mcaacceptedon: null }],
		['statecode', { statecode: undefined }],
	])('an opportunity without %s is a task that says so', async (what, change) => {
		answerOpportunity(1, change);
		expectSuccess(await run());
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(sent('PATCH', HOST)).toHaveLength(2);
		expect(tasks()).toContainEqual({
			subject: 'Microsoft Customer Agreement not confirmed: Tailspin Toys: Microsoft 365',
			description: expect.stringContaining(what),
			'regardingobjectid_opportunity@odata.bind': `/opportunities(${String(opportunities[1]?.opportunityid)})`,
		});
		expect(tasks()).toHaveLength(2);
	});

	it.each([
		['https://www.Woodgrovebank.onmicrosoft.com/en?x=1', 0],
		['woodgrovebank.onmicrosoft.com', 0],
		['https://woodgrove.example/', 1],
	])(
		'an account without a tenant ID is looked up by its website: %s',
		async (websiteurl, failed) => {
			const { parentaccountid } = opportunities[2] as { parentaccountid: Json };
			answerOpportunity(2, {
				parentaccountid: { ...parentaccountid, new_microsofttenantid: null, websiteurl },
			});
			expectSuccess(await run([calls[2] as Json]));
			expect(written()).toEqual(failed ? [] : ['Woodgrove Bank']);
			expect(tasks().map(({ description }) => description)).toEqual(
				failed ? [expect.stringContaining('No customer has the domain "woodgrove.example"')] : [],
			);
		},
	);

	it('a read that Dataverse refuses is a task, and the others are confirmed', async () => {
		const id = String(opportunities[1]?.opportunityid);
		const error = { code: '0x80040220', message: 'Principal user is missing prvReadOpportunity' };
		answerInstead(HOST, answers(new RegExp(id), { status: 403, body: { error } }));
		expectSuccess(await run());
		expect(written()).toEqual(['Wide World Importers', 'Woodgrove Bank']);
		expect(tasks()).toContainEqual(
			expect.objectContaining({
				subject: `Microsoft Customer Agreement not confirmed: ${id}`,
				description: expect.stringContaining('Get Opportunity'),
			}),
		);
	});

	it('a message that names no opportunity is a task on nothing', async () => {
		expectSuccess(await run([called((body) => delete body.PrimaryEntityId)]));
		expect(written()).toEqual([]);
		expect(tasks()).toEqual([
			{ subject: expect.any(String), description: expect.stringContaining('Get Opportunity') },
		]);
	});
});

describe(`Salesforce (${engine})`, () => {
	const FILE = 'salesforce-opportunity-won.json';
	const HOST = 'sample.my.salesforce.com';
	const opportunities = pinned(FILE, 'Get Won Opportunity');
	const run = async () => await runWithSubWorkflow(FILE);
	const tasks = () =>
		sent('POST', HOST).map(({ body }) => {
			const { WhatId, Subject, Description } = body as Record<string, string>;
			return [WhatId, `${Subject}: ${Description}`];
		});
	const [, second] = opportunities;
	const id = String(second?.Id);
	const ask = (call: Call, answer: Answer) =>
		decodeURIComponent(call.path).includes(id) && call.method === 'GET' ? answer : undefined;
	const answerSecond = (change: Json) => {
		const records = [{ ...second, ...change }];
		answerInstead(HOST, (call) =>
			ask(call, { status: 200, body: { totalSize: 1, done: true, records } }),
		);
	};

	it.each([
		['an account', { Account: null }],
		['tenant ID', { Account: { Name: 'Adventure Works', Microsoft_Tenant_Id__c: null } }],
		['primary contact', { OpportunityContactRoles: null }],
		['MCA_Accepted_On__c', { MCA_Accepted_On__c: null }],
	])('an opportunity without %s is a task that says so', async (what, change) => {
		answerSecond(change);
		expectSuccess(await run());
		expect(written()).toEqual(['Proseware', 'Tailspin Toys']);
		expect(sent('PATCH', HOST)).toHaveLength(2);
		expect(tasks()).toContainEqual([id, expect.stringContaining(what)]);
		expect(tasks()).toHaveLength(3);
	});

	it('an account without a tenant ID is looked up by the domain of its website', async () => {
		answerSecond({
			Account: { Name: 'Adventure Works', Website: 'http://adventureworks.onmicrosoft.com' },
		});
		expectSuccess(await run());
		expect(sent('PATCH', HOST)).toHaveLength(3);
		expect(tasks()).toHaveLength(2);
	});

	it('a query that Salesforce refuses is a task, and the others are confirmed', async () => {
		const body = [{ message: "No such column 'MCA_Accepted_On__c'", errorCode: 'INVALID_FIELD' }];
		answerInstead(HOST, (call) => ask(call, { status: 400, body }));
		expectSuccess(await run());
		expect(written()).toEqual(['Proseware', 'Tailspin Toys']);
		expect(tasks()).toContainEqual([id, expect.stringContaining('Get Won Opportunity')]);
		expect(tasks()).toHaveLength(3);
	});

	it('an opportunity that is not won, or marked, is left alone', async () => {
		answerInstead(HOST, (call) =>
			ask(call, { status: 200, body: { totalSize: 0, done: true, records: [] } }),
		);
		expectSuccess(await run());
		expect(tasks()).toHaveLength(2);
		expect(sent('PATCH', HOST)).toHaveLength(2);
	});
});

/** Runs a workflow with its Confirm Agreement, or that of the sub-workflow, changed. */
async function runWithConfirm(file: string, change: Partial<INode> = {}): Promise<RunResult> {
	if (CALLERS.includes(file)) return await runWithSubWorkflow(file, undefined, { confirm: change });
	return await runForReal(withConfirm(read(file), change));
}

describe.each([
	['hubspot-deal-won.json', 'PUT'],
	['salesforce-opportunity-won.json', 'PATCH'],
	['dynamics-365-won.json', 'PATCH'],
])(`%s marks nobody who is not confirmed (${engine})`, (file, method) => {
	const marks = () => internet.calls.filter((call) => call.method === method);

	it('in a dry run', async () => {
		const result = await runWithConfirm(file, { parameters: { options: { dryRun: true } } });
		expectSuccess(result);
		const asked = CALLERS.includes(file) ? 'Confirm an Agreement' : 'Confirm Agreement';
		expect(result.outputs(asked).flat().length).toBeGreaterThan(2);
		expect(writes(place.emulator)).toEqual([]);
		expect(marks()).toEqual([]);
	});

	it('with Always Output Data, where all are refused', async () => {
		await open({ state: { customers: [] } });
		expectSuccess(await runWithConfirm(file, { alwaysOutputData: true }));
		expect(written()).toEqual([]);
		expect(marks()).toEqual([]);
		const tasks = internet.calls.filter((call) => call.method === 'POST');
		expect(tasks).toHaveLength(read(file).pinData?.[triggers[file] ?? '']?.length ?? 0);
	});

	it('and says so in a task where Partner Center answers nothing', async () => {
		place.emulator.faults.script([
			{ match: { path: 'agreements' }, times: 999, what: 'expired-401' },
		]);
		expectSuccess(await runWithConfirm(file));
		expect(marks()).toEqual([]);
		const tasks = internet.calls.filter((call) => call.method === 'POST');
		expect(tasks).toHaveLength(read(file).pinData?.[triggers[file] ?? '']?.length ?? 0);
	});
});

describe.each([
	{
		file: 'salesforce-opportunity-won.json',
		host: 'sample.my.salesforce.com',
		customers: ['Proseware', 'Adventure Works', 'Tailspin Toys', 'Alpine Ski House'],
		confirmed: ['Proseware', 'Tailspin Toys'],
		records: pinned('salesforce-opportunity-won.json', 'Get Won Opportunity').map(({ Id }) => Id),
		/** Who lacks something that Confirm needs is not handed to the sub-workflow. */
		incomplete: ['a primary contact'],
	},
	{
		file: 'dynamics-365-won.json',
		host: 'yourorg.crm.dynamics.com',
		customers: ['Wide World Importers', 'Tailspin Toys', 'Woodgrove Bank', 'Litware'],
		confirmed: ['Wide World Importers', 'Woodgrove Bank'],
		records: pinned('dynamics-365-won.json', 'Get Opportunity').map((one) => one.opportunityid),
		incomplete: [],
	},
])(
	`$file and the sub-workflow (${engine})`,
	({ file, host, customers, confirmed, records, incomplete }) => {
		const asked = records.slice(0, records.length - incomplete.length).map(String);
		const run = async (sub: SubWorkflow) => {
			const result = await runWithSubWorkflow(file, undefined, sub);
			expectSuccess(result);
			return result;
		};
		const marked = () =>
			internet.calls
				.filter(({ method }) => method === 'PATCH')
				.map((call) => /[\w-]+(?=\)?$)/.exec(call.path)?.[0]);
		const tasks = () =>
			internet.calls
				.filter(({ method }) => method === 'POST')
				.map(({ body }) => {
					const fields = body as Record<string, string | undefined>;
					const on = fields.WhatId ?? fields['regardingobjectid_opportunity@odata.bind'];
					return {
						on: on?.replace(/^.*\(|\)$/g, ''),
						text: `${fields.Subject ?? fields.subject}: ${fields.Description ?? fields.description}`,
					};
				});
		const says = (on: string, text: string) => ({ on, text: expect.stringContaining(text) });
		/** A task with these words for each of them, one for each that lacks something, and no other. */
		const expectTasks = (of: string[], text: string) => {
			for (const one of of) expect(tasks()).toContainEqual(says(one, text));
			for (const what of incomplete) {
				expect(tasks()).toContainEqual(says(String(records.at(-1)), what));
			}
			expect(tasks()).toHaveLength(of.length + incomplete.length);
		};

		it('each customer comes back once, with the outcome of its own, in the order of the records', async () => {
			const result = await run({});
			const answers = json(result.outputs('Each Opportunity').flat());
			expect(answers.map(({ reference }) => reference)).toEqual(asked);
			const companies = answers.map(({ customerId: id }) =>
				String(place.emulator.state.customers.find((one) => one.id === id)?.companyName),
			);
			// The sub-workflow answers in the order of its branches.
			expect(companies).toEqual(customers);
			expect(written()).toEqual(confirmed);
			expect(marked().sort()).toEqual(asked.slice(0, 3));
		});

		it.each(['Workflow is not published', 'Workflow does not exist'])(
			'where the sub-workflow does not run, each opportunity is a task that says so: %s',
			async (fails) => {
				await run({ fails });
				expect(writes(place.emulator)).toEqual([]);
				expect(marked()).toEqual([]);
				expectTasks(asked, fails);
				expectTasks(asked, 'Not known whether');
			},
		);

		it('a dry run of the sub-workflow makes a task of those only that could not be confirmed', async () => {
			await run({ confirm: { parameters: { options: { dryRun: true } } } });
			expect(marked()).toEqual([]);
			expectTasks(asked.slice(3), ' Then ');
			expect(tasks().every(({ text }) => !text.includes('dry run'))).toBe(true);
		});

		it('a confirmation from before 1 April 2023 is a task that says so, and is not marked', async () => {
			await open({ state: agreedOn('2021-05-10T00:00:00Z') });
			await run({});
			const [first = '', second = '', third = ''] = asked;
			expect(marked().sort()).toEqual([first, third]);
			expect(tasks()).toContainEqual(says(second, 'Microsoft Customer Agreement expired: '));
			expect(tasks()).toContainEqual(says(second, 'is from 2021-05-10, before 1 April 2023'));
		});

		it.each(WITHOUT_DATE)(
			'a confirmation whose date %s is a task that says so, and is not marked',
			async (_what, prepare, confirm) => {
				prepare();
				await run({ confirm });
				const [first = '', second = '', third = ''] = asked;
				expect(marked().sort()).toEqual([first, third]);
				expect(tasks()).toContainEqual(says(second, 'not known whether it still counts'));
				expect(tasks()).toContainEqual(says(second, 'Agreement still counts: '));
			},
		);

		it('a confirmation whose answer was lost is a task that says that it is not known', async () => {
			const [first = ''] = asked;
			place.emulator.faults.script([
				{ match: { method: 'POST', path: 'agreements' }, times: 999, what: 'reset-before-write' },
			]);
			await run({ confirm: { parameters: { options: { maxRetries: 0 } } } });
			// Of the second, Partner Center has an earlier one, which is found.
			expect(marked()).toEqual([asked[1]]);
			expect(tasks()).toContainEqual(
				says(first, 'Not known whether the Microsoft Customer Agreement was confirmed: '),
			);
		});

		it('an opportunity of which the sub-workflow says nothing is a task', async () => {
			await run({ keeps: () => false });
			expect(marked()).toEqual([]);
			expectTasks(asked, 'Not known whether');
		});

		it('an answer less is a task more, and the others have their own', async () => {
			const [silent = ''] = asked;
			await run({ keeps: (reference) => reference !== silent });
			expect(marked().sort()).toEqual(asked.slice(1, 3));
			expect(tasks()).toContainEqual(says(silent, 'gave no answer for this opportunity'));
		});

		it('an opportunity that cannot be marked is a task that says it is confirmed, and stops nobody', async () => {
			const [first = ''] = asked;
			answerInstead(host, ({ method, path: target }) =>
				method === 'PATCH' && target.includes(first)
					? { status: 400, body: { error: { code: '0x0', message: 'no such column' } } }
					: undefined,
			);
			await run({});
			expect(written()).toEqual(confirmed);
			expect(tasks()).toContainEqual(says(first, 'confirmed, but not marked on the opportunity'));
			expect(tasks()).toContainEqual(says(first, 'Set the date on the opportunity by hand'));
		});
	},
);

describe(`The sub-workflow (${engine})`, () => {
	const answersOf = async (confirm: Partial<INode> = {}) => {
		const result = await runForReal(withConfirm(read('confirm-an-agreement.json'), confirm));
		expectSuccess(result);
		return json(result.outputs('Answer').flat()).map(
			({ reference, outcome, taskTitle, message }) => [reference, outcome, taskTitle, message],
		);
	};
	const DEAL = 'deal-2';
	const AGREEMENT = 'Microsoft Customer Agreement';

	it.each([
		[
			'2021-05-10T08:30:00Z',
			'expired',
			`${AGREEMENT} expired`,
			'is from 2021-05-10, before 1 April 2023',
		],
		[
			'2023-03-31T23:59:59Z',
			'expired',
			`${AGREEMENT} expired`,
			'is from 2023-03-31, before 1 April 2023',
		],
		['2023-04-01T00:00:00Z', 'alreadyExists', '', 'already exists'],
	])('a confirmation of %s comes back as %s', async (date, outcome, title, message) => {
		await open({ state: agreedOn(date) });
		const said = expect.stringContaining(message);
		expect(await answersOf()).toContainEqual([DEAL, outcome, title, said]);
	});

	it('whoever is confirmed needs no task, and who is not has one', async () => {
		const answers = await answersOf();
		expect(answers).toContainEqual(['deal-1', 'confirmed', '', '']);
		expect(answers).toContainEqual([
			'deal-3',
			'failed',
			`${AGREEMENT} not confirmed`,
			expect.stringContaining("'Email'"),
		]);
	});

	it.each(['reset-before-write', 'reset-after-write'] as const)(
		'a confirmation whose answer was lost is not called unconfirmed: %s',
		async (what) => {
			place.emulator.faults.script([
				{ match: { method: 'POST', path: 'agreements' }, times: 999, what },
				{
					match: { method: 'GET', path: 'customers/[^/]+/agreements' },
					times: 999,
					what: 'status-500',
				},
			]);
			expect(await answersOf({ parameters: { options: { maxRetries: 0 } } })).toContainEqual([
				'deal-1',
				'failed',
				`Not known whether the ${AGREEMENT} was confirmed`,
				expect.stringContaining('is not known'),
			]);
		},
	);

	it('nor one that exists, and of which nobody can tell whose it is', async () => {
		await open({ switches: { replaySameRequestId: false } });
		place.emulator.faults.script([
			{ match: { method: 'POST', path: 'agreements' }, times: 1, what: 'reset-after-write' },
			{
				match: { method: 'GET', path: 'customers/[^/]+/agreements' },
				times: 999,
				what: 'status-500',
			},
		]);
		const options = { maxRetries: 1, maxConcurrency: 1 };
		expect(await answersOf({ parameters: { options } })).toContainEqual([
			'deal-1',
			'failed',
			`Not known whether the ${AGREEMENT} was confirmed`,
			expect.stringContaining('whether this item recorded it is not known'),
		]);
	});

	it('words of the CRM are no doubt', async () => {
		const workflow = withConfirm(read('confirm-an-agreement.json'), {});
		const [record] = pinned('confirm-an-agreement.json', 'Customer to Confirm');
		const result = await runForReal(workflow, {
			input: items([{ ...record, email: 'not known' }]),
		});
		expect(json(result.outputs('Answer').flat())).toEqual([
			expect.objectContaining({ taskTitle: `${AGREEMENT} not confirmed` }),
		]);
	});

	it.each(WITHOUT_DATE)(
		'a confirmation whose date %s comes back as failed',
		async (_, prepare, confirm) => {
			prepare();
			expect(await answersOf(confirm)).toContainEqual([
				DEAL,
				'failed',
				`Not known whether the ${AGREEMENT} still counts`,
				expect.stringContaining('not known whether it still counts'),
			]);
		},
	);

	it('a dry run keeps its outcomes, and says which confirmation is old', async () => {
		await open({ state: agreedOn('2021-05-10') });
		const answers = await answersOf({ parameters: { options: { dryRun: true } } });
		expect(answers).toContainEqual(['deal-1', 'wouldConfirm', '', '']);
		expect(answers).toContainEqual([
			DEAL,
			'wouldAlreadyExist',
			'',
			expect.stringContaining('is from 2021-05-10'),
		]);
	});
});

describe(`A webhook (${engine})`, () => {
	const FILE = 'webhook-confirm.json';
	const [first] = pinned(FILE, 'Customer Accepted') as Array<{ body: Json }>;
	const run = async (body: unknown) =>
		await runForReal(read(FILE), { input: items([{ ...first, body }]) });

	it('takes a domain in place of the ID', async () => {
		const rest = without(first?.body, 'customerId');
		const result = await run({ ...rest, domain: 'contoso.onmicrosoft.com' });
		expect(json(result.inputs('Respond Confirmed'))).toEqual([
			expect.objectContaining({ customerId: idOf('Contoso') }),
		]);
	});

	it.each([[{}], ['not JSON'], [[first?.body]], [{ ...first?.body, customerId: '' }]])(
		'answers a request that names nobody with an error, and confirms nobody: %j',
		async (body) => {
			const result = await run(body);
			expectSuccess(result);
			expect(result.inputs('Respond Error')).toHaveLength(1);
			expect(writes(place.emulator)).toEqual([]);
		},
	);
});
