/**
 * Many executions at the same time, as a CRM trigger starts them: one to three items each, on two
 * credentials, some of them cancelled. What happens to one of them must happen to no other.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { connectedCredentialFields } from '../../../dev/emulator/credentialFields';
import { randomNumbers } from '../../../dev/emulator/faults/randomNumbers';
import { startEmulator, type Emulator } from '../../../dev/emulator/startEmulator';
import type { EmulatorState, EmulatorStateInput } from '../../../dev/emulator/state';
import { CredentialStore, runWorkflow } from '../../../dev/engine/runWorkflow';
import {
	CREDENTIAL_TYPE,
	customer,
	customerId,
	loadCredentialType,
	workflowAround,
} from '../../engine/workplace';
import type { PackageCopy } from './packageCopy';

export interface SideBySidePlan {
	seed: number;
	confirmations: number;
	/** Executions at a time. */
	atATime: number;
	/** How many of the executions are cancelled. */
	cancelRate: number;
	/** How many records name a customer whom another execution is confirmed for. */
	repeats: number;
	/** Share of the API calls that meet a fault. */
	faultRate: number;
	/** How often all tokens expire. */
	expiries: number;
	/** Milliseconds that each call takes. */
	latency: [min: number, max: number];
}

const RETRY_AFTER_SECONDS = 10;

/** Long enough for an execution to be cancelled meanwhile; milliseconds. */
const RENEWAL_MS = 100;

/** Without those that end a request's token: two of these in a row fail an item, and rightly. */
const FAULT_KINDS = [
	'reset-before-write' as const,
	'reset-after-write' as const,
	{ kind: 'hang' as const },
	{ kind: 'hang' as const, afterWrite: true },
	{ kind: 'status-429' as const, retryAfterSeconds: RETRY_AFTER_SECONDS },
	'status-500' as const,
	{ kind: 'status-500' as const, afterWrite: true },
	{ kind: 'html-502' as const, afterWrite: true },
	'status-503' as const,
	'truncated-json' as const,
];

/** What one execution is to do. */
interface Draft {
	/** Positions among the records. */
	items: number[];
	credential: string;
	/**
	 * When it is cancelled: after so many calls that anybody makes, or while a token is being renewed,
	 * if it is still running then.
	 */
	cancel: number | 'renewal' | undefined;
}

/** What became of it. */
export interface Execution extends Draft {
	status: string;
	/** Why it stopped, where it did. */
	message: string;
	/** Confirmed, Already Exists, error output. */
	outputs: INodeExecutionData[][];
}

export interface SideBySideRun {
	plan: SideBySidePlan;
	records: IDataObject[];
	executions: Execution[];
	/** Customers and agreements before the run. */
	before: EmulatorState;
	emulator: Emulator;
	/** How often all tokens were made to expire. */
	expiries: number;
}

const FIRST_NAMES = ['Tania', 'Győző', 'Åsa', 'İpek', '美咲', 'שלום'];

