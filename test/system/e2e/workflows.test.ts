/**
 * The files of `workflows/` in n8n itself, as they are, with a credential chosen in every node that
 * asks for one, and a second in place of a wait of days. The CRMs and the mail server are stand-ins
 * on this machine; n8n's nodes for them are the real ones.
 *
 * Which nodes do their work, and which give out pinned items:
 *   n8n execute    all of them; the trigger is handed its pinned items, since nothing triggers it
 *   in the editor  all but those that the file has items pinned to, as for a person who imports it
 *   in production  the form and the Dataverse webhook, called over HTTP: all of them
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode, INodeTypeDescription } from 'n8n-workflow';
import { z } from 'zod';

import {
	appOnlyCredential,
	idOf,
	importable,
	type ImportableWorkflow,
	importCredential,
	importCredentials,
	importWorkflows,
	sampleWorkflow,
	signedInData,
	workflowFiles,
} from '../../../dev/n8n/sampleContent';
import { withPartnerCenterAt } from '../../../dev/engine/workflowFile';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import type { Session } from '../../../dev/n8n/Session';
import { accounts, FORM_USER, HEADER, triggerOf, withAccounts, withShortWaits } from './accounts';
import {
	activate,
	executionsOf,
	readRawOutput,
	runInEditor,
	untilExecuted,
	untilRegistered,
	type Execution,
} from './executions';
import { ADDED, headless } from './headless';
import { CALLERS, LIFE_CYCLE, needsN8n2, NOT_ALONE, OUTCOMES } from './outcomes';
import { majorUnderTest, openPlace, type Place } from './place';
import { crmHosts, pinned } from './standIns/crm';
import { HttpsStandIn, type Call } from './standIns/HttpsStandIn';
import { attachmentsOf, plainTextOf, SmtpSink } from './standIns/SmtpSink';
import { nodeTypes } from './typeFiles';

const FORM = 'reconfirm-campaign.json';
const DYNAMICS = 'dynamics-365-won.json';
const REPORT = 'coverage-report.json';
const ATTESTATION = 'attestation-deal-won.json';
const CRM_LEDGER = 'attestation-in-crm.json';
const GAP = 'agreement-gap-halopsa.json';
const NOTE = 'n8n-nodes-base.stickyNote';
/** Where the spreadsheet's workflow ends if a row has no result; none is without. */
const STOP = 'n8n-nodes-base.stopAndError';
const files = workflowFiles();
/** Those that one execution goes through; the others have tests of their own below. */
const single = [
	...files.filter((file) => LIFE_CYCLE[file] === undefined && !NOT_ALONE.includes(file)),
	...CALLERS,
];
/** Behind `n8n execute`, n8n 2.x runs no sub-workflow but one that its server has published. */
const byCommand = single.filter((file) => majorUnderTest() === '1' || !CALLERS.includes(file));
const SUB_WORKFLOW = idOf('confirm-an-agreement.json');
/** They run only where the sub-workflow does not. */
const WHERE_NOT_RUN = ['Not Run', 'One per Opportunity'];
/** The nodes that an execution has to go through. */
const toRun = (file: string): string[] =>
	asImported(file)
		.nodes.filter(({ name, type }) => ![NOTE, STOP].includes(type) && !WHERE_NOT_RUN.includes(name))
		.map(({ name }) => name);

const headlessId = (file: string): string => `${idOf(file).slice(0, 12)}Head`;
/** The workflow with the ID of the sub-workflow, as a person puts it into "Your Values". */
const withSubWorkflow = (workflow: ImportableWorkflow): ImportableWorkflow => {
	const text = JSON.stringify(workflow).replace('"ID of the sub-workflow"', `"${SUB_WORKFLOW}"`);
	return importable(JSON.parse(text), workflow.id);
};
const asImported = (file: string) =>
	withPartnerCenterAt(
		withSubWorkflow(withShortWaits(withAccounts(sampleWorkflow(file)))),
		place.emulator.baseUrl,
	);

/** The rows that are pinned in the form's workflow, as the file that a person uploads. */
const csv = [
	Object.keys(pinned(FORM, 'Read the Rows')[0] ?? {}).join(','),
	...pinned(FORM, 'Read the Rows').map((row) => Object.values(row).join(',')),
].join('\r\n');
const upload = {
	Customers: {
		data: Buffer.from(csv).toString('base64'),
		mimeType: 'text/csv',
		fileName: 'customers.csv',
	},
};

