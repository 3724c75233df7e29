/** The sample workflow with a webhook, in production: called over HTTP, as docs/workflows.md says. */
import { importCredential, signedInData } from '../../../dev/n8n/sampleContent';
import type { N8nProcess } from '../../../dev/n8n/N8n';
import type { Session } from '../../../dev/n8n/Session';
import { acceptance, manyCustomers } from './customers';
import { untilExecuted } from './executions';
import { openPlace, type Place } from './place';
import { importPortalWorkflow, PORTAL_WORKFLOW, post, publishPortalWorkflow } from './portal';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const customers = manyCustomers(22);
const [first] = customers;
if (first === undefined) throw new Error('no customer');

let place: Place;
let server: N8nProcess;
let session: Session;

beforeAll(async () => {
	place = await openPlace({ emulator: { state: { customers } } });
	await importCredential(place.n8n, await signedInData(place.emulator));
	await importPortalWorkflow(place);
	({ server, session } = await place.serve());
	await publishPortalWorkflow(server, session);
});
beforeEach(() => place.emulator.reset());
afterAll(() => place.close());

const agreements = (): number[] =>
	place.emulator.state.customers.map((one) => one.agreements.length);

test('a customer that is confirmed answers 200 with the outcome, and no more than documented', async () => {
	expect(await post(server, acceptance(first))).toEqual({
		status: 200,
		body: {
			outcome: 'confirmed',
			customerId: first.id,
			dateAgreed: '2025-06-12T00:00:00.000Z',
			requestId: expect.stringMatching(GUID),
			correlationId: expect.stringMatching(GUID),
		},
	});
	expect(agreements().filter((count) => count === 1)).toHaveLength(1);
});

test('a customer that was confirmed before answers 200 with the agreement that exists', async () => {
	await post(server, acceptance(first));

	expect(await post(server, acceptance(first))).toEqual({
		status: 200,
		body: {
			outcome: 'alreadyExists',
			customerId: first.id,
			message: expect.stringContaining('already exists'),
			existingAgreement: expect.objectContaining({
				dateAgreed: expect.stringContaining('2025-06-12T00:00:00'),
			}),
			requestId: expect.stringMatching(GUID),
			correlationId: expect.stringMatching(GUID),
		},
	});
});

test('a customer that can’t be confirmed answers 422 with the reason and the advice', async () => {
	expect(await post(server, { ...acceptance(first), email: 'nobody' })).toEqual({
		status: 422,
		body: {
			outcome: 'failed',
			error: expect.stringContaining('\'Email\' is not an e-mail address: "nobody"'),
			message: expect.stringContaining('one address, such as someone@example.com'),
		},
	});
	expect(agreements().every((count) => count === 0)).toBe(true);
});

test('a caller without the key is refused', async () => {
	expect((await post(server, acceptance(first), {})).status).toBe(403);
});

test('20 calls at once: each has its own answer, and every customer is confirmed once', async () => {
	const called = customers.slice(0, 20);
	const answers = await Promise.all(called.map((customer) => post(server, acceptance(customer))));

	expect(answers).toEqual(
		called.map(({ id }) => ({
			status: 200,
			body: expect.objectContaining({ outcome: 'confirmed', customerId: id }),
		})),
	);
	expect(agreements()).toEqual([...called.map(() => 1), 0, 0]);
});

test('20 calls at once for one customer: one is confirmed, the others learn that it exists', async () => {
	const answers = await Promise.all(
		Array.from({ length: 20 }, () => post(server, acceptance(first))),
	);

	const outcomes = answers.map(({ body }) => (body as { outcome: string }).outcome);
	expect(outcomes.filter((outcome) => outcome === 'confirmed')).toHaveLength(1);
	expect(outcomes.filter((outcome) => outcome === 'alreadyExists')).toHaveLength(19);
	expect(agreements()[0]).toBe(1);
});

test('each call was an execution of its own, and all ended with success', async () => {
	// 1 + 2 + 1 + 20 + 20: n8n starts none for the caller without the key.
	const executions = await untilExecuted(session, PORTAL_WORKFLOW, 20);
	expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
});

test('each execution shows its customer, and what became of the confirmation', async () => {
	// n8n lists twenty: those of the twenty calls for one customer.
	const executions = await untilExecuted(session, PORTAL_WORKFLOW, 20);
	const shown = executions.map(({ customData }) => customData);
	const partnerCenterCustomerId = first.id;
	const confirmed = { partnerCenterCustomerId, partnerCenterConfirmed: '1' };
	const alreadyExists = { partnerCenterCustomerId, partnerCenterAlreadyExists: '1' };
	expect(shown).toHaveLength(20);
	expect(shown.filter((one) => 'partnerCenterConfirmed' in one)).toEqual([confirmed]);
	expect(shown).toEqual(expect.arrayContaining([confirmed, alreadyExists]));
	expect(shown.filter((one) => 'partnerCenterAlreadyExists' in one)).toHaveLength(19);
	expect(JSON.stringify(shown)).not.toMatch(/example\.com|Carr/);
});
