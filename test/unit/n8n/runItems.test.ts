/** Items in, branches out, by operations of the test's own: what fails, and where it comes out. */
import type { INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationRun } from '../../../nodes/MicrosoftPartnerCenter/n8n/operation';
import { runItems } from '../../../nodes/MicrosoftPartnerCenter/n8n/runItems';
import { executionContext } from '../../support/n8nContext';

/** An operation whose items come out where `outputOf` says; what it throws fails the item. */
function operationWith(outputOf: (item: number) => number, more: Partial<OperationRun> = {}) {
	const finished: boolean[] = [];
	const run: OperationRun = {
		concurrency: () => 5,
		prepare: (item) => ({
			run: async () => [{ output: outputOf(item), json: { item } }],
		}),
		progress: () => 'One was confirmed.',
		finish: (isComplete) => finished.push(isComplete),
		summary: (failed) => `${failed} failed`,
		...more,
	};
	const operation: Operation = {
		option: { name: 'Confirm', value: 'confirm', action: 'Confirm' },
		signIn: 'appAndUser',
		fields: [],
		outputs: ['Confirmed', 'Already Exists'],
		failedItem: (_, item) => ({ outcome: 'failed', customerId: `customer ${item}` }),
		load: async () => await Promise.resolve({ start: () => run }),
	};
	return { operation, finished };
}

type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

function contextOf(count: number, onError: OnError, parts: object = {}) {
	const hints: string[] = [];
	const node = { ...executionContext().getNode(), onError };
	const outputs = onError === 'continueErrorOutput' ? 3 : 2;
	const context = executionContext({
		getNode: () => node,
		getInputData: () => Array.from({ length: count }, () => ({ json: {} })),
		getNodeOutputs: () => Array.from({ length: outputs }, () => ({ type: 'main' })),
		continueOnFail: () => onError !== 'stopWorkflow',
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		...parts,
	});
	return { context, hints };
}

const pairs = (items: INodeExecutionData[] = []) => items.map(({ pairedItem }) => pairedItem);

const failThird = (item: number) => {
	if (item === 2) throw new Error('no answer');
	return item % 2;
};

it('each item is paired with its input, in input order on each output', async () => {
	const { operation, finished } = operationWith((item) => item % 2);
	const { context } = contextOf(5, 'continueErrorOutput');
	const [confirmed, alreadyExists] = await runItems(context, operation);
	expect(pairs(confirmed)).toEqual([{ item: 0 }, { item: 2 }, { item: 4 }]);
	expect(pairs(alreadyExists)).toEqual([{ item: 1 }, { item: 3 }]);
	expect(finished).toEqual([true]);
});

it('n8n evaluates the outputs only where an item is not on the first one', async () => {
	for (const [output, times] of [
		[0, 0],
		[1, 1],
	] as const) {
		const getNodeOutputs = jest.fn(() => [{ type: 'main' }, { type: 'main' }]);
		const { context } = contextOf(1, 'stopWorkflow', { getNodeOutputs });
		const outputs = await runItems(context, operationWith(() => output).operation);
		expect(outputs.map((items) => items.length)).toEqual(output === 0 ? [1, 0] : [0, 1]);
		expect(getNodeOutputs).toHaveBeenCalledTimes(times);
	}
});

describe('an item that fails', () => {
	it('stops the workflow by its name, and says what was done before', async () => {
		const { operation, finished } = operationWith(failThird);
		const { context } = contextOf(5, 'stopWorkflow');
		await expect(runItems(context, operation)).rejects.toMatchObject({
			message: expect.stringMatching(/no answer.* \[Item 2\]$/),
			description: expect.stringContaining('One was confirmed.'),
		});
		expect(finished).toEqual([false]);
	});

	it('has error and message only, where n8n moves it to the error output', async () => {
		const { operation } = operationWith(failThird);
		const { context } = contextOf(3, 'continueErrorOutput');
		const [first = []] = await runItems(context, operation);
		expect(Object.keys(first[1]?.json ?? {})).toEqual(['error', 'message']);
		expect(first[1]?.pairedItem).toEqual({ item: 2 });
	});

	it('says more on the regular output, and a hint tells where it is', async () => {
		const { operation } = operationWith(failThird);
		const { context, hints } = contextOf(3, 'continueRegularOutput');
		const [first = []] = await runItems(context, operation);
		expect(first[1]?.json).toMatchObject({ outcome: 'failed', customerId: 'customer 2' });
		expect(hints).toEqual([
			'1 failed',
			expect.stringContaining('1 failed item is on the Confirmed'),
		]);
	});
});

