/**
 * What happens in the test: calls, tokens that expire, a worker that dies, and what an operator does
 * then, as docs/admin/queue-mode.md says.
 */
import axios from 'axios';
import type { Pool } from 'pg';
import { z } from 'zod';

import type { Emulator } from '../../../dev/emulator/startEmulator';
import { callsOf, type Call } from './customers';
import { countAll, readExecutions, unfinished, type Execution } from './executions';
import type { QueueMode } from '../../../dev/n8n/queueMode/QueueMode';
import { eachOf, until } from '../../../dev/n8n/waiting';
import { started, tokenRequests, underWay } from './workerLog';
import { ANSWERED, LOAD } from '../../../dev/n8n/confirmWorkflow';

const CUSTOMERS_EACH = 5;
const CALLS_AT_A_TIME = 10;
const PATIENCE = 180_000;
/** So many customers of unfinished executions are confirmed when their worker is killed. */
const MIN_WRITTEN = 3;

/** All calls of the test; the emulator knows their customers. */
export const CALLS = {
	/** All tokens expire among them. */
	first: callsOf('load-a', 60, CUSTOMERS_EACH),
	/** A worker dies among them. */
	second: callsOf('load-b', 60, CUSTOMERS_EACH),
	/** It is back, and all tokens expire again. */
	third: callsOf('load-c', 80, CUSTOMERS_EACH),
	/** Wait for the answer. */
	answered: callsOf('answered', 10, CUSTOMERS_EACH),
	/** Wait for the answer, and are on their way when the worker dies. */
	waiting: callsOf('waiting', 10, CUSTOMERS_EACH),
	/** One deal each, under a rate limit that all workers share. */
	limited: callsOf('limited', 400, 1),
	/** Each is made twice at the same moment, for one customer. */
	pairs: callsOf('pair', 20, 1),
};

/** Calls a minute, and how many are saved up: the limit allows for all of them what it allows for one. */
export const LIMIT = { rateLimit: 1_200, rateBurst: 20 };
/** Long enough for a write to be under way when its worker dies; milliseconds. */
export const LATENCY: [number, number] = [200, 500];

export const LOAD_CALLS = [...CALLS.first, ...CALLS.second, ...CALLS.third];

/** To the sender, a connection that breaks off is a call that is not done. */
const NO_ANSWER = { status: 0, data: undefined };

const outcomesSchema = z.array(z.object({ outcome: z.string(), customerId: z.string() }));

/** What a call got back; no outcomes where n8n did not run it to its end. */
export interface Answer {
	call: Call;
	status: number;
	outcomes: z.infer<typeof outcomesSchema>;
}

/** What one expiry of all access tokens cost. */
export interface Expiry {
	/** By the name of each process that runs executions. */
	tokenRequests: Record<string, number>;
	/** What the emulator's token endpoint counted. */
	counted: number;
}

/** Requests under the shared limit, and how long they took. */
export interface Limited {
	requests: number;
	refused: number;
	seconds: number;
}

export interface Story {
	answered: Answer[];
	/** The first of the answered calls, made again. */
	repeated: Answer;
	waiting: Answer[];
	pairs: [Answer, Answer][];
	/** What the shared limit cost. */
	limited: Limited;
	expiries: Expiry[];
	/** Executions that were with the worker when it was killed. */
	interrupted: Execution[];
	/** After n8n's own recovery, before anybody did anything. */
	recovered: Execution[];
	/** Calls and executions that the operator repeated. */
	retried: string[];
	sentAgain: string[];
	/** Webhook calls that were made, repeated ones included. */
	posts: number;
	/** At the end. */
	executions: Execution[];
	/** By the name of each worker: the executions that it began. */
	startedBy: Record<string, string[]>;
}