let folder: string;
let internet: HttpsStandIn;
let mailServer: SmtpSink;
let place: Place;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'partner-center-stand-ins-'));
	internet = await HttpsStandIn.open(folder, crmHosts);
	mailServer = await SmtpSink.open();
	place = await openPlace({
		environment: internet.environment,
		emulator: {
			attestation: 'preview',
		},
	});
	await importCredential(place.n8n, await signedInData(place.emulator));
	await importCredentials(place.n8n, [
		...accounts(mailServer.port),
		appOnlyCredential(place.emulator.baseUrl),
	]);
	await importWorkflows(place.n8n, [
		...files.map(asImported),
		...byCommand.map((file) => ({
			...headless(asImported(file), file === FORM ? upload : undefined),
			id: headlessId(file),
		})),
	]);
});

beforeEach(() => {
	place.emulator.reset();
	internet.calls.length = 0;
	mailServer.mails.length = 0;
});

afterAll(async () => {
	await place.close();
	await internet.close();
	await mailServer.close();
	rmSync(folder, { recursive: true, force: true });
});

/** The customers of each branch: of Confirm Agreement, or as the sub-workflow has answered. */
function branchesOf(file: string, execution: Execution): Array<Record<string, unknown>[]> {
	if (!CALLERS.includes(file)) return execution.outputs('Confirm Agreement');
	const answers = execution.outputs('Each Opportunity').flat();
	return ['confirmed', 'alreadyExists', 'failed'].map((wanted) =>
		answers
			.filter(({ outcome }) => outcome === wanted)
			.map((answer) => ({ ...answer, error: answer.message })),
	);
}

/** Every item on its branch, every confirmed customer written once, and nobody else. */
function expectOutcome(file: string, execution: Execution): void {
	expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success' });
	const expected = OUTCOMES[file];
	if (expected === undefined) return;
	const [confirmed = [], alreadyExists = [], errors = []] = branchesOf(file, execution);
	expect(confirmed.map(({ customerId }) => customerId)).toEqual(expected.confirmed);
	expect(alreadyExists.map(({ customerId }) => customerId)).toEqual(expected.alreadyExists);
	expect(errors.map(({ error }) => error)).toEqual(
		expected.errors.map((start) => expect.stringContaining(start)),
	);
	expect(customersWritten().sort()).toEqual([...expected.confirmed].sort());
}

function customersWritten(): string[] {
	return place.emulator.requests
		.filter(
			({ method, path, status }) => method === 'POST' && /agreements$/.test(path) && status === 201,
		)
		.map(({ path }) => /customers\/([^/]+)/.exec(path)?.[1] ?? '');
}

const writesTo = (host: string): Call[] =>
	internet.calls.filter((call) => call.host === host && call.method !== 'GET');

/** What the CRM was told: each record with an agreement is marked, each failed one gets a task. */
function expectCrmToKnow(file: string): void {
	if (file === 'hubspot-deal-won.json') {
		const writes = writesTo('api.hubapi.com');
		const property = { name: 'mca_confirmed_on', value: expect.any(Number) };
		const marked = writes.filter(({ method }) => method === 'PUT');
		expect(marked.map(({ path }) => path).sort()).toEqual(
			[1, 2, 3].map((deal) => `/deals/v1/deal/1890441120${deal}`),
		);
		for (const { body } of marked) expect(body).toEqual({ properties: [property] });
		expect(writes.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
			{
				engagement: { type: 'TASK' },
				associations: { dealIds: ['18904411204'] },
				metadata: {
					subject: "Microsoft Customer Agreement not confirmed: Margie's Travel: Microsoft 365",
					body: expect.stringContaining('a tenant ID or domain of the company'),
					status: 'NOT_STARTED',
				},
			},
		]);
	}
	if (file === 'salesforce-opportunity-won.json') {
		const writes = writesTo('sample.my.salesforce.com');
		const marked = writes.filter(({ method }) => method === 'PATCH');
		expect(marked.map(({ path }) => path.replace(/.*\//, '')).sort()).toEqual([
			'006Qy00000X7a1IAR',
			'006Qy00000X7a2IAR',
			'006Qy00000X7a3IAR',
		]);
		for (const { body } of marked) {
			expect(body).toEqual({ MCA_Confirmed_On__c: expect.stringMatching(/^2.*Z$/) });
		}
		const tasks = writes.filter(({ method }) => method === 'POST').map(({ body }) => body);
		expect(tasks).toHaveLength(2);
		expect(tasks).toContainEqual(
			expect.objectContaining({
				WhatId: '006Qy00000X7a4IAR',
				Subject: 'Microsoft Customer Agreement not confirmed: Alpine Ski House: Microsoft 365',
				Description: expect.stringContaining('There is no reseller relationship'),
			}),
		);
		expect(tasks).toContainEqual(
			expect.objectContaining({
				WhatId: '006Qy00000X7a5IAR',
				Subject: 'Microsoft Customer Agreement not confirmed: Coho Winery: Microsoft 365',
				Description: expect.stringContaining('a primary contact'),
			}),
		);
	}
	if (file === DYNAMICS) expectDataverseToKnow();
}

