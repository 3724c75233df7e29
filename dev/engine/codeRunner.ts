/**
 * Runs the code of n8n's Code node, in place of n8n's task runner, which is a process of its own.
 */
import { createContext, runInContext } from 'node:vm';
import type { IExecuteFunctions, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

interface CodeSettings {
	code: string;
	nodeMode: 'runOnceForAllItems' | 'runOnceForEachItem' | 'runCode';
	/** The items of a run for each item; default: all of them. */
	chunk?: { startIndex: number; count: number };
}

/** What the code sees: n8n's own `$input`, `$('…')`, `$json` and so on, and no more of Node than there. */
async function runFor(functions: IExecuteFunctions, code: string, item: number): Promise<unknown> {
	const proxy = functions.getWorkflowDataProxy(item) as unknown as Record<string, unknown>;
	const names = [...Object.keys(proxy), '$input', '$json', '$', '$node', '$now', '$today'];
	const seen = Object.fromEntries(names.map((name) => [name, proxy[name]]));
	const context = createContext({ ...seen, Buffer, TextDecoder, TextEncoder, URL, console });
	return (await runInContext(`(async () => {${code}\n})()`, context)) as unknown;
}

/** n8n's `startRunnerTask` for JavaScript. */
export const runCode: IWorkflowExecuteAdditionalData['startRunnerTask'] = async <T, E = Error>(
	_additionalData: IWorkflowExecuteAdditionalData,
	_kind: string,
	settings: unknown,
	functions: unknown,
): Promise<{ ok: true; result: T } | { ok: false; error: E }> => {
	const { code, nodeMode, chunk } = settings as CodeSettings;
	const of = functions as IExecuteFunctions;
	try {
		if (nodeMode !== 'runOnceForEachItem') {
			return { ok: true, result: (await runFor(of, code, 0)) as T };
		}
		const { startIndex = 0, count = of.getInputData().length } = chunk ?? {};
		const results: unknown[] = [];
		for (let item = startIndex; item < startIndex + count; item++) {
			results.push(await runFor(of, code, item));
		}
		return { ok: true, result: results as T };
	} catch (error) {
		return { ok: false, error: error as E };
	}
};
