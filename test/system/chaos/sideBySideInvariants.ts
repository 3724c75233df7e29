/** What must hold for executions at the same time, whatever went wrong in any of them. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { pairs } from '../../engine/workplace';
import { contactOf, errorsWithoutFault, keyOf } from './invariants';
import type { Execution, SideBySideRun } from './sideBySide';

export type SideBySideGuarantee =
	| 'lost'
	| 'twice'
	| 'misrouted'
	| 'failed by a neighbour'
	| 'one token request for each expiry'
	| 'one gate';

export interface SideBySideViolation {
	guarantee: SideBySideGuarantee;
	what: string;
}

/** How many calls the gate of a credential lets through before it has seen an answer. */
const INITIAL_LIMIT = 4;

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
		...checkGate(run),
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
 * All executions with a credential go through one gate. It opens by one for each answer, from four on,
 * so that the calls under way are never more than that and the answers so far; this counts calls in
 * their order, and no time.
 */
function checkGate({ emulator, executions, records }: SideBySideRun): SideBySideViolation[] {
	const credentialOf = new Map(
		executions.flatMap(({ items, credential }) =>
			items.map((item) => [String(records[item]?.customerId), credential]),
		),
	);
	const calls = emulator.requests
		// When the client let go of a call that has no answer, nobody but the client knows.
		.filter(({ path, duration }) => path.startsWith('/v1/customers/') && duration !== null)
		.map(({ time, duration, path }) => ({
			start: Date.parse(time),
			end: Date.parse(time) + (duration ?? 0),
			credential: credentialOf.get(path.split('/')[3] ?? ''),
		}));
	return [...new Set(credentialOf.values())].flatMap((credential) => {
		const own = calls.filter((call) => call.credential === credential);
		const tooMany = own.filter(({ start }, index) => {
			const sent = own.slice(0, index + 1);
			// Clocks count whole milliseconds.
			const answered = sent.filter(({ end }) => end <= start + 1).length;
			return sent.length - answered > INITIAL_LIMIT + answered;
		});
		return tooMany
			.slice(0, 1)
			.map(() => violation('one gate', `${tooMany.length} calls of ${own.length} went past it`));
	});
}
