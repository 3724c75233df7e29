/**
 * Compares what the node reads from items by itself with an expression engine of n8n's, in a process of
 * its own: jest can't load the engines of WebAssembly and of the isolate.
 *
 *   tsx plainPathProcess.ts <node_modules of an n8n> <engine> <seed> …
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	isSameReading,
	parsePlainPath,
	readPlainPath,
} from '../../nodes/MicrosoftPartnerCenter/n8n/plainPath';
import { plainPathCases } from './plainPathCases';

/** The parts of n8n-workflow that are used here; which version it is, the command line says. */
interface N8nWorkflow {
	Expression: {
		initExpressionEngine(options: object): Promise<void>;
		getActiveImplementation(): string;
		disposeExpressionEngine(): Promise<void>;
	};
	Workflow: new (parts: object) => {
		expression: {
			acquireIsolate(): Promise<unknown>;
			releaseIsolate(): Promise<void>;
			getParameterValue(value: unknown, ...context: unknown[]): unknown;
		};
	};
}

interface Compared {
	engine: string;
	read: number;
	different: string[];
	/** Left to n8n, whatever the item holds. */
	notPlain: string[];
	/** Expressions that the engine refused for one item, and not for another. */
	refusedNowAndThen: string[];
}

async function main([modules = '', engine = '', ...seeds]: string[]): Promise<Compared> {
	const load = createRequire(join(modules, 'package.json'));
	const { Expression, Workflow } = load(join(modules, 'n8n-workflow')) as N8nWorkflow;
	await Expression.initExpressionEngine({
		engine,
		bridgeTimeout: 30_000,
		bridgeMemoryLimit: 128,
		maxCodeCacheSize: 1000,
		poolSize: 1,
	});
	const type = { description: { properties: [] } };
	const { expression } = new Workflow({
		nodes: [{ name: 'Node', type: 'type', typeVersion: 1, position: [0, 0], parameters: {} }],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => type },
	});
	await expression.acquireIsolate();
	const result: Compared = {
		engine: Expression.getActiveImplementation(),
		read: 0,
		different: [],
		notPlain: [],
		refusedNowAndThen: [],
	};
	for (const seed of seeds) {
		const { items, expressions } = plainPathCases(Number(seed), 40, 40);
		const input: INodeExecutionData[] = items.map((json) => ({ json }));
		const evaluate = (parameter: string, item: number) =>
			expression.getParameterValue(
				parameter,
				...[{ resultData: { runData: {} } }, 0, item, 'Node', input, 'manual', {}],
			);
		for (const parameter of expressions) compareOne(result, parameter, items, evaluate);
	}
	await expression.releaseIsolate();
	await Expression.disposeExpressionEngine();
	return result;
}

function compareOne(
	result: Compared,
	parameter: string,
	items: IDataObject[],
	evaluate: (parameter: string, item: number) => unknown,
): void {
	const path = parsePlainPath(parameter);
	if (path === undefined) {
		result.notPlain.push(parameter);
		return;
	}
	const answers = new Set<string>();
	items.forEach((json, item) => {
		const read = readPlainPath(path, parameter, json);
		if (read === undefined) return;
		result.read += 1;
		let evaluated: unknown;
		try {
			evaluated = evaluate(parameter, item);
		} catch {
			answers.add('refused');
			return;
		}
		answers.add('same');
		if (isSameReading(read.value, evaluated)) return;
		result.different.push(JSON.stringify([parameter, read.value, evaluated]));
	});
	if (answers.size > 1) result.refusedNowAndThen.push(parameter);
}

main(process.argv.slice(2)).then(
	(result) => process.stdout.write(`${JSON.stringify(result)}\n`),
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exitCode = 1;
	},
);
