/**
 * Puts the results of items on the node's outputs: pairing, On Error, tools, hints. `schedule.ts`
 * decides when each item is started.
 *
 * In both continue modes nothing is thrown from here: n8n would send the *input* items out of the
 * first output, and unconfirmed customers would look confirmed.
 */
import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { CancellationError } from '../client/errors';
import { customerField } from '../fields/customer';
import { ofThisBuild } from './build';
import { cancelSignalOf } from './context';
import { chooseSignIn } from './credentials';
import { recordRun, traceOf, type ItemTrace } from './customData';
import { givenCustomer } from './givenCustomer';
import { asNodeError, describeFailure, errorOutputJson, type Failure } from './nodeErrors';
import { failingRun, type Operation, type OperationRun, type Routed } from './operation';
import { Schedule } from './schedule';

/** What became of one input item. */
type ItemResult = { routed: Routed[] } | { failure: Failure };

type OnError = 'stop' | 'continue' | 'errorOutput';

/**
 * Runs the operation on every input item.
 *
 * @returns one list of items for each of the operation's outputs; all in the first one as an AI tool
 * @throws {NodeApiError | NodeOperationError} when an item fails and On Error is "Stop Workflow"
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const onError = onErrorOf(context);
	const count = context.getInputData().length;
	const run = await startRun(context, operation);
	const results = await runSchedule(context, run, count, onError === 'stop');
	const failed = results.filter(isFailure).length;
	const isCancelled = cancelSignalOf(context)?.aborted === true;
	const isOfCustomer = operation.fields.some(({ name }) => name === customerField.property.name);
	const customerOf = (item: number) => (isOfCustomer ? givenCustomer(context, item) : undefined);
	recordRun(context, () => results.flatMap((result, item) => tracesOf(result, item, customerOf)));
	if (onError === 'stop' && failed > 0 && !isCancelled) {
		// The first that failed by itself, not one that was not started because of it.
		const item = results.findIndex((result) => result !== undefined && isFailure(result));
		run.finish(false);
		throw asNodeError(context, failureOf(results[item]), item, run.progress());
	}

	// To tell the outputs, n8n evaluates an expression, which is much for an execution of one item.
	const outputs = results.every(isOnFirst)
		? operation.outputs.length
		: mainOutputs(context, operation, onError);
	// n8n moves only items that have `error` and `message` alone to the error output.
	const failedItem = (item: number) =>
		onError === 'errorOutput' ? {} : (operation.failedItem?.(context, item) ?? {});
	const branches: INodeExecutionData[][] = Array.from({ length: outputs }, () => []);
	results.forEach((result, item) => {
		// With On Error "Stop", a cancelled run puts out no failed items.
		if (onError === 'stop' && isFailure(result)) return;
		for (const { output, ...content } of routesOf(result, item, failedItem)) {
			branches[Math.min(output, outputs - 1)]?.push({ ...content, pairedItem: { item } });
		}
	});
	const isPlaceholderNeeded = needsPlaceholder(context, operation, branches, onError);
	if (isPlaceholderNeeded) {
		branches[0]?.push({ json: { outcome: operation.nothingDone }, pairedItem: [] });
	}
	// n8n takes an answer's own `error` in the first item for a failed run, and tries the node again.
	const isRetried = branches[0]?.[0]?.json.error !== undefined;
	// What earlier tries came to is needed until every item is done.
	run.finish(failed === 0 && !isCancelled && !isRetried);
	addHints(context, run, failed, onError, operation);
	if (isPlaceholderNeeded) addPlaceholderHint(context, operation);
	return branches;
}

/** An item that was never started is not done either: the execution was cancelled before. */
function isFailure(result: ItemResult | undefined): boolean {
	return result === undefined || 'failure' in result;
}

function failureOf(result: ItemResult | undefined): Failure {
	return result !== undefined && 'failure' in result
		? result.failure
		: describeFailure(new CancellationError());
}

/** Failed items are, too: from there n8n moves them to the error output. */
function isOnFirst(result: ItemResult | undefined): boolean {
	return (
		result === undefined || 'failure' in result || result.routed.every(({ output }) => output === 0)
	);
}

async function startRun(context: IExecuteFunctions, operation: Operation): Promise<OperationRun> {
	try {
		const { option, signIn, load } = operation;
		const chosen = chooseSignIn(context, signIn, `'${option.name}'`);
		const [{ createClient }, { start }] = await Promise.all([
			ofThisBuild(import('./client')),
			ofThisBuild(load()),
		]);
		return start(context, createClient(context, chosen));
	} catch (error) {
		return failingRun(error instanceof Error ? error : new Error(String(error)));
	}
}

function onErrorOf(context: IExecuteFunctions): OnError {
	if (!context.continueOnFail()) return 'stop';
	return context.getNode().onError === 'continueErrorOutput' ? 'errorOutput' : 'continue';
}

