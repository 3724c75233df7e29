/** What has to hold after the story, and the figures that it comes with. */
import type { Emulator } from '../../../dev/emulator/startEmulator';
import type { Execution } from './executions';
import { CALLS, idsOf, isUnanswered, LIMIT, LOAD_CALLS, type Answer, type Story } from './scenario';

export interface Check {
	what: string;
	/** What speaks against it; empty when it holds. */
	against: string[];
}

/** n8n's words for an execution that went down with its worker, and nothing else. */
const LOST_WITH_ITS_WORKER =
	/failed to be processed too many times|Workflow did not finish, possible out-of-memory issue/;

/** The calls that could meet the worker that dies. */
const BATCHES = [...LOAD_CALLS, ...CALLS.waiting];

interface Confirmation {
	/** Agreements on the server. */
	agreements: number;
	/** Writes that the server answered with 201 or carried out without getting an answer through. */
	created: number;
}

export function checksOf(story: Story, emulator: Emulator): Check[] {
	const server = confirmationsAt(emulator);
	const everybody = Object.values(CALLS).flat().flatMap(idsOf);
	const finished = story.executions.filter(({ status }) => status === 'success');
	const onConfirmed = countsOn(finished, 'Confirmed');
	const onExists = countsOn(finished, 'Already Exists');
	const load = [...BATCHES, ...CALLS.limited].flatMap(idsOf);
	const callsOfDeadWorker = callsThatLostTheirWorker(story);
	const rerun = new Set(BATCHES.filter(({ name }) => callsOfDeadWorker.has(name)).flatMap(idsOf));
	const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

	return [
		{
			what: 'every customer is confirmed exactly once on the server',
			against: everybody
				.filter((id) => server(id).agreements !== 1 || server(id).created > 1)
				.map((id) => `${id}: ${times(server(id).agreements)}, ${server(id).created} writes`),
		},
		{
			what: 'every customer of the load is behind a branch of a finished execution, none behind Error',
			against: [
				...load
					.filter((id) => !onConfirmed.has(id) && !onExists.has(id))
					.map((id) => `${id} is lost`),
				...[...countsOn(story.executions, 'Error').keys()].map((id) => `${id} is on Error`),
			],
		},
		{
			what: 'nobody is on Confirmed twice; only what the dead worker had confirmed is on Already Exists alone',
			against: [
				...load
					.filter((id) => (onConfirmed.get(id) ?? 0) > 1)
					.map((id) => `${id} is on Confirmed ${times(onConfirmed.get(id) ?? 0)}`),
				...load
					.filter((id) => !onConfirmed.has(id) && !rerun.has(id))
					.map((id) => `${id} is on Already Exists, and no worker died with it`),
			],
		},
		{
			what: 'every execution is finished, or was marked by n8n as lost with its worker and is repeated',
			against: unaccounted(story, finished),
		},
		{
			what: 'every call made one execution',
			against:
				story.executions.length === story.posts + story.retried.length
					? []
					: [
							`${story.posts} calls and ${story.retried.length} retries, but ${story.executions.length} executions`,
						],
		},
		{
			what: 'all workers, and the one that was started again, ran executions',
			against: Object.entries(story.startedBy)
				.filter(([, ids]) => ids.length === 0)
				.map(([name]) => `${name} ran none`),
		},
		{
			what: 'the worker that was killed had confirmed customers of executions under way',
			against: load.some((id) => !onConfirmed.has(id)) ? [] : ['nobody is on Already Exists alone'],
		},
		{
			what: 'an expired token costs at most one token request in each process',
			against: story.expiries.flatMap((expiry, n) => {
				const seen = Object.values(expiry.tokenRequests).reduce((sum, one) => sum + one, 0);
				return [
					...Object.entries(expiry.tokenRequests)
						.filter(([, count]) => count > 1)
						.map(([name, count]) => `expiry ${n + 1}: ${count} by ${name}`),
					...(seen === expiry.counted
						? []
						: [`expiry ${n + 1}: ${expiry.counted} at the token endpoint, ${seen} in the logs`]),
				];
			}),
		},
		{
			what: 'calls that wait get their outcomes through the webhook processor',
			against: [
				...story.answered
					.filter((answer) => outcomesOf(answer) !== 'confirmed')
					.map((answer) => `${answer.call.name}: ${outcomesOf(answer)}`),
				...(outcomesOf(story.repeated) === 'alreadyExists'
					? []
					: [`made again: ${outcomesOf(story.repeated)}`]),
			],
		},
		{
			what: 'who waits for an answer when a worker dies gets all outcomes, or HTTP 500',
			against: story.waiting
				.filter((answer) => isUnanswered(answer) && answer.status !== 500)
				.map((answer) => `${answer.call.name}: ${outcomesOf(answer)}`),
		},
		{
			what: 'one customer in two executions at once: one Confirmed, the other Already Exists',
			against: story.pairs
				.map((pair) => pair.map(outcomesOf).sort().join(' and '))
				.filter((outcomes) => outcomes !== 'alreadyExists and confirmed'),
		},
	];
}