export async function tell(
	queue: QueueMode,
	emulator: Emulator,
	database: Pool,
	say: (line: string) => void,
): Promise<Story> {
	const post = poster(queue);
	const expiries: Expiry[] = [];
	/** Makes the calls, and does something when a fifth of their customers is confirmed. */
	const load = async (calls: Call[], meanwhile: () => Promise<void>) => {
		const made = all(calls, (call) => post(LOAD.name, call));
		const enough = (calls.length * CUSTOMERS_EACH) / 5;
		const isUnderWay = () => {
			const confirmed = confirmedAt(emulator);
			return calls.flatMap(idsOf).filter((id) => confirmed.has(id)).length >= enough;
		};
		await until('a fifth of the load is confirmed', isUnderWay, { timeout: PATIENCE, every: 50 });
		await meanwhile();
		await made;
	};
	const expire = async () => {
		expiries.push(await expireUnderLoad(queue, emulator));
	};

	say(`${CALLS.answered.length} calls that wait for their answer, through the webhook processor`);
	const answered = await all(CALLS.answered, (call) => post(ANSWERED.name, call));
	const [again] = CALLS.answered;
	if (again === undefined) throw new Error('There are no calls');
	const repeated = await post(ANSWERED.name, again);

	say(`${CALLS.pairs.length} customers, each in two calls at the same moment`);
	const pairs = await all(CALLS.pairs, (call) =>
		Promise.all([post(ANSWERED.name, call), post(ANSWERED.name, call)]),
	);

	say(`${CALLS.limited.length} calls with a customer each, under a limit that three workers share`);
	const limited = await underSharedLimit(emulator, () =>
		all(CALLS.limited, (call) => post(LOAD.name, call)),
	);

	say(
		`${CALLS.first.length} calls with ${CUSTOMERS_EACH} customers each; all tokens expire among them`,
	);
	await load(CALLS.first, expire);

	say(`${CALLS.second.length} more calls; a worker is killed among them`);
	let waiting: Promise<Answer[]> = Promise.resolve([]);
	let interrupted: Execution[] = [];
	await load(CALLS.second, async () => {
		waiting = all(CALLS.waiting, (call) => post(ANSWERED.name, call));
		interrupted = await killSecondWorker(queue, emulator, database);
		say(`Killed (SIGKILL) with ${interrupted.length} executions under way; it is started again`);
		await queue.startWorker('worker 2');
	});

	say(`${CALLS.third.length} more calls; all tokens expire again`);
	await load(CALLS.third, expire);
	await waiting;

	say('n8n recovers what its dead worker left');
	let retries = 0;
	// A call that does not wait is answered before n8n has put its execution into the database.
	const isQuiet = async () =>
		(await countAll(database)) >= post.count() + retries && (await unfinished(database)) === 0;
	await until('n8n has no execution open', isQuiet, { timeout: PATIENCE });
	const recovered = await readExecutions(database);
	const rerun = await repeatUnfinished(queue, database, await waiting, post);
	retries = rerun.retried.length;
	say(`Repeated: ${rerun.retried.length} by Retry, ${rerun.sentAgain.length} sent again`);
	await until('n8n has no execution open', isQuiet, { timeout: PATIENCE });

	return {
		answered,
		repeated,
		waiting: await waiting,
		pairs,
		limited,
		expiries,
		interrupted,
		recovered,
		...rerun,
		posts: post.count(),
		executions: await readExecutions(database),
		startedBy: Object.fromEntries(
			queue.workers.map(({ name, process }) => [name, started(process.log)]),
		),
	};
}

/**
 * What docs/admin/queue-mode.md tells an operator to do. n8n 1.x keeps what an execution was given: Retry. n8n 2.x
 * empties an execution whose worker died: whoever made the call makes it again.
 */
async function repeatUnfinished(
	queue: QueueMode,
	database: Pool,
	waiting: Answer[],
	post: Poster,
): Promise<{ retried: string[]; sentAgain: string[] }> {
	const retried: string[] = [];
	for (const { id, status, call } of await readExecutions(database)) {
		if (status === 'success' || call === undefined) continue;
		await queue.session.call('POST', `/executions/${id}/retry`, { loadWorkflow: false });
		retried.push(id);
	}
	const finished = new Set(
		(await readExecutions(database))
			.filter(({ status }) => status === 'success')
			.map(({ call }) => call),
	);
	const open = LOAD_CALLS.filter(({ name }) => !finished.has(name));
	const unanswered = waiting.filter(isUnanswered).map(({ call }) => call);
	await eachOf(open, CALLS_AT_A_TIME, async (call) => void (await post(LOAD.name, call)));
	await eachOf(unanswered, CALLS_AT_A_TIME, async (call) => void (await post(ANSWERED.name, call)));
	return { retried, sentAgain: [...open, ...unanswered].map(({ name }) => name) };
}

/** Whether a sender that waited for the answer has to make its call again. */
export function isUnanswered({ call, status, outcomes }: Answer): boolean {
	return status !== 200 || outcomes.length !== call.customers.length;
}

export function idsOf({ customers }: Call): string[] {
	return customers.map(({ customerId }) => customerId);
}