function expectDataverseToKnow(): void {
	const writes = writesTo('yourorg.crm.dynamics.com');
	const marked = writes.filter(({ method }) => method === 'PATCH');
	expect(marked.map(({ path }) => path.slice(-2 - 36, -1)).sort()).toEqual(
		[1, 2, 3].map((id) => expect.stringContaining(`0bb0000${id}-8f4e-4f11-a316-000d3a2f000${id}`)),
	);
	for (const { body } of marked) {
		expect(body).toEqual({ new_mcaconfirmedon: expect.stringMatching(/^2.*Z$/) });
	}
	expect(writes.filter(({ method }) => method === 'POST')).toEqual([
		expect.objectContaining({
			path: '/api/data/v9.2/tasks',
			body: {
				subject: expect.stringMatching(
					/^Microsoft Customer Agreement not confirmed: .*: Microsoft 365$/,
				),
				description: expect.stringMatching(/^'Email' is empty .* Map it from the CRM's contact/),
				'regardingobjectid_opportunity@odata.bind':
					'/opportunities(0bb00004-8f4e-4f11-a316-000d3a2f0004)',
			},
		}),
	]);
}

/** What was mailed: one mail with one CSV file that has a row for everybody concerned. */
function expectMail(file: string): void {
	if (file !== FORM && file !== REPORT) {
		expect(mailServer.mails).toEqual([]);
		return;
	}
	expect(mailServer.mails).toEqual([
		expect.objectContaining({ from: 'n8n@example.com', to: ['csp-desk@example.com'] }),
	]);
	const [[name, content] = ['', '']] = mailServer.mails.flatMap((mail) =>
		Object.entries(attachmentsOf(mail)),
	);
	const lines = content
		.replace(/^\uFEFF/, '')
		.trim()
		.split(/\r?\n/);
	if (file === REPORT) {
		expect(name).toMatch(/^agreement-coverage-\d{4}-\d\d-\d\d\.csv$/);
		expect(lines[0]).toMatch(/^customerId,companyName,.*needsAction,reason/);
		expect(lines).toHaveLength(1 + 8);
		return;
	}
	expect(name).toMatch(/^agreements-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
	expect(lines[0]).toBe('line,companyName,customerId,email,outcome,detail,requestId,alsoOnLines');
	expect(
		lines.slice(1).map((line) => line.split(',').filter((_, at) => [0, 1, 4].includes(at))),
	).toEqual([
		['2', 'Humongous Insurance', 'confirmed'],
		['3', "Margie's Travel", 'confirmed'],
		['4', 'Litware', 'alreadyExists'],
		['5', 'Trey Research', 'confirmed'],
		['6', 'Alpine Ski House', 'failed'],
		['7', 'Coho Winery', 'failed'],
	]);
}

describe('n8n execute', () => {
	it.each(byCommand)(
		'runs %s: every node does its work, and every item ends on its branch',
		async (file) => {
			const output = await place.n8n.succeed([
				'execute',
				`--id=${headlessId(file)}`,
				'--rawOutput',
			]);

			const execution = readRawOutput(output);
			expectOutcome(file, execution);
			expect(execution.nodes.sort()).toEqual([...ADDED, ...toRun(file)].sort());
			expectCrmToKnow(file);
			expectMail(file);
		},
	);
});

describe('In the server', () => {
	let server: N8nProcess;
	let session: Session;

	beforeAll(async () => {
		({ server, session } = await place.serve());
	});

	const formUser = {
		authorization: `Basic ${Buffer.from(Object.values(FORM_USER).join(':')).toString('base64')}`,
	};

	/** @returns the form's address */
	async function publishForm(): Promise<string> {
		await activate(session, idOf(FORM));
		const node = asImported(FORM).nodes.find(({ name }) => name === triggerOf(asImported(FORM)));
		const address = `${server.url}/form/${String(node?.webhookId)}`;
		await untilRegistered(address);
		return address;
	}

	/** Sends the form in as its page does. */
	async function submit(address: string, whatToDo: string): Promise<number> {
		const form = new FormData();
		form.append('field-0', new Blob([csv], { type: 'text/csv' }), 'customers.csv');
		form.append('field-1', whatToDo);
		return (await fetch(address, { method: 'POST', headers: formUser, body: form })).status;
	}

	it.each(files)('%s is imported without a change', async (file) => {
		const stored = await session.call('GET', `/workflows/${idOf(file)}`);
		const { name, nodes, connections, pinData, settings } = asImported(file);
		expect(stored).toMatchObject({ name, nodes, connections, pinData, settings });
	});

	it('every node has a version that this n8n knows, and no field that it would drop or miss', async () => {
		const types = await nodeTypes(session);
		// The editor opens a node with these two functions of n8n's own.
		const { NodeHelpers } = createRequire(place.installed.bin)(
			'n8n-workflow',
		) as typeof import('n8n-workflow');
		const known = files.filter(
			(file) => place.installed.major === '2' || !needsN8n2(sampleWorkflow(file)),
		);
		for (const file of known) {
			for (const node of asImported(file).nodes as unknown as INode[]) {
				const type = types.find(
					({ name, version }) => name === node.type && [version].flat().includes(node.typeVersion),
				) as INodeTypeDescription | undefined;
				const where = `${file}, ${node.name}`;
				expect([where, type?.name]).toEqual([where, node.type]);
				if (type === undefined) continue;
				const { properties } = type;
				const shown = NodeHelpers.getNodeParameters(
					properties,
					node.parameters,
					true,
					false,
					node,
					type,
				);
				expect([where, shown]).toMatchObject([where, node.parameters]);
				const opened = { ...node, parameters: shown ?? {} };
				const issues = NodeHelpers.getNodeParametersIssues(properties, opened, type);
				expect([where, issues]).toEqual([where, null]);
			}
		}
	});

	it.each(single)('%s runs from the editor with its pinned items', async (file) => {
		const trigger = triggerOf(asImported(file));
		const execution = await runInEditor(session, place.installed.major, idOf(file), trigger);

		expectOutcome(file, execution);
		expect(execution.nodes.sort()).toEqual(toRun(file).sort());
		expect(internet.calls.filter(({ method }) => method === 'GET')).toEqual([]);
		expectCrmToKnow(file);
		expectMail(file);
	});

	/** The customer opens the link of the last mail to this address, and accepts. */
	async function accept(to: string): Promise<void> {
		const mail = mailServer.mails
			.filter((one) => one.to.some((whom) => whom.startsWith(to)))
			.at(-1);
		const [link = ''] = /https?:\S+attestationid=[\w-]+/.exec(mail ? plainTextOf(mail) : '') ?? [];
		expect((await fetch(link, { method: 'POST' })).status).toBe(200);
	}
	const run = async (file: string, trigger: string): Promise<Execution> =>
		await runInEditor(session, place.installed.major, idOf(file), trigger);

	it('a won deal is accepted by its link: the first part, the customer, the second part', async () => {
		const isSecond = place.installed.major === '2';
		const file = isSecond ? ATTESTATION : CRM_LEDGER;
		const won = await run(file, 'Deal Won');
		expect({ status: won.status, error: won.error }).toEqual({ status: 'success' });
		expect(mailServer.mails).toHaveLength(3);
		expect(place.emulator.attestations).toHaveLength(3);

		await accept('pieter');
		const morning = await run(file, 'Every Morning');
		expect({ status: morning.status, error: morning.error }).toEqual({ status: 'success' });
		if (!isSecond) return;
		expect(customersWritten()).toEqual(['14876998-c0dc-46e6-9d0c-65a57a6c32ec']);
		expect(writesTo('crm.example.com')).toContainEqual(
			expect.objectContaining({
				method: 'PATCH',
				path: '/deals/7101',
				body: { agreementAccepted: true, mayOrder: true, reason: null },
			}),
		);

		// n8n's own table has it from now on: the deal that comes again asks nobody.
		await run(file, 'Deal Won');
		// Sent side by side, they arrive in any order.
		const asked = place.emulator.attestations.map(({ request }) => request.companyName);
		expect(asked.sort()).toEqual(['Alpine Ski House', 'Contoso', 'Northwind Traders']);
	});

	it('every gap becomes one ticket in HaloPSA', async () => {
		const monday = await run(GAP, 'Every Monday');
		expect({ status: monday.status, error: monday.error }).toEqual({ status: 'success' });
		const tickets = writesTo('sample.halopsa.com').filter(({ path }) => path === '/api/tickets');
		expect(tickets).toHaveLength(8);
		expect(tickets.map(({ body }) => body)).toContainEqual([
			expect.objectContaining({
				summary:
					'Microsoft Customer Agreement missing: Contoso [14876998-c0dc-46e6-9d0c-65a57a6c32ec]',
			}),
		]);
	});

	it('the form takes the file, and mails what became of each row', async () => {
		const address = await publishForm();
		const page = await fetch(address, { headers: formUser });
		expect([page.status, await page.text()]).toEqual([
			200,
			expect.stringContaining('Confirm customer agreements'),
		]);
		expect((await fetch(address)).status).toBe(401);

		expect(await submit(address, 'Confirm')).toBe(200);

		const [, execution] = await untilExecuted(session, idOf(FORM), 2);
		if (execution === undefined) throw new Error('It did not start');
		expectOutcome(FORM, execution);
		expectMail(FORM);
	});

	it('"Only check" in the form writes nothing, and says what would be', async () => {
		const address = await publishForm();
		const before = (await executionsOf(session, idOf(FORM))).length;

		expect(await submit(address, 'Only check')).toBe(200);

		const executions = await untilExecuted(session, idOf(FORM), before + 1);
		expect(executions.at(-1)?.status).toBe('success');
		expect(customersWritten()).toEqual([]);
		const [content = ''] = mailServer.mails.flatMap((mail) => Object.values(attachmentsOf(mail)));
		expect(content.match(/,wouldConfirm,/g)).toHaveLength(3);
	});

	it('Dataverse posts an opportunity to the webhook, and finds it marked', async () => {
		// n8n 1.x runs a sub-workflow as it is saved.
		if (place.installed.major === '2') await activate(session, SUB_WORKFLOW);
		await activate(session, idOf(DYNAMICS));
		const address = `${server.url}/webhook/dynamics-opportunity-changed`;
		await untilRegistered(address);
		const before = (await executionsOf(session, idOf(DYNAMICS))).length;
		const [won] = pinned(DYNAMICS, 'Opportunity Changed');
		const post = async (headers: Record<string, string>): Promise<number> => {
			const answer = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(won?.body),
			});
			return answer.status;
		};

		expect(await post({})).toBe(403);
		expect(await post({ [HEADER.name]: HEADER.value })).toBe(200);

		const executions = await untilExecuted(session, idOf(DYNAMICS), before + 1);
		expect(executions.at(-1)?.status).toBe('success');
		expect(customersWritten()).toEqual(OUTCOMES[DYNAMICS]?.confirmed.slice(0, 1));
		expect(writesTo('yourorg.crm.dynamics.com').map(({ method }) => method)).toEqual(['PATCH']);
	});

	it("n8n's own report on n8n 3 finds nothing in any workflow, nor in the package", async () => {
		if (place.installed.major === '1') return;
		const answer = await session.call('GET', '/breaking-changes/report?version=v3');
		const { report } = z
			.object({ report: z.object({ workflowResults: z.array(z.object({ ruleId: z.string() })) }) })
			.parse(answer);
		// The manual-run rules look at the instance; what is in a workflow stands under workflowResults.
		expect(report.workflowResults.map(({ ruleId }) => ruleId)).toEqual([]);
	});

	it('n8n reached nothing but the stand-ins', () => {
		// n8n asks its own host for news of verified packages.
		expect(internet.refused.filter((host) => host !== 'api.n8n.io:443')).toEqual([]);
	});
});

test('no file carries a credential', () => {
	for (const file of files) {
		const text = readFileSync(join(__dirname, '../../../workflows', file), 'utf8');
		expect(text).not.toContain('"credentials"');
	}
});
