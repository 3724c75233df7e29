/** What must hold for executions at the same time, whatever went wrong in any of them. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { pairs } from '../engine/workplace';
import { contactOf, errorsWithoutFault, keyOf } from './invariants';
import { SPEED_SIDE_BY_SIDE } from './packageCopy';
import { RETRY_AFTER_SECONDS, type Execution, type SideBySideRun } from './sideBySide';

export type SideBySideGuarantee =
	| 'lost'
	| 'twice'
	| 'misrouted'
	| 'failed by a neighbour'
	| 'one token request for each expiry'
	| 'nobody sends before Retry-After';

export interface SideBySideViolation {
	guarantee: SideBySideGuarantee;
	what: string;
}

const CONFIRMED = 0;
const ALREADY_EXISTS = 1;
const ERROR = 2;

/** @returns every broken guarantee; none when all is well */
export function findSideBySideViolations(run: SideBySideRun): SideBySideViolation[] {
	return [
		...checkLost(run),
		...checkBranches(run),
		...checkNeighbours(run),
		...checkTokens(run),
		...checkPauses(run),
	];
}

const violation = (guarantee: SideBySideGuarantee, what: string): SideBySideViolation => ({
	guarantee,
	what,
});

const isCancelled = ({ cancel, status }: Execution) => cancel !== undefined && status !== 'success';

function checkLost({ executions, records }: SideBySideRun): SideBySideViolation[] {
	const ran = executions.flatMap(({ items }) => items);
	const notRun = records.map((_, item) => item).filter((item) => !ran.includes(item));
	const lost = executions
		.filter((one) => !isCancelled(one))
		.filter(({ items, outputs }) => {
			const out = outputs.flatMap((output) => pairs(output)) as number[];
			return JSON.stringify(out.sort((a, b) => a - b)) !== JSON.stringify(items.map((_, at) => at));
		})
		.map(({ items, outputs, status }) =>
			violation('lost', `${items.length} in, ${outputs.flat().length} out, ${status}`),
		);
	return [...lost, ...notRun.map((item) => violation('lost', `record ${item} was not run`))];
}

/** An item that came out, and what came in for it. */
interface Result {
	item: INodeExecutionData;
	key: string;
}

function resultsOn(run: SideBySideRun, output: number): Result[] {
	return run.executions.flatMap(({ items, outputs }) =>
		(outputs[output] ?? []).map((item) => {
			const record = run.records[items[pairs([item])[0] as number] ?? -1] ?? {};
			return { item, key: keyOf(record.customerId, contactOf(record)) };
		}),
	);
}

function checkBranches(run: SideBySideRun): SideBySideViolation[] {
	const keysIn = (state: SideBySideRun['before']) =>
		state.customers.flatMap(({ id, agreements }) =>
			agreements.map(({ primaryContact }) => keyOf(id, primaryContact as IDataObject)),
		);
	const had = new Set(keysIn(run.before));
	const now = keysIn(run.emulator.state);
	const made = now.filter((key) => !had.has(key));
	const confirmed = resultsOn(run, CONFIRMED);
	const confirmedKeys = new Set(confirmed.map(({ key }) => key));
	/** Who may have written without saying so: cancelled on the way, or failed without an answer. */
	const silent = new Set([
		...resultsOn(run, ERROR).map(({ key }) => key),
		...run.executions
			.filter(isCancelled)
			.flatMap(({ items }) => items.map((item) => run.records[item] ?? {}))
			.map((record) => keyOf(record.customerId, contactOf(record))),
	]);

	const twice = [
		...made.filter((key, index) => made.indexOf(key) !== index),
		...confirmed.map(({ key }) => key).filter((key, index, all) => all.indexOf(key) !== index),
	].map((key) => violation('twice', key));
	const misrouted = [
		...confirmed.filter(({ item: { json }, key }) => {
			const contact = contactOf(json.primaryContact as IDataObject);
			return json.outcome !== 'confirmed' || keyOf(json.customerId, contact) !== key;
		}),
		...confirmed.filter(({ key }) => !made.includes(key)),
		...resultsOn(run, ALREADY_EXISTS).filter(
			({ key }) => !had.has(key) && !confirmedKeys.has(key) && !silent.has(key),
		),
	].map(({ item, key }) => violation('misrouted', `${key}: ${JSON.stringify(item.json)}`));
	const unsaid = made
		.filter((key) => !confirmedKeys.has(key) && !silent.has(key))
		.map((key) => violation('misrouted', `made, but not on Confirmed: ${key}`));
	return [...twice, ...misrouted, ...unsaid];
}

/** Nothing but its own faults fails an item, and nothing but its own cancel ends an execution. */
function checkNeighbours({ executions, emulator }: SideBySideRun): SideBySideViolation[] {
	const finished = executions.filter((one) => !isCancelled(one));
	const errors = finished.flatMap(({ outputs }) => outputs[ERROR] ?? []);
	return [
		...finished
			.filter(({ status }) => status !== 'success')
			.map(({ status, message }) => violation('failed by a neighbour', `${status}: ${message}`)),
		...errorsWithoutFault(errors, emulator, false).map(({ json }) =>
			violation('failed by a neighbour', `${json.error} ${json.message}`),
		),
	];
}

function checkTokens({ emulator, expiries, executions }: SideBySideRun): SideBySideViolation[] {
	const credentials = new Set(executions.map(({ credential }) => credential)).size;
	const { length } = emulator.tokenRequests;
	const refused = emulator.tokenRequests.filter(({ status }) => status !== 200).length;
	if (refused === 0 && length <= expiries * credentials) return [];
	const what = `${length} token requests (${refused} refused) for ${expiries} expiries`;
	return [violation('one token request for each expiry', what)];
}

/**
 * After a 429, nobody sends with that credential until its Retry-After has passed: in its calls there
 * is a gap of that length, which begins when the answer has been read.
 */
function checkPauses({ emulator, executions, records }: SideBySideRun): SideBySideViolation[] {
	const pause = (RETRY_AFTER_SECONDS * 1000) / SPEED_SIDE_BY_SIDE;
	const credentialOf = new Map(
		executions.flatMap(({ items, credential }) =>
			items.map((item) => [String(records[item]?.customerId), credential]),
		),
	);
	const calls = emulator.requests
		.filter(({ path }) => path.startsWith('/v1/customers/'))
		.map(({ time, duration, status, path }) => ({
			start: Date.parse(time),
			end: Date.parse(time) + (duration ?? 0),
			status,
			credential: credentialOf.get(path.split('/')[3] ?? ''),
		}));
	const told = calls.filter(({ status }) => status === 429);
	const ignored = told.filter(({ end, credential }) => {
		const after = calls
			.filter((call) => call.credential === credential && call.start >= end)
			.map(({ start }) => start)
			.sort((a, b) => a - b);
		const untilNext = (start: number, at: number) =>
			(after[at + 1] ?? Number.POSITIVE_INFINITY) - start;
		// What was on its way at that moment still arrives, on a busy machine quite a while later.
		return ![end, ...after].some(
			(start, at) => start < end + pause && untilNext(start, at - 1) > pause * 0.6,
		);
	});
	// An execution that was cancelled meanwhile has not heard of it; without the pause, most are ignored.
	if (ignored.length <= Math.max(1, told.length / 4)) return [];
	return [
		violation('nobody sends before Retry-After', `${ignored.length} times of ${told.length}`),
	];
}
