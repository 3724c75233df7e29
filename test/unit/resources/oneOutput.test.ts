/** The run of an operation that reads: the fields at once, the requests when it is the item's turn. */
import type { ExecutionClient } from '../../../nodes/MicrosoftPartnerCenter/n8n/client';
import { oneOutputRun, waitedFor } from '../../../nodes/MicrosoftPartnerCenter/resources/oneOutput';
import { clientThatGets } from '../../support/clientThatGets';
import { executionContext } from '../../support/n8nContext';

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