interface Poster {
	(path: string, call: Call): Promise<Answer>;
	/** The calls so far. */
	count(): number;
}

function poster(queue: QueueMode): Poster {
	let calls = 0;
	const post = async (path: string, call: Call): Promise<Answer> => {
		calls += 1;
		const { status, data } = await axios
			.post<unknown>(queue.webhookUrl(path), call, {
				timeout: PATIENCE,
				validateStatus: () => true,
			})
			.catch(() => NO_ANSWER);
		const outcomes = outcomesSchema.safeParse(data);
		return { call, status, outcomes: outcomes.success ? outcomes.data : [] };
	};
	return Object.assign(post, { count: () => calls });
}

async function all<T>(calls: readonly Call[], make: (call: Call) => Promise<T>): Promise<T[]> {
	const results: T[] = [];
	await eachOf(calls, CALLS_AT_A_TIME, async (call) => void results.push(await make(call)));
	return results;
}

async function underSharedLimit(
	emulator: Emulator,
	make: () => Promise<unknown>,
): Promise<Limited> {
	const setLoad = async (load: object) => {
		await axios.put(`${emulator.baseUrl}/_emulator/load`, load);
	};
	const from = emulator.requests.length;
	await setLoad({ latency: LATENCY, ...LIMIT });
	const began = Date.now();
	await make();
	const isDone = () => {
		const confirmed = confirmedAt(emulator);
		return CALLS.limited.flatMap(idsOf).every((id) => confirmed.has(id));
	};
	await until('all are confirmed under the limit', isDone, { timeout: PATIENCE, every: 50 });
	const seconds = (Date.now() - began) / 1000;
	const sent = emulator.requests.slice(from);
	await setLoad({ latency: LATENCY });
	const refused = sent.filter(({ status }) => status === 429).length;
	return { requests: sent.length, refused, seconds };
}

/** The customers that have an agreement now. */
function confirmedAt(emulator: Emulator): Set<string> {
	const confirmed = emulator.state.customers.filter(({ agreements }) => agreements.length > 0);
	return new Set(confirmed.map(({ id }) => id));
}

/**
 * Kills it while it is in the middle: customers of unfinished executions are confirmed, and somebody
 * waits for the answer.
 *
 * @returns what was under way there, as n8n's database had it right then
 */
async function killSecondWorker(
	queue: QueueMode,
	emulator: Emulator,
	database: Pool,
): Promise<Execution[]> {
	const victim = queue.workers.find(({ name }) => name === 'worker 2')?.process;
	if (victim === undefined) throw new Error('There is no second worker');
	const open = async () => {
		const ids = underWay(victim.log);
		const executions = await readExecutions(database, ids);
		return executions.filter(({ status }) => status === 'running').map(({ call }) => call);
	};
	const isInTheMiddle = async () => {
		const names = await open();
		const confirmed = confirmedAt(emulator);
		const isOpen = ({ name }: Call) => names.includes(name);
		const written = [...LOAD_CALLS, ...CALLS.waiting]
			.filter(isOpen)
			.flatMap(idsOf)
			.filter((id) => confirmed.has(id));
		return written.length >= MIN_WRITTEN && CALLS.waiting.some(isOpen);
	};
	await until('the worker is in the middle', isInTheMiddle, { timeout: PATIENCE, every: 20 });
	await victim.kill();
	return await readExecutions(database, underWay(victim.log));
}

/** Lets every token expire, and waits until the work goes on with a new one. */
async function expireUnderLoad(queue: QueueMode, emulator: Emulator): Promise<Expiry> {
	const countsByProcess = () =>
		Object.fromEntries(
			Object.entries(queue.logs).map(([name, log]) => [name, tokenRequests(log)] as const),
		);
	const before = countsByProcess();
	const from = emulator.tokenRequests.length;
	emulator.expireAccessTokens();
	const expired = new Date().toISOString();
	const isAtWorkAgain = () =>
		emulator.tokenRequests.length > from &&
		emulator.requests.filter(
			({ time, status, method }) => time > expired && method === 'POST' && status === 201,
		).length > 20;
	await until('work goes on with a new token', isAtWorkAgain, { timeout: PATIENCE });
	// The last request with an old token is answered by now, its renewal included.
	await new Promise((resolve) => setTimeout(resolve, 3_000));
	const after = countsByProcess();
	return {
		tokenRequests: Object.fromEntries(
			Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
		),
		counted: emulator.tokenRequests.length - from,
	};
}
