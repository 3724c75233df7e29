/**
 * One look-up for all that ask for the same at a time: the first asks, the others wait for its answer.
 * What was found is kept for a while; a failure is not kept.
 */
import type { Clock } from './clock';
import { CancellationError } from './errors';
import { CancelledError } from './http';
import type { CallOptions } from './Requester';
import { MAX_RETRYING_MS } from './retry';
import { waitUpTo } from './waitUpTo';

/** How long somebody waits for an answer, and how often it is asked for again. */
type Patience = Pick<CallOptions, 'timeout' | 'maxRetries'>;

interface Asking<T> {
	answer: Promise<T>;
	patience: Patience;
}

export class SharedLookup<T> {
	private known: { value: T; at: number } | undefined;
	/** Who asks at the moment, by group. */
	private readonly asking = new Map<string, Asking<T>>();

	/**
	 * @param clock of whoever keeps what was found
	 * @param maxAge how long it is kept, in milliseconds
	 */
	constructor(
		private readonly clock: Pick<Clock, 'monotonic'>,
		private readonly maxAge: number,
	) {}

	/**
	 * @param ask asks with this caller's own Timeout and Max Retries, and ends when it is cancelled
	 * @param patience of this caller: it waits for another's answer no longer than for its own, and
	 * asks by itself when it would try more than the one who failed
	 * @param clock of this caller: its sleep ends when it is cancelled
	 * @param group of those who may wait for each other, e.g. because they have the same token; what
	 * is found is there for everybody
	 * @throws {PartnerCenterError} what became of the look-up, or that this caller was cancelled
	 */
	async get(
		ask: () => Promise<T>,
		patience: Patience,
		clock: Pick<Clock, 'monotonic' | 'sleep'>,
		group = '',
	): Promise<T> {
		for (;;) {
			if (this.known !== undefined && this.age <= this.maxAge) return this.known.value;
			const asking = this.asking.get(group);
			if (asking === undefined) return await this.ask(ask, patience, group);
			const outcome = await waitFor(asking, patience, clock);
			// The answer is overdue: this caller's own question may be answered.
			if (outcome === undefined) return await ask();
			if ('value' in outcome) return outcome.value;
			const { error } = outcome;
			const isMorePatient =
				patience.timeout > asking.patience.timeout ||
				patience.maxRetries > asking.patience.maxRetries;
			// Whoever asked was cancelled, or gave up sooner than this caller would: somebody else asks.
			if (!(error instanceof CancellationError) && !isMorePatient) throw error;
		}
	}

	/**
	 * Forgets what was found if it is older than `age`.
	 *
	 * @param age in milliseconds
	 * @returns whether something was forgotten
	 */
	forgetOlderThan(age: number): boolean {
		if (this.known === undefined || this.age <= age) return false;
		this.known = undefined;
		return true;
	}

	private get age(): number {
		return this.clock.monotonic() - (this.known?.at ?? 0);
	}

	private async ask(ask: () => Promise<T>, patience: Patience, group: string): Promise<T> {
		const answer = ask().then(
			(value) => {
				this.asking.delete(group);
				this.known = { value, at: this.clock.monotonic() };
				return value;
			},
			(error: unknown) => {
				this.asking.delete(group);
				throw error;
			},
		);
		this.asking.set(group, { answer, patience });
		return await answer;
	}
}

/** Undefined when its answer takes longer than this caller's own question would. */
type LookupResult<T> = { value: T } | { error: unknown } | undefined;

async function waitFor<T>(
	{ answer }: Asking<T>,
	{ timeout, maxRetries }: Patience,
	clock: Pick<Clock, 'monotonic' | 'sleep'>,
): Promise<LookupResult<T>> {
	const settled: Promise<LookupResult<T>> = answer.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
	const longest = Math.min(timeout * (maxRetries + 1), MAX_RETRYING_MS);
	try {
		return (await waitUpTo(settled, longest, clock))?.value;
	} catch (error) {
		throw error instanceof CancelledError ? new CancellationError() : error;
	}
}
