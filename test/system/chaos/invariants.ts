/** What must hold after every chaos run, whatever went wrong in it. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { LoggedRequest } from '../../../dev/emulator/control/RequestLog';
import type { Emulator } from '../../../dev/emulator/startEmulator';
import { pairs } from '../../engine/workplace';
import { SPEED } from './packageCopy';
import { RETRY_AFTER_SECONDS } from './plan';
import type { ChaosRun } from './run';

export type Guarantee =
	| 'lost or duplicated items'
	| 'misrouted items'
	| 'order within a customer'
	| 'one request id for each write'
	| 'errors only when retries are used up'
	| 'one token request for each expiry'
	| 'nobody sends before Retry-After'
	| 'secrets stay secret'
	| 'the run ends well';

export interface Violation {
	guarantee: Guarantee;
	what: string;
}

const MAX_RETRIES = 5;
const MAX_TRIES = 5;

/** Customer and contact: what Partner Center takes for the same confirmation. */
export function keyOf(customerId: unknown, contact: IDataObject): string {
	const { firstName, lastName, email, phoneNumber = '' } = contact;
	return JSON.stringify([customerId, firstName, lastName, email, phoneNumber]);
}

export function contactOf(record: IDataObject): IDataObject {
	const { firstName, lastName, email } = record;
	return { firstName, lastName, email };
}

/** @returns every broken guarantee; none when all is well */
export function findViolations(run: ChaosRun): Violation[] {
	const stopped = run.plan.onError === 'stop' && run.result.status === 'error';
	return [
		...checkEnd(run),
		...(stopped ? [] : checkItems(run)),
		...checkIdentity(run),
		...checkErrors(run),
		...checkTokens(run),
		...checkPauses(run),
		...checkSecrets(run),
	];
}

const violation = (guarantee: Guarantee, what: string): Violation => ({ guarantee, what });

function checkEnd({ plan, result }: ChaosRun): Violation[] {
	if (plan.onError === 'errorOutput' && result.status !== 'success') {
		return [violation('the run ends well', `${result.status}: ${result.error?.message}`)];
	}
	return [];
}

/** Agreements on the server by customer and contact: before the run, and made by it. */
function agreements({ before, emulator }: ChaosRun): { had: Set<string>; made: Set<string> } {
	const keys = (state: ChaosRun['before']) =>
		state.customers.flatMap(({ id, agreements: all }) =>
			all.map(({ primaryContact }) => keyOf(id, primaryContact as IDataObject)),
		);
	const had = new Set(keys(before));
	const now = keys(emulator.state);
	return { had, made: new Set(now.filter((key) => !had.has(key))) };
}

function checkItems(run: ChaosRun): Violation[] {
	const { records, outputs } = run;
	const [confirmed = [], exists = [], errors = []] = outputs;
	const found: Violation[] = [];
	const seen = outputs.flatMap((items) => pairs(items)) as number[];
	const missing = records.map((_, item) => item).filter((item) => !seen.includes(item));
	if (missing.length > 0 || seen.length !== records.length) {
		found.push(
			violation(
				'lost or duplicated items',
				`missing ${missing.join(', ')}; ${seen.length} came out of ${records.length}`,
			),
		);
	}

	const { had, made } = agreements(run);
	const keyOfItem = (item: INodeExecutionData) => {
		const record = records[pairs([item])[0] as number] ?? {};
		return keyOf(record.customerId, contactOf(record));
	};
	const indexOf = (item: INodeExecutionData) => pairs([item])[0] as number;
	const confirmedKeys = new Map<string, number>();
	for (const item of confirmed) {
		const key = keyOfItem(item);
		const { outcome, customerId, primaryContact } = item.json;
		if (
			outcome !== 'confirmed' ||
			keyOf(customerId, contactOf(primaryContact as IDataObject)) !== key
		) {
			found.push(violation('misrouted items', `item ${indexOf(item)} is not its record's`));
		}
		if (!made.has(key)) {
			found.push(
				violation('misrouted items', `item ${indexOf(item)} is on Confirmed without an agreement`),
			);
		}
		if (confirmedKeys.has(key)) {
			found.push(violation('misrouted items', `item ${indexOf(item)} is confirmed twice: ${key}`));
		}
		confirmedKeys.set(key, indexOf(item));
	}
	const failedKeys = new Set(errors.map(keyOfItem));
	for (const item of exists) {
		const key = keyOfItem(item);
		const first = confirmedKeys.get(key);
		if (!had.has(key) && first === undefined && !failedKeys.has(key)) {
			found.push(
				violation(
					'misrouted items',
					`item ${indexOf(item)} is on Already Exists for what this run made`,
				),
			);
		}
		if (first !== undefined && first > indexOf(item)) {
			found.push(
				violation('order within a customer', `item ${first} came before item ${indexOf(item)}`),
			);
		}
	}
	for (const key of made) {
		if (!confirmedKeys.has(key) && !failedKeys.has(key)) {
			found.push(violation('misrouted items', `made, but not on Confirmed: ${key}`));
		}
	}
	return found;
}

