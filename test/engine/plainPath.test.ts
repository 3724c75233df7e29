/**
 * What the node reads from an item by itself is what n8n's own evaluation of the same expression says:
 * drawn items and paths, in n8n's own engine.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import { runWorkflow } from '../../dev/engine/runWorkflow';
import {
	isSameReading,
	parsePlainPath,
	readPlainPath,
} from '../../nodes/MicrosoftPartnerCenter/n8n/plainPath';
import { comparePlainPaths } from '../support/comparePlainPaths';
import { plainPathCases } from '../support/plainPathCases';
import { engine, engineModules, workflowAround } from './workplace';

interface Comparison {
	/** Read from the item without asking n8n. */
	read: number;
	/** Left to n8n, because of what stands there. */
	left: number;
	different: string[];
	/** Left to n8n, whatever the item holds. */
	notPlain: unknown[];
	/** What became of each expression where it was read: `same` or `refused`, of which n8n is never both. */
	answers: Map<unknown, Set<string>>;
}

/** Has each parameter of its own evaluated by n8n, and compares. */
class Comparing implements INodeType {
	readonly result: Comparison = {
		read: 0,
		left: 0,
		different: [],
		notPlain: [],
		answers: new Map(),
	};
	readonly description: INodeType['description'];

	constructor(private readonly names: string[]) {
		this.description = {
			displayName: 'Comparing',
			name: 'comparing',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Comparing' },
			inputs: ['main'],
			outputs: ['main'],
			properties: names.map((name): INodeProperties => ({
				displayName: name,
				name,
				type: 'string',
				default: '',
			})),
		};
	}

	execute = comparing(this);

	get parameters(): string[] {
		return this.names;
	}
}

/** n8n calls `execute` with its context as `this`. */
function comparing(node: Comparing) {
	return async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		for (const name of node.parameters) {
			const parameter = this.getNodeParameter(name, 0, '', { rawExpressions: true });
			const path = parsePlainPath(parameter);
			if (path === undefined) {
				node.result.notPlain.push(parameter);
				continue;
			}
			items.forEach(({ json }, item) => compare(this, { node, name, parameter, path, json, item }));
		}
		return [items.map((_, item) => ({ json: {}, pairedItem: { item } }))];
	};
}

interface Compared {
	node: Comparing;
	name: string;
	parameter: unknown;
	path: readonly string[];
	json: IDataObject;
	item: number;
}

function compare(context: IExecuteFunctions, compared: Compared): void {
	const { node, name, parameter, path, json, item } = compared;
	const read = readPlainPath(path, parameter, json);
	if (read === undefined) {
		node.result.left += 1;
		return;
	}
	node.result.read += 1;
	const answers = node.result.answers.get(parameter) ?? new Set();
	node.result.answers.set(parameter, answers);
	let evaluated: unknown;
	try {
		evaluated = context.getNodeParameter(name, item);
	} catch {
		answers.add('refused');
		return;
	}
	answers.add('same');
	if (isSameReading(read.value, evaluated)) return;
	node.result.different.push(JSON.stringify([parameter, read.value, evaluated]));
}

async function compareAll(
	cases: { items: IDataObject[]; expressions: unknown[] },
	settings: Partial<INode> = {},
): Promise<Comparison> {
	const names = cases.expressions.map((_, index) => `field${index}`);
	const type = new Comparing(names);
	const workflow = workflowAround();
	for (const node of workflow.nodes) {
		if (node.name !== 'Confirm') continue;
		Object.assign(node, settings, {
			type: 'comparing',
			typeVersion: 1,
			credentials: undefined,
			parameters: Object.fromEntries(names.map((name, index) => [name, cases.expressions[index]])),
		});
	}
	const result = await runWorkflow({
		workflow,
		nodeTypes: [type],
		input: cases.items.map((json) => ({ json })),
	});
	expect(result.status).toBe('success');
	return type.result;
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('drawn items and paths, seed %i', async (seed) => {
	const { read, left, different, answers } = await compareAll(plainPathCases(seed));
	expect(different).toEqual([]);
	// Names such as `constructor` n8n refuses, whatever the item holds: so it does for the first, and
	// the node never reads another by itself.
	expect([...answers.values()].filter(({ size }) => size > 1)).toEqual([]);
	expect([read > 300, left > 300]).toEqual([true, true]);
});

it.each([
	['Execute Once', { executeOnce: true }],
	['Retry On Fail', { retryOnFail: true }],
	['On Error', { onError: 'continueErrorOutput' as const }],
])('with %s', async (_, settings) => {
	const { read, different } = await compareAll(plainPathCases(9), settings);
	expect(different).toEqual([]);
	expect(read).toBeGreaterThan(0);
});

it('a value of a resource locator', async () => {
	const { items, expressions } = plainPathCases(10);
	const locators = expressions.map((value, index) => ({
		__rl: true,
		mode: 'id',
		value,
		...(index % 2 === 0 ? { cachedResultName: 'Contoso', cachedResultUrl: '' } : {}),
	}));
	const { read, different } = await compareAll({ items, expressions: locators });
	expect(different).toEqual([]);
	expect(read).toBeGreaterThan(300);
});

// n8n 2.x may be told to evaluate expressions in WebAssembly; 1.x has the one engine that ran above.
// The isolate, 2.x's own choice, needs the Node.js that n8n brings: test/system/e2e/plainPath.test.ts
if (engine === 'n8n-2') {
	it('with the engine of WebAssembly', () => {
		const compared = comparePlainPaths(process.execPath, engineModules, 'quickjs');
		expect(compared).toMatchObject({ engine: 'quickjs', different: [], refusedNowAndThen: [] });
		expect(compared.read).toBeGreaterThan(500);
	});
}
