/** What the runs of operations share: how they are called, how many items at a time, what comes out. */
import type { ThrottleClient } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import type { ExecutionClient } from '../../../nodes/MicrosoftPartnerCenter/n8n/client';
import {
	callOptionsOfOneExecution,
	collect,
	concurrencyOf,
	oneOutputRun,
	waitedFor,
} from '../../../nodes/MicrosoftPartnerCenter/resources/runs';
import { clientThatGets } from '../../support/clientThatGets';
import { executionContext } from '../../support/n8nContext';

describe('the correlation ID', () => {
	const values = { timeout: 1_000, maxRetries: 3, correlationId: undefined };
	const OWN = 'ab993325-1605-4cf4-bac4-fb584142a31b';

	it('is the same for all items of an execution, and another one for the next', () => {
		const [first, second] = [callOptionsOfOneExecution(), callOptionsOfOneExecution()];
		const { correlationId, ...limits } = first(values);
		expect(limits).toEqual({ timeout: 1_000, maxRetries: 3 });
		expect(first(values).correlationId).toBe(correlationId);
		expect(second(values).correlationId).not.toBe(correlationId);
	});

	it('is the item’s own where it has one', () => {
		expect(callOptionsOfOneExecution()({ ...values, correlationId: OWN }).correlationId).toBe(OWN);
	});
});

describe('Max Concurrency', () => {
	function concurrencyWith(valueOfItem: (item: number) => unknown) {
		const read: number[] = [];
		const context = executionContext({
			getNodeParameter: (_name: string, item: number) => {
				read.push(item);
				return valueOfItem(item);
			},
		});
		const setMaxConcurrency = jest.fn();
		const concurrency = concurrencyOf(context, { setMaxConcurrency } as unknown as ThrottleClient);
		return { concurrency, setMaxConcurrency, read };
	}

	it('is that of the first item, however often it is asked for', () => {
		const { concurrency, setMaxConcurrency, read } = concurrencyWith((item) => 7 + item);
		expect([concurrency(), concurrency()]).toEqual([7, 7]);
		expect(setMaxConcurrency.mock.calls).toEqual([[7]]);
		expect(new Set(read)).toEqual(new Set([0]));
	});

	it.each([0, 101, 'many', undefined])('is 1 where %j can’t be used', (value) => {
		expect(concurrencyWith(() => value).concurrency()).toBe(1);
	});

	it('is 1 where its expression can’t be evaluated', () => {
		const { concurrency } = concurrencyWith(() => {
			throw new Error('not defined');
		});
		expect(concurrency()).toBe(1);
	});
});

describe('a run with one output', () => {
	const access = (paused = 0) => {
		const { client, clock } = clientThatGets({});
		return { client, clock, throttle: { paused } } as unknown as ExecutionClient;
	};

	it('puts everything that an item gives on the first output', async () => {
		const binary = { data: { mimeType: 'text/plain', data: '' } };
		const run = oneOutputRun(executionContext(), access(), () => (item) => async () => [
			{ json: { item } },
			{ json: {}, binary },
		]);
		await expect(run.prepare(3).run()).resolves.toEqual([
			{ output: 0, json: { item: 3 } },
			{ output: 0, json: {}, binary },
		]);
	});

	it('reads an item’s fields when it is prepared, and sends nothing before it is run', async () => {
		const seen: string[] = [];
		const run = oneOutputRun(executionContext(), access(), () => (item) => {
			seen.push(`read ${item}`);
			return async () => {
				seen.push(`sent ${item}`);
				return [];
			};
		});
		const items = [run.prepare(0), run.prepare(1)];
		expect(seen).toEqual(['read 0', 'read 1']);
		await items[1]?.run();
		expect(seen).toEqual(['read 0', 'read 1', 'sent 1']);
	});

	it('fails at once for an item whose fields can’t be used', () => {
		const run = oneOutputRun(executionContext(), access(), () => () => {
			throw new Error("'Customer' is empty");
		});
		expect(() => run.prepare(0)).toThrow("'Customer' is empty");
	});

	it('says how long it waited for the rate limit, and nothing if it did not', () => {
		const summaryOf = (paused: number) =>
			oneOutputRun(executionContext(), access(paused), () => () => async () => []).summary(0);
		expect(summaryOf(0)).toBe('');
		expect(summaryOf(90_000)).toBe("Waited 90 seconds for Partner Center's rate limit.");
		expect(waitedFor({ paused: 90_000 })).toBe(summaryOf(90_000));
	});

	it('runs as many items side by side as Max Concurrency says', () => {
		const set: number[] = [];
		const { client, clock } = clientThatGets({});
		const throttle = { paused: 0, setMaxConcurrency: (max: number) => set.push(max) };
		const context = executionContext({ getNodeParameter: () => 25 });
		const run = oneOutputRun(
			context,
			{ client, clock, throttle } as unknown as ExecutionClient,
			() => () => async () => [],
		);
		expect([run.concurrency(), run.concurrency(), set]).toEqual([25, 25, [25]]);
	});
});

describe('a Get Many', () => {
	function listOf(length: number) {
		const read: number[] = [];
		async function* list() {
			for (let item = 1; item <= length; item += 1) {
				read.push(item);
				yield item;
			}
		}
		return { read, list: list() };
	}

	it('takes as many as the limit, and asks for no more', async () => {
		const { read, list } = listOf(10);
		await expect(collect(list, { returnAll: false, limit: 3 })).resolves.toEqual([1, 2, 3]);
		expect(read).toEqual([1, 2, 3]);
	});

	it('takes all of a list that is shorter than the limit', async () => {
		await expect(collect([1, 2], { returnAll: false, limit: 50 })).resolves.toEqual([1, 2]);
	});

	it('takes everything with Return All, whatever the limit', async () => {
		const { list } = listOf(5);
		await expect(collect(list, { returnAll: true, limit: 1 })).resolves.toHaveLength(5);
	});
});
