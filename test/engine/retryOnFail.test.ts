import * as confirmation from '../../dev/emulator/api/confirmAgreement';
import { open } from './place';
import { agreementsOf, customers, json, pairs, record, writes } from './workplace';

const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
/** The node's own retries are off, so that n8n's are seen. */
const noRetries = { parameters: { options: { maxRetries: 0 } } };
const oneAtATime = { parameters: { options: { maxConcurrency: 1, maxRetries: 0 } } };

describe('Retry On Fail runs the whole node again', () => {
	it('customers confirmed by the first try come out as Confirmed again, without a second write', async () => {
		const { run, emulator } = await open({ state: { customers: customers(4) } });
		emulator.faults.script([{ match: { method: 'POST', path: '0000003/' }, what: 'status-503' }]);
		const { confirmed, alreadyExists, result } = await run(
			[record(1), record(2), record(3), record(4)],
			{ ...retry, ...oneAtATime },
		);
		expect(result.status).toBe('success');
		expect([pairs(confirmed), alreadyExists]).toEqual([[0, 1, 2, 3], []]);
		expect(json(confirmed).every(({ outcome }) => outcome === 'confirmed')).toBe(true);
		expect(agreementsOf(emulator)).toBe(4);
		expect(writes(emulator).map(({ status }) => status)).toEqual([201, 201, 503, 201, 201]);
	});

	it('a customer twice in the batch still ends once on each branch', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		emulator.faults.script([{ match: { method: 'POST', path: '0000002/' }, what: 'status-503' }]);
		const { confirmed, alreadyExists } = await run([record(1), record(1), record(2)], {
			...retry,
			...oneAtATime,
		});
		expect([pairs(confirmed), pairs(alreadyExists)]).toEqual([[0, 2], [1]]);
	});

	it('with On Error "Continue" as well', async () => {
		const { run, emulator } = await open({ state: { customers: customers(3) } });
		emulator.faults.script([{ match: { method: 'POST', path: '0000001/' }, what: 'status-503' }]);
		const { confirmed, alreadyExists } = await run([record(1), record(2), record(3)], {
			...retry,
			...noRetries,
			onError: 'continueRegularOutput',
		});
		expect(json(confirmed).map(({ outcome }) => outcome)).toEqual([
			...['confirmed', 'confirmed', 'confirmed'],
		]);
		expect(alreadyExists).toEqual([]);
		expect(agreementsOf(emulator)).toBe(3);
	});

	it('gives up after the last try, naming the item', async () => {
		const { run, emulator } = await open({ state: { customers: customers(2) } });
		emulator.faults.script([
			{ match: { method: 'POST', path: '0000002/' }, times: 9, what: 'status-503' },
		]);
		const { result } = await run([record(1), record(2)], { ...retry, ...oneAtATime });
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/\[Item 1\]$/);
		expect(agreementsOf(emulator)).toBe(1);
	});

	it('a second execution knows nothing of the first', async () => {
		const { run } = await open({ state: { customers: customers(1) } });
		await run([record(1)], retry);
		const { confirmed, alreadyExists } = await run([record(1)], retry);
		expect([confirmed.length, alreadyExists.length]).toEqual([0, 1]);
	});

	it.each([null, '', { code: 0 }])(
		'customers whose agreement has an "error" of %j come out as Confirmed, and are written once',
		async (error) => {
			const { run, emulator } = await open({ state: { customers: customers(2) } });
			const { confirmAgreement } = confirmation;
			jest.spyOn(confirmation, 'confirmAgreement').mockImplementation((world, call) => {
				const answer = confirmAgreement(world, call);
				return { ...answer, body: { ...(answer.body as object), error } };
			});
			const { confirmed, alreadyExists } = await run([record(1), record(2)], retry);
			jest.restoreAllMocks();
			expect([pairs(confirmed), alreadyExists]).toEqual([[0, 1], []]);
			expect(writes(emulator).map(({ status }) => status)).toEqual([201, 201]);
		},
	);
});