it.each([
	[new Error('no credential'), 'no credential'],
	['a text', 'a text'],
])('an operation that can not start fails every item for the reason: %p', async (reason, shown) => {
	const { operation } = operationWith(() => 0);
	const start = () => {
		throw reason;
	};
	const load = async () => await Promise.resolve({ start });
	const { context } = contextOf(2, 'continueRegularOutput');
	const [items] = await runItems(context, { ...operation, load });
	const failed = (item: number) => ({
		json: { customerId: `customer ${item}`, error: expect.stringContaining(shown) },
	});
	expect(items).toMatchObject([failed(0), failed(1)]);
});

describe('an operation whose code changed on disk, such as by an update, confirms nothing', () => {
	const CHANGED = 'The files of this package have changed since n8n was started';
	const { operation } = operationWith(() => 0);
	const gone = async () => await Promise.reject(new Error("Cannot find module './confirm.run'"));
	const ofAnother = async () => ({ ...(await operation.load()), build: 'another' });

	it.each([gone, ofAnother])('with On Error "Continue", every item says so: %p', async (load) => {
		const { context } = contextOf(2, 'continueRegularOutput');
		const outputs = await runItems(context, { ...operation, load });
		const failed = (item: number) => ({
			json: expect.objectContaining({ outcome: 'failed', error: `${CHANGED} [Item ${item}]` }),
		});
		expect(outputs).toEqual([[0, 1].map((item) => expect.objectContaining(failed(item))), []]);
	});

	it.each([gone, ofAnother])(
		'with the error output, n8n moves every item there: %p',
		async (load) => {
			const { context } = contextOf(1, 'continueErrorOutput');
			const [[item] = []] = await runItems(context, { ...operation, load });
			// With a key more, n8n would leave it among the confirmed ones.
			expect(Object.keys(item?.json ?? {}).sort()).toEqual(['error', 'message']);
		},
	);

	it('with "Stop Workflow", the node says so', async () => {
		const { context } = contextOf(1, 'stopWorkflow');
		await expect(runItems(context, { ...operation, load: gone })).rejects.toThrow(CHANGED);
	});
});

describe('an execution that is cancelled', () => {
	it('loses no item that was done, and fails no workflow', async () => {
		const stop = new AbortController();
		const { operation, finished } = operationWith((item) => {
			if (item === 1) stop.abort();
			return 0;
		});
		const { context } = contextOf(20, 'stopWorkflow', {
			getExecutionCancelSignal: () => stop.signal,
		});
		const [confirmed] = await runItems(context, operation);
		expect(pairs(confirmed)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(finished).toEqual([false]);
	});
});

it('as a tool of an agent all items are on the only output', async () => {
	const { operation } = operationWith((item) => item % 2);
	const { context } = contextOf(4, 'continueRegularOutput', {
		getNodeOutputs: () => [{ type: 'ai_tool' }],
	});
	const branches = await runItems(context, operation);
	expect(branches.map((items) => items.length)).toEqual([4]);
});

describe('with Always Output Data', () => {
	const always = (parts: object = {}) => {
		const { context, hints } = contextOf(2, 'continueErrorOutput');
		const node = { ...context.getNode(), alwaysOutputData: true };
		return { context: Object.assign(context, { getNode: () => node, ...parts }), hints };
	};

	it('a run that wrote nothing has an item of its own on the first output, paired with nobody', async () => {
		const { operation } = operationWith(() => 1);
		const { context, hints } = always();
		const [first] = await runItems(context, { ...operation, nothingDone: 'nothingConfirmed' });
		expect(first).toEqual([{ json: { outcome: 'nothingConfirmed' }, pairedItem: [] }]);
		expect(hints).toContainEqual(expect.stringContaining('nothingConfirmed'));
	});

	it('items for the error output do not count as being on the first one', async () => {
		const { operation } = operationWith(() => {
			throw new Error('no answer');
		});
		const { context } = always();
		const [first = []] = await runItems(context, { ...operation, nothingDone: 'nothingConfirmed' });
		expect(first.map(({ json }) => json.outcome)).toEqual([
			undefined,
			undefined,
			'nothingConfirmed',
		]);
	});

	it('an operation that only reads adds nothing', async () => {
		const { operation } = operationWith(() => 1);
		const [first] = await runItems(always().context, operation);
		expect(first).toEqual([]);
	});
});