const isWrite = ({ method, path }: LoggedRequest) =>
	method === 'POST' && path.endsWith('/agreements');

/** As many MS-RequestIds for the same write as there are items with it in each of n8n's tries. */
function checkIdentity({ records, emulator, plan }: ChaosRun): Violation[] {
	const tries = plan.retryOnFail ? MAX_TRIES : 1;
	const allowed = new Map<string, number>();
	for (const record of records) {
		const key = keyOf(record.customerId, contactOf(record));
		allowed.set(key, (allowed.get(key) ?? 0) + tries);
	}
	const ids = new Map<string, Set<string>>();
	for (const { path, body, headers } of emulator.requests.filter(isWrite)) {
		const { primaryContact } = JSON.parse(body) as { primaryContact: IDataObject };
		const key = keyOf(path.split('/')[3], contactOf(primaryContact));
		ids.set(key, (ids.get(key) ?? new Set()).add(headers['ms-requestid'] ?? ''));
	}
	return [...ids]
		.filter(([key, some]) => some.size > (allowed.get(key) ?? 0))
		.map(([key, some]) =>
			violation('one request id for each write', `${some.size} ids for ${key}`),
		);
}

function checkErrors({ outputs, emulator }: ChaosRun): Violation[] {
	return errorsWithoutFault(outputs[2] ?? [], emulator).map(({ json }) =>
		violation('errors only when retries are used up', `${json.error} ${json.message}`),
	);
}

/**
 * @param mayBeRefused whether a token may have been refused twice in a row for no fault of the client
 * @returns the items that can show no request of their own which met a fault in every one of its
 * tries: what failed them happened to somebody else
 */
export function errorsWithoutFault(
	errors: INodeExecutionData[],
	emulator: Pick<Emulator, 'requests'>,
	mayBeRefused = true,
): INodeExecutionData[] {
	const byId = new Map<string, LoggedRequest[]>();
	for (const request of emulator.requests) {
		const id = request.headers['ms-requestid'];
		if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), request]);
	}
	/** A call that met no fault and was not answered: on a busy machine its time was up. */
	const hasFailed = ({ fault, status }: LoggedRequest) => fault !== null || status === null;
	const usedUp = (id: string) => {
		// A token whose time is over uses up no try: the call goes out again with a new one.
		const tries = (byId.get(id) ?? []).filter(({ status }) => status !== 401);
		return tries.length > MAX_RETRIES && tries.every(hasFailed);
	};
	const refusedTwice = (id: string) => {
		const last = (byId.get(id) ?? []).slice(-2);
		return mayBeRefused && last.length === 2 && last.every(({ status }) => status === 401);
	};
	return errors.filter(({ json }) => {
		const [own = ''] = /[0-9a-f-]{36}(?=, MS-CorrelationId)/.exec(String(json.message)) ?? [];
		const reads = [...byId.entries()].filter(
			([, [request]]) =>
				request?.method === 'GET' && request.path.includes(String(json.customerId)),
		);
		return (
			!usedUp(own) && !refusedTwice(own) && !reads.some(([id]) => usedUp(id) || refusedTwice(id))
		);
	});
}

function checkTokens({ emulator, expiries }: ChaosRun): Violation[] {
	const refused = emulator.faults.applied.filter(({ kind }) => kind === 'expired-401').length;
	const requests = emulator.tokenRequests;
	const failed = requests.filter(({ status }) => status !== 200).length;
	if (failed === 0 && requests.length <= expiries + refused) return [];
	return [
		violation(
			'one token request for each expiry',
			`${requests.length} token requests (${failed} refused) for ${expiries + refused} expiries`,
		),
	];
}

/** After a 429 is known to the client, nobody starts a request until its Retry-After has passed. */
function checkPauses({ calls }: ChaosRun): Violation[] {
	const pause = (RETRY_AFTER_SECONDS * 1000) / SPEED;
	const early = calls.refusals.filter(({ at, knownAt }) =>
		// A timer may end within its last millisecond.
		calls.starts.some((start) => start > knownAt && start < at + pause - 3),
	);
	// n8n 1.x sends again by itself after renewing a token; without the pause, nearly all are early.
	if (early.length <= Math.max(1, calls.refusals.length / 10)) return [];
	return [
		violation(
			'nobody sends before Retry-After',
			`${early.length} times of ${calls.refusals.length}`,
		),
	];
}

function checkSecrets({ result, logs, secrets }: ChaosRun): Violation[] {
	const kept = JSON.stringify([result.full, result.error ?? null, result.uiMessages]);
	const seen = [kept, ...logs].join('\n');
	return secrets
		.filter((secret) => seen.includes(secret))
		.map(() =>
			violation('secrets stay secret', 'a token or secret is in what n8n keeps or logs of the run'),
		);
}