/** As an AI tool the node has no main outputs, and only the first list reaches the agent. */
function mainOutputs(context: IExecuteFunctions, operation: Operation, onError: OnError): number {
	return isTool(context, operation, onError) ? 1 : operation.outputs.length;
}

/** n8n adds the error output to the outputs that it reports, and fills it by itself. */
function isTool(context: IExecuteFunctions, operation: Operation, onError: OnError): boolean {
	const reported = context.getNodeOutputs().filter(({ type }) => type === 'main').length;
	const own = onError === 'errorOutput' ? reported - 1 : reported;
	return own < operation.outputs.length;
}

/** Items that were never started leave no trace: nothing became of them. */
function tracesOf(
	result: ItemResult | undefined,
	item: number,
	customerOf: (item: number) => unknown,
): ItemTrace[] {
	if (result === undefined) return [];
	if ('routed' in result) return result.routed.map(({ json }) => traceOf(item, json));
	const customerId = () => customerOf(item);
	return [{ item, outcome: 'failed', customerId, ...result.failure.ids }];
}

/** @param more what a failed item carries besides its error */
function routesOf(
	result: ItemResult | undefined,
	item: number,
	more: (item: number) => IDataObject,
): Routed[] {
	if (result !== undefined && 'routed' in result) return result.routed;
	return [{ output: 0, json: { ...more(item), ...errorOutputJson(failureOf(result), item) } }];
}

/**
 * Runs all items. Stopping and cancelling start nothing new, and wait for what is in flight.
 *
 * @returns what became of each item; undefined for items that were never started
 */
async function runSchedule(
	context: IExecuteFunctions,
	run: OperationRun,
	count: number,
	stopOnFailure: boolean,
): Promise<Array<ItemResult | undefined>> {
	const results = new Array<ItemResult | undefined>(count).fill(undefined);
	const schedule = new Schedule<Routed[]>({
		count,
		prepare: (item) => run.prepare(item),
		limit: () => run.concurrency(),
		signal: cancelSignalOf(context),
		pause: async () => await sleep(0),
		onDone: (item, routed) => {
			results[item] = { routed };
		},
		onFailed: (item, error) => {
			results[item] = { failure: describeFailure(error) };
			if (!stopOnFailure) return;
			schedule.stop();
			run.stop?.();
		},
	});
	await schedule.run();
	return results;
}

/**
 * With "Always Output Data", n8n up to 2.x fills an empty first output with an item that is paired
 * with every input (n8n#37055), so that behind Confirmed `$('Trigger').item` would lead to a customer
 * who was refused. An item of the node's own, paired with no input, leaves n8n nothing to fill, and
 * `.item` behind it leads nowhere and says so.
 *
 * Items that n8n will move to the error output do not count as being on the first one. An agent's
 * tool has nothing behind it.
 */
function needsPlaceholder(
	context: IExecuteFunctions,
	operation: Operation,
	[first = []]: INodeExecutionData[][],
	onError: OnError,
): boolean {
	if (operation.nothingDone === undefined || context.getNode().alwaysOutputData !== true) {
		return false;
	}
	if (isTool(context, operation, onError)) return false;
	return !first.some(({ json }) => onError !== 'errorOutput' || !isForErrorOutput(json));
}

function isForErrorOutput(json: IDataObject): boolean {
	return (
		Boolean(json.error) && Object.keys(json).every((key) => ['error', 'message'].includes(key))
	);
}

function addPlaceholderHint(context: IExecuteFunctions, operation: Operation): void {
	context.addExecutionHints?.({
		message: `Nothing belongs on the ${operation.outputs[0]} output. Because of 'Always Output Data', an item with the outcome "${operation.nothingDone}" is there. It leads back to no input: an expression such as $('Trigger').item behind it stops the workflow, and the other outputs may not be processed. Turn 'Always Output Data' off in the node's settings.`,
		type: 'warning',
		location: 'outputPane',
	});
}

/** A hint on the node: the run in a sentence, and where failed items went. Old versions of n8n have none. */
function addHints(
	context: IExecuteFunctions,
	run: OperationRun,
	failed: number,
	onError: OnError,
	operation: Operation,
): void {
	const summary = run.summary(failed);
	if (summary !== '') {
		context.addExecutionHints?.({ message: summary, type: 'info', location: 'outputPane' });
	}
	if (failed > 0 && onError === 'continue' && operation.failedItem !== undefined) {
		const items = failed === 1 ? '1 failed item is' : `${failed} failed items are`;
		context.addExecutionHints?.({
			message: `${items} on the ${operation.outputs[0]} output (outcome "failed"). Set On Error to "Continue (using error output)" to keep them apart.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
}
