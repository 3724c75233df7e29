/** The trigger in a workflow that is switched on: each event starts it once, also over a restart. */
import { setTimeout as wait } from 'node:timers/promises';

import {
	importable,
	importCredential,
	importWorkflows,
	signedInData,
} from '../../../dev/n8n/sampleContent';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import { Session } from '../../../dev/n8n/Session';
import { manyCustomers } from './customers';
import { activate, executionsOf, untilExecuted } from './executions';
import { openPlace, OWNER, type Place } from './place';
import { nodeTypes } from './typeFiles';

const WORKFLOW = 'whatIsNew';
const TRIGGER = 'Microsoft Partner Center Trigger';
const TYPE = 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTrigger';
const MINUTE = 60_000;
/** From the import to the event, and from there to the next poll. */
const START_AND_ACTIVATE = 15_000;
const UNTIL_POLL = 12_000;
const customers = manyCustomers(4);

let place: Place;
let server: N8nProcess;
let session: Session;

beforeAll(async () => {
	place = await openPlace({ emulator: { state: { customers } } });
	await importCredential(place.n8n, await signedInData(place.emulator));
	await someoneElseConfirms(0);
	// n8n polls once a minute at most; the second of the minute is chosen so that nobody waits long.
	const second = new Date(Date.now() + START_AND_ACTIVATE + UNTIL_POLL).getSeconds();
	await importWorkflows(place.n8n, [
		importable(
			{
				name: 'What is new',
				settings: { executionOrder: 'v1' },
				nodes: [
					{
						id: 'trigger',
						name: TRIGGER,
						type: TYPE,
						typeVersion: 1,
						position: [0, 0],
						parameters: {
							event: 'agreementConfirmed',
							pollTimes: {
								item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }],
							},
						},
					},
					{
						id: 'seen',
						name: 'Seen',
						type: 'n8n-nodes-base.noOp',
						typeVersion: 1,
						position: [200, 0],
						parameters: {},
					},
				],
				connections: { [TRIGGER]: { main: [[{ node: 'Seen', type: 'main', index: 0 }]] } },
			},
			WORKFLOW,
		),
	]);
	({ server, session } = await place.serve());
});
afterAll(() => place.close());

/** A confirmation by another program of the partner, over the API. */
async function someoneElseConfirms(number: number): Promise<void> {
	const { access_token } = await place.emulator.issueTokens({ kind: 'user', mfa: true });
	const answer = await fetch(
		`${place.emulator.baseUrl}/v1/customers/${customers[number]?.id}/agreements`,
		{
			method: 'POST',
			headers: {
				authorization: `Bearer ${access_token}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({
				primaryContact: {
					firstName: 'Zsófia',
					lastName: 'Fűzesi',
					email: 'zsofia.fuzesi@northwind.example',
				},
				templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
				dateAgreed: '2025-06-12T00:00:00.000Z',
				type: 'MicrosoftCustomerAgreement',
			}),
		},
	);
	expect(answer.status).toBe(201);
}

const polls = (): number =>
	place.emulator.requests.filter(({ path }) => path.includes('auditrecords')).length;

async function untilPolled(count: number): Promise<void> {
	const deadline = Date.now() + 2 * MINUTE;
	while (polls() < count) {
		if (Date.now() > deadline) throw new Error(`${polls()} polls instead of ${count}`);
		await wait(100);
	}
}

/** Whom the workflow was started for, execution by execution. */
async function started(count: number): Promise<unknown[][]> {
	const executions = await untilExecuted(session, WORKFLOW, count, 2 * MINUTE);
	return executions.map((execution) =>
		execution.outputs('Seen').flatMap((items) => items.map(({ customerId }) => customerId)),
	);
}

test('n8n knows the trigger, and not as a tool', async () => {
	const names = (await nodeTypes(session)).map(({ name }) => name);
	expect(names).toContain(TYPE);
	expect(names).not.toContain(`${TYPE}Tool`);
});

test('an event after the activation starts the workflow once; what was there before starts nothing', async () => {
	await activate(session, WORKFLOW);
	await untilPolled(1);
	await someoneElseConfirms(1);

	expect(await started(1)).toEqual([[customers[1]?.id]]);
});

test('an event while n8n is off starts it once when n8n is back, and nothing starts it twice', async () => {
	await server.stop();
	await someoneElseConfirms(2);
	server = await place.n8n.start();
	session = await Session.signIn(server.url, OWNER);

	expect(await started(2)).toEqual([[customers[1]?.id], [customers[2]?.id]]);

	const before = polls();
	await server.stop();
	server = await place.n8n.start();
	session = await Session.signIn(server.url, OWNER);
	await untilPolled(before + 1);
	expect(await executionsOf(session, WORKFLOW)).toHaveLength(2);
});