export function figuresOf(story: Story, emulator: Emulator): [string, string | number][] {
	const server = confirmationsAt(emulator);
	const load = LOAD_CALLS.flatMap(idsOf);
	const finished = story.executions.filter(({ status }) => status === 'success');
	const onConfirmed = countsOn(finished, 'Confirmed');
	const lost = lostTheirWorker(story);
	const open = story.recovered.filter(({ status }) => status !== 'success');
	const openWith = (keepsInput: boolean) =>
		open.filter(({ call }) => (call !== undefined) === keepsInput).length;
	const allowed = ((CALLS.limited.length - LIMIT.rateBurst) / LIMIT.rateLimit) * 60;
	const pairsApart = story.pairs.filter(([one]) => ranApart(story, one.call.name)).length;
	const byName = (counts: Record<string, number>) =>
		Object.entries(counts)
			.map(([name, count]) => `${name}: ${count}`)
			.join('\n');
	const ofAll = (count: number) => `${count} of ${load.length}`;
	return [
		['Load: calls', LOAD_CALLS.length],
		['  customers confirmed once', ofAll(load.filter((id) => server(id).agreements === 1).length)],
		['  customers confirmed twice', load.filter((id) => server(id).agreements > 1).length],
		['  customers lost', load.filter((id) => server(id).agreements === 0).length],
		['  on Confirmed', load.filter((id) => onConfirmed.has(id)).length],
		[
			'On Already Exists alone: confirmed by the worker that died',
			BATCHES.flatMap(idsOf).filter((id) => !onConfirmed.has(id)).length,
		],
		[
			`Limit of ${LIMIT.rateLimit} calls a minute, shared by three workers`,
			`${CALLS.limited.length} customers`,
		],
		['  time', `${story.limited.seconds.toFixed(1)} s; the limit allows it in ${allowed} s`],
		['  refused', `${story.limited.refused} of ${story.limited.requests} requests`],
		['Executions, finished', finished.length],
		[
			'  begun',
			byName(
				Object.fromEntries(
					Object.entries(story.startedBy).map(([name, ids]) => [name, ids.length]),
				),
			),
		],
		['Executions that lost their worker', lost.size],
		['  run again by n8n itself', lost.size - open.length],
		['  marked by n8n as not finished, with their input', openWith(true)],
		['  marked by n8n as not finished, emptied', openWith(false)],
		['  repeated with Retry', story.retried.length],
		['  calls sent again', story.sentAgain.length],
		['Calls that waited at that moment, unanswered', unansweredOf(story.waiting)],
		...story.expiries.map(({ tokenRequests }, n): [string, string] => [
			`Expiry ${n + 1}: token requests`,
			byName(
				Object.fromEntries(Object.entries(tokenRequests).filter(([name]) => /^worker/.test(name))),
			),
		]),
		[
			'Customers in two executions at once',
			`${story.pairs.length}, ${pairsApart} on different workers`,
		],
	];
}

