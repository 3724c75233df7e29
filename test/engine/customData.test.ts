/** What n8n's list of executions can be searched by: the engine keeps it with the execution. */
import type { IDataObject, ITaskData } from 'n8n-workflow';

import type { RunResult } from '../../dev/engine/runWorkflow';
import { open } from './place';
import { runOperation } from './runOperation';
import { customerId, customers, engine, record } from './workplace';

const CUSTOMERS_PAGE = 'https://partner.microsoft.com/dashboard/v2/customers';

/** As n8n stores it with the execution, and its list filters by it. */
const shown = ({ full }: RunResult) => full.data.resultData.metadata ?? {};

const lastRun = ({ runData }: RunResult) => runData.Confirm?.at(-1) as ITaskData;

const oneAtATime = { maxConcurrency: 1, maxRetries: 0 };

it('a deal shows its customer, and that it was confirmed', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([record(1)]);
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: customerId(1),
		partnerCenterConfirmed: '1',
	});
});

it('a batch shows how many came to what, and up to six customers', async () => {
	const { run } = await open({ state: { customers: customers(6) } });
	await run([record(1), record(2)]);
	const six = [1, 2, 3, 4, 5, 6].map((number) => record(number));
	const { result } = await run([...six, { ...record(1), email: 'nobody' }], {
		onError: 'continueErrorOutput',
	});
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: [1, 2, 3, 4, 5, 6].map(customerId).join(', '),
		partnerCenterConfirmed: '4',
		partnerCenterAlreadyExists: '2',
		partnerCenterFailed: '1',
	});
});

it('of more than six customers none is listed, so that nobody misses the seventh', async () => {
	const { run } = await open({ state: { customers: customers(7) } });
	const { result } = await run([1, 2, 3, 4, 5, 6, 7].map((number) => record(number)));
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: 'more than 6',
		partnerCenterConfirmed: '7',
	});
});

it('an execution that stops shows it too, with the customer who failed', async () => {
	const { run, emulator } = await open({ state: { customers: customers(2) } });
	emulator.faults.script([{ match: { method: 'POST', path: '0000002/' }, what: 'status-503' }]);
	const { result } = await run([record(1), record(2)], { parameters: { options: oneAtATime } });
	expect(result.status).toBe('error');
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: [1, 2].map(customerId).join(', '),
		partnerCenterConfirmed: '1',
		partnerCenterFailed: '1',
	});
});

it('a try that Retry On Fail repeats is counted once', async () => {
	const { run, emulator } = await open({ state: { customers: customers(3) } });
	emulator.faults.script([{ match: { method: 'POST', path: '0000003/' }, what: 'status-503' }]);
	const { result } = await run([record(1), record(2), record(3)], {
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 0,
		parameters: { options: oneAtATime },
	});
	expect(result.status).toBe('success');
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: [1, 2, 3].map(customerId).join(', '),
		partnerCenterConfirmed: '3',
		partnerCenterFailed: '0',
	});
});

it('an operation that reads shows whom it read, and whom it could not read', async () => {
	await open({ state: { customers: customers(1) } });
	const { result } = await runOperation(
		[record(1), { customerId: customerId(2) }],
		'customerAgreement',
		'getStatus',
	);
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: [1, 2].map(customerId).join(', '),
		partnerCenterFailed: '1',
	});
});

it('a run that could not start shows whom it was for', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([record(1)], { credentials: {}, onError: 'continueErrorOutput' });
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: customerId(1),
		partnerCenterFailed: '1',
	});
});

it.each([
	['an address of Partner Center', { mode: 'id', value: `${CUSTOMERS_PAGE}/${customerId(1)}` }],
	['an ID in place of a domain', { mode: 'domain', value: customerId(1) }],
])('whoever is named by %s is found, where the item failed too', async (_, given) => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([{ ...record(1), email: 'nobody' }], {
		onError: 'continueErrorOutput',
		parameters: { customerId: { __rl: true, ...given } },
	});
	expect(shown(result)).toMatchObject({ partnerCenterCustomerId: customerId(1) });
});

it('a dry run does not count as confirmed', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([record(1), record(1)], {
		parameters: { options: { dryRun: true, maxConcurrency: 1 } },
	});
	expect(shown(result)).toEqual({
		partnerCenterCustomerId: customerId(1),
		partnerCenterWouldConfirm: '1',
		partnerCenterWouldAlreadyExist: '1',
	});
});

it('a customer given as a domain or in words is no ID, and is not shown before it is known', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([{ ...record(1), customerId: 'Erika Mustermann' }], {
		onError: 'continueErrorOutput',
	});
	expect(shown(result)).toEqual({ partnerCenterFailed: '1' });
});

it('no name, no mail address and no token stands in it', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result } = await run([record(1), { ...record(1), dateAgreed: 'soon' }], {
		onError: 'continueErrorOutput',
	});
	const stored = JSON.stringify([shown(result), lastRun(result).metadata]);
	const { firstName, lastName, email } = record(1) as Record<string, string>;
	for (const personal of [firstName, lastName, email, 'soon']) {
		expect(stored).not.toContain(personal);
	}
});

it('the trace of the node has the ids of the call, where n8n traces', async () => {
	const { run } = await open({ state: { customers: customers(1) } });
	const { result, confirmed } = await run([record(1)]);
	const { requestId, correlationId } = confirmed[0]?.json as IDataObject;
	const tracing = (lastRun(result).metadata as { tracing?: object } | undefined)?.tracing;
	expect(tracing).toEqual(
		engine === 'n8n-1'
			? undefined
			: { 'MS-RequestId': requestId, 'MS-CorrelationId': correlationId },
	);
});