/** Customers, records and executions: each customer is always confirmed with the same credential. */
function draw(
	plan: SideBySidePlan,
	credentials: string[],
): {
	records: IDataObject[];
	drafts: Draft[];
	state: EmulatorStateInput;
} {
	const random = randomNumbers(plan.seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const records: IDataObject[] = [];
	const drafts: Draft[] = [];
	const customers: EmulatorStateInput['customers'] = [];
	const known = new Map<string, IDataObject[]>(credentials.map((one) => [one, []]));

	const newRecord = (credential: string): IDataObject => {
		const kind = random();
		const recent = (known.get(credential) ?? []).slice(-2 * plan.atATime);
		if (kind < plan.repeats && recent.length > 0) {
			// The same customer in another execution, perhaps at the same moment.
			const changed = random() < 0.4 ? { lastName: `Carr-${records.length}` } : {};
			return { ...pick(recent), ...changed };
		}
		const number = customers.length + 1;
		const contact = {
			firstName: pick(FIRST_NAMES),
			lastName: 'Carr',
			email: `contact${number}@contoso.example`,
		};
		const agreements =
			kind > 0.9 ? [{ primaryContact: contact, dateAgreed: '2023-05-01T00:00:00Z' }] : [];
		customers.push(customer(number, { agreements }));
		const record = { customerId: customerId(number), ...contact, dateAgreed: '2024-06-14' };
		known.get(credential)?.push(record);
		return record;
	};

	while (records.length < plan.confirmations) {
		const credential = pick(credentials);
		const size = Math.min(1 + Math.floor(random() * 3), plan.confirmations - records.length);
		const items = Array.from({ length: size }, () => records.push(newRecord(credential)) - 1);
		const isCancelled = random() < plan.cancelRate;
		const moment = random() < 0.5 ? ('renewal' as const) : Math.floor(random() * plan.atATime);
		drafts.push({ items, credential, cancel: isCancelled ? moment : undefined });
	}
	return { records, drafts, state: { customers } };
}

/** Does what was planned for a certain number of calls, as they come in. */
class Conductor {
	private readonly planned: Array<{ at: number; act: () => void }> = [];
	/** Those who wait for the next call to the token endpoint. */
	private readonly atRenewal = new Set<() => void>();
	private renewals = 0;
	private readonly timer = setInterval(() => this.look(), 1);

	constructor(private readonly emulator: Emulator) {}

	/** @param calls counted from now */
	after(calls: number, act: () => void): void {
		this.planned.push({ at: this.emulator.requests.length + calls, act });
	}

	/** @returns how to take it back */
	atNextRenewal(act: () => void): () => void {
		this.atRenewal.add(act);
		return () => this.atRenewal.delete(act);
	}

	private look(): void {
		const { length } = this.emulator.requests;
		const renewals = this.emulator.requests.filter(({ path }) => path.endsWith('/token')).length;
		if (renewals > this.renewals) {
			this.renewals = renewals;
			for (const act of this.atRenewal) act();
		}
		for (const one of this.planned.filter(({ at }) => at <= length)) {
			this.planned.splice(this.planned.indexOf(one), 1);
			one.act();
		}
	}

	stop(): void {
		clearInterval(this.timer);
	}
}

/** @returns what happened; the emulator is closed, but its state and log can be read */
export async function runSideBySide(
	plan: SideBySidePlan,
	{ node }: PackageCopy,
): Promise<SideBySideRun> {
	const names = ['a', 'b'].map((one) => `side-by-side-${plan.seed}-${one}`);
	const { records, drafts, state } = draw(plan, names);
	const emulator = await startEmulator({
		state,
		latency: plan.latency,
		switches: { refuseReusedRefreshToken: true },
		// Tokens expire when the plan says so only.
		accessTokenLifetime: 365 * 24 * 60 * 60,
	});
	const conductor = new Conductor(emulator);
	try {
		const before = structuredClone(emulator.state);
		const signedIn = await Promise.all(
			names.map(async (name) => ({ name, tokens: await emulator.issueTokens({ kind: 'user' }) })),
		);
		const stored: ConstructorParameters<typeof CredentialStore>[0] = {};
		for (const { name, tokens } of signedIn) {
			const data = connectedCredentialFields(emulator.baseUrl, tokens);
			stored[name] = { type: CREDENTIAL_TYPE, data };
		}
		const credentials = new CredentialStore(stored);
		emulator.faults.atRandom({
			seed: plan.seed,
			rate: plan.faultRate,
			kinds: FAULT_KINDS,
			match: { path: '^/v1/' },
		});
		const slowly = { kind: 'hang' as const, ms: RENEWAL_MS };
		emulator.faults.script([{ match: { path: '/token$' }, times: 1_000, what: slowly }]);
		let expiries = 0;
		for (let count = 0; count < plan.expiries; count += 1) {
			// Far apart: a token that expires right after its renewal is refused, and rightly.
			conductor.after(Math.floor(((count + 0.5) * plan.confirmations) / plan.expiries), () => {
				expiries += 1;
				emulator.expireAccessTokens();
			});
		}

		const run = async (draft: Draft): Promise<Execution> => {
			const workflow = workflowAround({ onError: 'continueErrorOutput' });
			for (const one of workflow.nodes) {
				if (one.credentials) {
					one.credentials[CREDENTIAL_TYPE] = { id: draft.credential, name: draft.credential };
				}
			}
			const stop = new AbortController();
			const abort = () => stop.abort();
			if (typeof draft.cancel === 'number') conductor.after(draft.cancel, abort);
			const forget = draft.cancel === 'renewal' ? conductor.atNextRenewal(abort) : undefined;
			const result = await runWorkflow({
				workflow,
				nodeTypes: [node],
				credentialTypes: [loadCredentialType()],
				credentials,
				input: draft.items.map((item) => ({ json: records[item] ?? {} })),
				signal: stop.signal,
			});
			forget?.();
			const { status, error } = result;
			return {
				...draft,
				status,
				message: error?.message ?? '',
				outputs: result.outputs('Confirm'),
			};
		};

		const executions: Execution[] = [];
		let next = 0;
		const worker = async (index: number) => {
			// Not all at once: the first ones find no template yet.
			await sleep(index);
			for (let draft = drafts[next++]; draft !== undefined; draft = drafts[next++]) {
				executions.push(await run(draft));
			}
		};
		await Promise.all(Array.from({ length: plan.atATime }, (_, index) => worker(index)));

		return { plan, records, executions, before, emulator, expiries };
	} finally {
		conductor.stop();
		await emulator.close();
	}
}
