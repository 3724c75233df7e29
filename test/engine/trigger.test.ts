/**
 * The trigger as n8n polls it: the engine's own poll context in active mode, and a run of the
 * workflow in the editor.
 */
import {
	CredentialStore,
	EngineCredentialsHelper,
	runWorkflow,
	type WorkflowFile,
} from '../../dev/engine/runWorkflow';
import { ExternalSecretsProxy, PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IPollFunctions,
	type IWorkflowExecuteAdditionalData,
	type NodeApiError,
} from 'n8n-workflow';

import type { AuditRecordInput } from '../../dev/emulator/audit/auditRecord';
import { EngineNodeTypes } from '../../dev/engine/nodeTypes';
import { open, place } from './place';
import {
	APP_CREDENTIAL,
	customer,
	customerId,
	customers,
	engine,
	json,
	loadAppOnlyCredentialType,
	loadCredentialType,
	loadTrigger,
	record,
	node,
	USER_CREDENTIAL,
} from './workplace';

const DAY = 24 * 60 * 60_000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function workflowOf(
	parameters: IDataObject,
	credentials: NonNullable<INode['credentials']> = USER_CREDENTIAL,
): WorkflowFile {
	return {
		name: 'Follow Partner Center',
		nodes: [
			{
				...node(
					'Partner Center',
					'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTrigger',
				),
				parameters: parameters as INode['parameters'],
				credentials,
			},
			node('Behind', 'n8n-nodes-base.noOp'),
		],
		connections: { 'Partner Center': { main: [[{ node: 'Behind', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

interface Poll {
	items: INodeExecutionData[];
	/** Null is how a poll says that nothing happened. */
	output: INodeExecutionData[][] | null;
	logged: string[];
}

/** An active workflow: polls share what n8n stores, as text once n8n is restarted. */
class ActiveWorkflow {
	private workflow: Workflow;

	constructor(
		private readonly credentials: CredentialStore,
		private parameters: IDataObject = { event: 'agreementConfirmed' },
		staticData: IDataObject = {},
		private readonly used = USER_CREDENTIAL as NonNullable<INode['credentials']>,
	) {
		this.workflow = this.load(staticData);
	}

	get staticData(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** n8n stops and starts: what it stored comes back from text. */
	restart(parameters = this.parameters): void {
		this.parameters = parameters;
		this.workflow = this.load(this.staticData);
	}

	/** @param budget milliseconds; n8n 1.x sets none */
	async poll(budget?: number): Promise<Poll> {
		const [node] = Object.values(this.workflow.nodes);
		const additionalData = {
			credentialsHelper: new EngineCredentialsHelper(
				[loadCredentialType(), loadAppOnlyCredentialType()],
				this.credentials,
			),
			externalSecretsProxy: new ExternalSecretsProxy(),
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new PollContext(
			this.workflow,
			node as INode,
			additionalData,
			'trigger',
			'activate',
		);
		const logged: string[] = [];
		const log = (message: string) => logged.push(message);
		Object.defineProperty(context, 'logger', {
			value: { info: log, warn: log, debug: () => undefined, error: log },
		});
		if (budget !== undefined) Object.assign(context, { getPollBudgetMs: () => budget });
		const output = (await loadTrigger().poll?.call(context as unknown as IPollFunctions)) ?? null;
		return { items: output?.[0] ?? [], output, logged };
	}

	private load(staticData: IDataObject): Workflow {
		const file = workflowOf(this.parameters, this.used);
		return new Workflow({
			id: '1',
			name: file.name,
			nodes: file.nodes,
			connections: file.connections,
			active: true,
			nodeTypes: new EngineNodeTypes([loadTrigger()], file),
			staticData,
		});
	}
}

beforeEach(async () => {
	await open({ state: { customers: customers(3) } });
});

const workflow = (parameters?: IDataObject) => new ActiveWorkflow(place.credentials, parameters);
const activate = async (parameters?: IDataObject) => {
	const active = workflow(parameters);
	expect((await active.poll()).output).toBeNull();
	return active;
};
const confirm = async (...numbers: number[]) => {
	// One after another, so that the records have this order too.
	const { confirmed } = await place.run(
		numbers.map((number) => record(number)),
		{ parameters: { options: { maxConcurrency: 1 } } },
	);
	expect(confirmed).toHaveLength(numbers.length);
};
/** A record as Partner Center would write it, dated that long ago. */
const write = (ago: number, more: AuditRecordInput = {}) =>
	place.emulator.audit.add({
		customerId: customerId(1),
		customerName: 'Contoso 1',
		operationDate: new Date(Date.now() - ago).toISOString(),
		...more,
	});
const reads = () =>
	place.emulator.requests.filter(({ path: target }) => target.includes('/auditrecords'));
const customersOf = (items: INodeExecutionData[]) => json(items).map((one) => one.customerId);
const test = (parameters: IDataObject = { event: 'agreementConfirmed' }, more = {}) =>
	runWorkflow({
		workflow: workflowOf(parameters),
		nodeTypes: [loadTrigger()],
		credentialTypes: [loadCredentialType()],
		credentials: place.credentials,
		...more,
	});

describe('a relationship', () => {
	const change = async (relationshipToPartner: 'reseller' | 'none') => {
		const url = `${place.emulator.baseUrl}/_emulator/customers/${customerId(1)}/relationship`;
		const body = JSON.stringify({ relationshipToPartner });
		const headers = { 'content-type': 'application/json' };
		expect((await fetch(url, { method: 'PUT', headers, body })).ok).toBe(true);
	};

	it('that is accepted, and one that is ended, are events of their own', async () => {
		const accepted = await activate({ event: 'relationshipAccepted' });
		const removed = await activate({ event: 'relationshipRemoved' });
		await change('none');
		await change('reseller');
		await confirm(2);
		for (const [event, active] of [
			['relationshipAccepted', accepted],
			['relationshipRemoved', removed],
		] as const) {
			expect(json((await active.poll()).items)).toMatchObject([
				{ event, customerId: customerId(1), customerName: 'Contoso 1' },
			]);
			expect((await active.poll()).output).toBeNull();
		}
	});

	it('is told also by the names that Microsoft’s SDK has', async () => {
		const removed = await activate({ event: 'relationshipRemoved' });
		write(0, { operationType: 'RemovePartnerCustomerRelationship', resourceType: 'Unknown' });
		expect((await removed.poll()).items).toHaveLength(1);
	});
});

describe('Any Audit Event', () => {
	const any = (filters: IDataObject = {}) => ({ event: 'anyAuditEvent', ...filters });

	it('is everything, with what happened and what came of it', async () => {
		const active = await activate(any());
		write(3_000, { resourceType: 'order', operationType: 'create_order' });
		write(2_000, {
			resourceType: 'license',
			operationType: 'something_new',
			operationStatus: 'failed',
		});
		expect(json((await active.poll()).items)).toMatchObject([
			{ resourceType: 'order', operationType: 'create_order', operationStatus: 'succeeded' },
			{ resourceType: 'license', operationType: 'something_new', operationStatus: 'failed' },
		]);
		expect((await active.poll()).output).toBeNull();
	});

	it('is what the filters leave, from the list or by name', async () => {
		const list = (value: string) => ({ __rl: true, mode: 'list', value });
		const active = await activate(
			any({
				resourceType: list('order'),
				operationType: { __rl: true, mode: 'name', value: 'CreateOrder' },
				operationStatus: list('failed'),
			}),
		);
		const order = { resourceType: 'order', operationType: 'create_order' };
		write(4_000, { ...order });
		write(3_000, { ...order, operationStatus: 'failed' });
		write(2_000, { ...order, operationType: 'update_order', operationStatus: 'failed' });
		write(1_000, { resourceType: 'customer', operationStatus: 'failed' });
		expect((await active.poll()).items).toHaveLength(1);
		expect(reads().every(({ path: target }) => target.includes('order'))).toBe(true);
	});

	it('starts anew when a filter changes: other records are new then', async () => {
		const active = await activate(any());
		await confirm(1);
		active.restart(any({ operationType: 'create_agreement' }));
		expect((await active.poll()).output).toBeNull();
		await confirm(2);
		expect(customersOf((await active.poll()).items)).toEqual([customerId(2)]);
	});

	it('names each filter that can’t be one', async () => {
		const active = workflow(any({ resourceType: 'order; drop', operationStatus: 7 }));
		await expect(active.poll()).rejects.toMatchObject({
			message: `'Resource Type' is not such a code: "order; drop"; 'Status' is a number, not text: 7`,
			description: expect.stringContaining('create_order'),
		});
	});

	it('offers what Microsoft names', async () => {
		const { searchOperationTypes } = loadTrigger().methods?.listSearch ?? {};
		const found = await searchOperationTypes?.call({} as never, 'AGREE');
		expect(found).toEqual({ results: [{ name: 'create_agreement', value: 'create_agreement' }] });
	});
});

describe('in an active workflow', () => {
	it('the first poll replays no history', async () => {
		await confirm(1, 2);
		write(3 * DAY);
		const active = await activate();
		expect((await active.poll()).output).toBeNull();
	});

	it('a confirmation is emitted once, with what was agreed', async () => {
		const active = await activate();
		await confirm(1);
		const { items } = await active.poll();
		expect(json(items)).toEqual([
			{
				id: place.emulator.audit.records[0]?.id,
				event: 'agreementConfirmed',
				customerId: customerId(1),
				customerName: 'Contoso 1',
				operationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
				userPrincipalName: expect.stringContaining('@'),
				correlationId: expect.stringMatching(GUID),
				resource: expect.objectContaining({
					Type: 'MicrosoftCustomerAgreement',
					PrimaryContact: expect.objectContaining({ Email: 'tania.carr@contoso1.example' }),
				}),
			},
		]);
		for (let again = 0; again < 3; again++) expect((await active.poll()).output).toBeNull();
	});

	it('what is remembered holds no customer, contact or token', async () => {
		const active = await activate();
		await confirm(1, 2);
		await active.poll();
		const remembered = JSON.stringify(active.staticData);
		expect(remembered).toMatch(/"seen":\{"/);
		for (const secret of [customerId(1), 'Contoso', 'Carr', '@', 'eyJ']) {
			expect(remembered).not.toContain(secret);
		}
	});

	it('nothing comes twice after a restart, and nothing is missed that happened meanwhile', async () => {
		const active = await activate();
		await confirm(1);
		expect(customersOf((await active.poll()).items)).toEqual([customerId(1)]);
		await confirm(2);
		active.restart();
		expect(customersOf((await active.poll()).items)).toEqual([customerId(2)]);
		active.restart();
		expect((await active.poll()).output).toBeNull();
	});

	it('a record that is listed late is emitted, one from before the activation is not', async () => {
		const active = await activate();
		const state = active.staticData;
		// As if the workflow had been active for three days.
		const poll = (state['node:Partner Center'] as { poll: { from: number } }).poll;
		poll.from -= 3 * DAY;
		const running = new ActiveWorkflow(place.credentials, undefined, state);
		write(0, { customerId: customerId(1) });
		expect(customersOf((await running.poll()).items)).toEqual([customerId(1)]);
		write(1.9 * DAY, { customerId: customerId(2) });
		write(5 * DAY, { customerId: customerId(3) });
		expect(customersOf((await running.poll()).items)).toEqual([customerId(2)]);
		expect((await running.poll()).output).toBeNull();
	});

	it('a record that Partner Center shows only after a while is emitted then', async () => {
		place.emulator.switches.auditDelay = 3600;
		const active = await activate();
		await confirm(1);
		expect((await active.poll()).output).toBeNull();
		place.emulator.switches.auditDelay = 0;
		expect((await active.poll()).items).toHaveLength(1);
	});

	it('events come in the order of their dates', async () => {
		const active = await activate();
		const state = active.staticData;
		(state['node:Partner Center'] as { poll: { from: number } }).poll.from -= 3 * DAY;
		const running = new ActiveWorkflow(place.credentials, undefined, state);
		const dates = [DAY, 3_000, 2 * DAY, 1_000].map((ago) => write(ago).operationDate);
		const { items } = await running.poll();
		expect(json(items).map(({ operationDate }) => operationDate)).toEqual([...dates].sort());
	});

	it('Customer Added waits for customers, Agreement Confirmed for agreements', async () => {
		const agreements = await activate();
		const added = await activate({ event: 'customerAdded' });
		await confirm(1);
		place.emulator.addCustomer(customer(9));
		expect(customersOf((await agreements.poll()).items)).toEqual([customerId(1)]);
		const { items } = await added.poll();
		expect(json(items)).toMatchObject([
			{
				event: 'customerAdded',
				customerId: customerId(9),
				customerName: 'Contoso 9',
				resource: { Id: customerId(9) },
			},
		]);
		expect((await agreements.poll()).output).toBeNull();
		expect((await added.poll()).output).toBeNull();
	});

	it('another event starts anew, without its history', async () => {
		place.emulator.addCustomer(customer(8));
		const active = await activate();
		await active.poll();
		active.restart({ event: 'customerAdded' });
		expect((await active.poll()).output).toBeNull();
		place.emulator.addCustomer(customer(9));
		expect(customersOf((await active.poll()).items)).toEqual([customerId(9)]);
	});

	it('acts that failed or are under way are no event', async () => {
		const active = await activate();
		write(0, { operationStatus: 'failed' });
		write(0, { operationStatus: 'progress' });
		write(0, { operationType: 'update_agreement' });
		expect((await active.poll()).output).toBeNull();
	});

	it('the raw record is as Partner Center sent it', async () => {
		const active = await activate({ event: 'agreementConfirmed', simplify: false });
		await confirm(1);
		const { items } = await active.poll();
		expect(json(items)).toEqual(JSON.parse(JSON.stringify(place.emulator.audit.records)));
	});

	it.each(['none', 'v1', 'absolute'] as const)(
		'reads every page, however Partner Center writes its links (%s)',
		async (linkPrefix) => {
			place.emulator.switches.linkPrefix = linkPrefix;
			const active = await activate();
			for (let number = 0; number < 1_203; number++) write(0);
			const before = reads().length;
			const { items } = await active.poll();
			expect(new Set(json(items).map(({ id }) => id)).size).toBe(1_203);
			expect(items).toHaveLength(1_203);
			expect(reads().length - before).toBe(3);
			expect((await active.poll()).output).toBeNull();
		},
	);

	it('stops before the time for a poll is up, and the next ones read on from there', async () => {
		const active = await activate();
		for (let number = 0; number < 4_403; number++) write(0);
		// Well within the second that an answer has, also on a machine that is busy.
		const slow = { kind: 'slow-body' as const, ms: 400 };
		place.emulator.faults.script([{ match: { path: 'auditrecords' }, times: 100, what: slow }]);
		const ids: unknown[] = [];
		let polls = 0;
		for (; ids.length < 4_403 && polls < 12; polls++) {
			const { items } = await active.poll(4_000);
			ids.push(...json(items).map(({ id }) => id));
			// What was reached is stored with the events.
			active.restart();
		}
		expect(new Set(ids).size).toBe(4_403);
		expect(ids).toHaveLength(4_403);
		expect(polls).toBeGreaterThan(1);
	}, 60_000);

	it('polls that overlap emit each event once between them', async () => {
		const active = await activate();
		await confirm(1, 2);
		const both = await Promise.all([active.poll(), active.poll()]);
		expect(both.map(({ items }) => items.length).sort()).toEqual([0, 2]);
	});

	it('after more than 90 days it reads what is left, and the log says so', async () => {
		const active = await activate();
		const state = active.staticData;
		const poll = (state['node:Partner Center'] as { poll: { from: number; checked: number } }).poll;
		poll.from -= 120 * DAY;
		poll.checked -= 120 * DAY;
		const back = new ActiveWorkflow(place.credentials, undefined, state);
		write(88 * DAY);
		const { items, logged } = await back.poll();
		expect(items).toHaveLength(1);
		expect(logged).toEqual([
			expect.stringMatching(/keeps audit records for 90 days.*can't be read/),
		]);
		expect((await back.poll()).logged).toEqual([]);
	});

	it('asks for one kind of record, from a day', async () => {
		await activate();
		const [request] = reads();
		const query = new URL(request?.path ?? '', 'http://x').searchParams;
		expect(query.get('startDate')).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(JSON.parse(query.get('filter') ?? '')).toEqual({
			Field: 'ResourceType',
			Value: 'Agreement',
			Operator: 'equals',
		});
		expect(request?.headers['ms-correlationid']).toMatch(GUID);
	});
});

describe('when a poll fails', () => {
	const failing = async (active: ActiveWorkflow) => {
		const error: unknown = await active.poll().catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(Error);
		return error as NodeApiError;
	};

	it('an expired token is renewed and stored', async () => {
		const active = await activate();
		await confirm(1);
		place.emulator.expireAccessTokens();
		expect((await active.poll()).items).toHaveLength(1);
		expect(place.credentials.tokenWrites).toHaveLength(1);
	});

	it('a revoked sign-in is explained, and nothing is lost', async () => {
		const active = await activate();
		await confirm(1);
		const before = active.staticData;
		place.emulator.expireAccessTokens();
		place.emulator.revokeRefreshTokens();
		const error = await failing(active);
		expect(error.message).toMatch(/^The sign-in (was revoked|to Microsoft could not be renewed)/);
		expect(error.description).toMatch(/^No event is lost.*reconnect/i);
		expect(JSON.stringify(error)).not.toMatch(/eyJ/);
		expect(active.staticData).toEqual(before);

		const tokens = await place.emulator.issueTokens({ kind: 'user' });
		place.credentials.data('1').oauthTokenData = { ...tokens };
		expect((await active.poll()).items).toHaveLength(1);
	});

	it('on the second page, the events of the first are handed on, and the next poll says why', async () => {
		const active = await activate();
		for (let number = 0; number < 700; number++) write(0);
		const match = { path: 'seekOperation=Next' };
		place.emulator.faults.script([{ match, times: 6, what: 'status-500' }]);
		const first = await active.poll();
		expect(first.items).toHaveLength(500);
		expect(first.logged).toEqual([expect.stringContaining('the next poll reads on')]);
		const before = active.staticData;
		await failing(active);
		expect(active.staticData).toEqual(before);
		expect((await active.poll()).items).toHaveLength(200);
	});

	it('in its own fields, it loses nothing either', async () => {
		const active = await activate();
		await confirm(1);
		active.restart({ event: 'agreementConfirmed', simplify: '={{ $json.missing.deeper }}' });
		const before = active.staticData;
		await failing(active);
		expect(active.staticData).toEqual(before);
		active.restart({ event: 'agreementConfirmed', simplify: true });
		expect((await active.poll()).items).toHaveLength(1);
	});

	it('the activation is refused with the reason', async () => {
		place.emulator.faults.script([{ times: 3, what: 'status-503' }]);
		const error = await failing(workflow());
		expect(error.message).toBe(
			'Partner Center could not process the request, also after 2 retries',
		);
		expect(error.description).toMatch(/^Try again in a few minutes\. Microsoft's answer: HTTP 503/);
		expect(error.httpCode).toBe('503');
	});

	it('an event that the form does not offer is named', async () => {
		const error = await failing(workflow({ event: 'weather' }));
		expect(error.message).toBe("'Event' is not one of the choices");
	});
});

describe('in the editor', () => {
	it('a test shows the latest events, the newest last, and remembers nothing', async () => {
		for (let day = 1; day <= 12; day++) write(day * DAY, { customerId: customerId(day) });
		const result = await test();
		expect(result.status).toBe('success');
		const [items = []] = result.outputs('Partner Center');
		expect(customersOf(items)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(customerId));
		expect(result.inputs('Behind')).toHaveLength(10);
		expect(result.staticData['node:Partner Center'] ?? {}).toEqual({});
	});

	it('a test looks back as far as Partner Center goes', async () => {
		write(80 * DAY);
		const result = await test();
		expect(result.outputs('Partner Center')[0]).toHaveLength(1);
	});

	it('a test does not disturb the active workflow', async () => {
		const active = await activate();
		await confirm(1);
		const { staticData } = await test(undefined, { staticData: active.staticData });
		expect(staticData).toEqual(active.staticData);
		expect((await active.poll()).items).toHaveLength(1);
	});

	it('without events, a test ends well and starts nothing', async () => {
		const result = await test();
		expect(result.status).toBe('success');
		expect(result.inputs('Behind')).toEqual([]);
	});

	it('a test that fails says why, in words for a trigger', async () => {
		place.emulator.faults.script([{ times: 3, what: 'status-500' }]);
		const { status, error } = await test();
		expect(status).toBe('error');
		expect(error?.message).toMatch(/^Partner Center could not process the request/);
		expect(error?.description).not.toMatch(/item/);
	});
});

it(`is described as a polling trigger (${engine})`, () => {
	const { description } = loadTrigger();
	expect(description).toMatchObject({
		name: 'microsoftPartnerCenterTrigger',
		polling: true,
		group: ['trigger'],
		inputs: [],
		outputs: ['main'],
	});
	expect(description.usableAsTool).toBeUndefined();
});

describe('signed in as the app alone', () => {
	const parameters = { event: 'agreementConfirmed', authentication: 'appOnly' };
	const withCredential = (used: NonNullable<INode['credentials']>, more = parameters) =>
		new ActiveWorkflow(place.credentials, more, {}, used);

	it('the same events come, and the token is asked for once', async () => {
		const active = withCredential(APP_CREDENTIAL);
		expect((await active.poll()).output).toBeNull();
		await confirm(1, 2);
		expect(customersOf((await active.poll()).items)).toEqual([customerId(1), customerId(2)]);
		place.emulator.expireAccessTokens();
		expect((await active.poll()).output).toBeNull();
		expect(place.emulator.tokenRequests.map(({ grantType }) => grantType)).toEqual([
			'client_credentials',
			'client_credentials',
		]);
	});

	it.each([
		['App-only', parameters, USER_CREDENTIAL],
		['App\\+User', { event: 'agreementConfirmed', authentication: 'appAndUser' }, APP_CREDENTIAL],
	])(
		'with the other credential than %s, the poll says which one it needs',
		async (needed, more, used) => {
			await expect(withCredential(used, more).poll()).rejects.toMatchObject({
				message: expect.stringMatching(
					new RegExp(`^The trigger needs the credential '.*' \\(${needed}\\), and the node has `),
				),
				description: expect.stringContaining('Open the node and select the credential'),
			});
			expect(place.emulator.requests).toEqual([]);
		},
	);
});