function unaccounted({ executions }: Story, finished: Execution[]): string[] {
	const repeated = new Set(finished.map(({ retryOf }) => retryOf));
	const finishedCalls = new Map<string | undefined, number>();
	for (const { call } of finished) finishedCalls.set(call, (finishedCalls.get(call) ?? 0) + 1);
	const callsWithoutEnd = Object.values(CALLS)
		.flat()
		.filter(({ name }) => !finishedCalls.has(name))
		.map(({ name }) => `no execution finished "${name}"`);
	const wrong = executions
		.filter(({ status }) => status !== 'success')
		.filter(({ id, status, message, call }) => {
			const isMarked = status === 'crashed' || LOST_WITH_ITS_WORKER.test(message ?? '');
			// An execution that n8n has emptied is repeated by its call, which is looked at above.
			return !isMarked || (call !== undefined && !repeated.has(id));
		})
		.map(({ id, status, message }) => `execution ${id}: ${status}, ${message ?? 'no message'}`);
	const halfway = finished
		.filter(({ branches }) => Object.values(branches).flat().length === 0)
		.map(({ id, call }) => `execution ${id} (${call ?? 'emptied'}) finished without a customer`);
	return [...callsWithoutEnd, ...wrong, ...halfway];
}

function confirmationsAt(emulator: Emulator): (customerId: string) => Confirmation {
	const agreements = new Map(
		emulator.state.customers.map((customer) => [customer.id, customer.agreements.length]),
	);
	const created = new Map<string, number>();
	for (const { method, path, status } of emulator.requests) {
		const id = /^\/v1\/customers\/([^/]+)\/agreements$/.exec(path)?.[1];
		if (method !== 'POST' || status !== 201 || id === undefined) continue;
		created.set(id, (created.get(id) ?? 0) + 1);
	}
	return (id) => ({ agreements: agreements.get(id) ?? 0, created: created.get(id) ?? 0 });
}

function countsOn(executions: Execution[], branch: keyof Execution['branches']) {
	const counts = new Map<string, number>();
	for (const { branches } of executions) {
		for (const id of branches[branch]) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}

/** Under way when the worker was killed, begun by two workers, or not brought to an end by n8n. */
function lostTheirWorker({ interrupted, recovered, startedBy }: Story): Set<string> {
	const begun = Object.values(startedBy);
	const isLost = ({ id, status }: Execution) =>
		status !== 'success' || begun.filter((ids) => ids.includes(id)).length > 1;
	return new Set([...interrupted, ...recovered.filter(isLost)].map(({ id }) => id));
}

function callsThatLostTheirWorker(story: Story): Set<string | undefined> {
	const lost = lostTheirWorker(story);
	const executions = [...story.interrupted, ...story.recovered];
	const calls = executions.filter(({ id }) => lost.has(id)).map(({ call }) => call);
	return new Set([...calls, ...story.sentAgain]);
}

/** The one outcome of all customers of a call, or what else came back. */
function outcomesOf(answer: Answer): string {
	if (isUnanswered(answer)) return `no answer (HTTP ${answer.status})`;
	return [...new Set(answer.outcomes.map(({ outcome }) => outcome))].join(', ');
}

function unansweredOf(waiting: Answer[]): string {
	const unanswered = waiting.filter(isUnanswered);
	const statuses = [...new Set(unanswered.map(({ status }) => `HTTP ${status}`))];
	return `${unanswered.length} of ${waiting.length}${statuses.length > 0 ? ` (${statuses.join(', ')})` : ''}`;
}

function ranApart({ executions, startedBy }: Story, call: string): boolean {
	const ids = executions.filter((one) => one.call === call).map(({ id }) => id);
	const workers = Object.values(startedBy).filter((begun) => ids.some((id) => begun.includes(id)));
	return workers.length > 1;
}
