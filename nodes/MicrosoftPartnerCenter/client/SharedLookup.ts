/**
 * One request for everybody who looks up the same thing at the same time: the first one sends it, the others
 * wait for its answer.
 * What was found is kept for a while; a failure is not kept.
 */
import type { Clock } from './clock';
import { CancellationError } from './errors';
import { CancelledError } from './http';
import type { CallOptions } from './Requester';
import { MAX_RETRYING_MS } from './retry';
import { waitUpTo } from './waitUpTo';

/** How long somebody waits for an answer, and how often the request is repeated. */
type RetryLimits = Pick<CallOptions, 'timeout' | 'maxRetries'>;

interface PendingLookup<T> {
	answer: Promise<T>;
	limits: RetryLimits;
}

export class SharedLookup<T> {
	private known: { value: T; at: number } | undefined;
	/** Look-ups under way, by group. */
	private readonly pending = new Map<string, PendingLookup<T>>();

	/**
	 * @param clock of whoever keeps what was found
	 * @param maxAge how long it is kept, in milliseconds
	 */
	constructor(
		private readonly clock: Pick<Clock, 'monotonic'>,
		private readonly maxAge: number,
	) {}

	/**
	 * @param lookUp sends with this caller's own Timeout and Max Retries, and ends when it is cancelled
	 * @param limits of this caller: it waits for another's answer no longer than for its own, and
	 * sends by itself when it would try more than the one who failed
	 * @param clock of this caller: its sleep ends when it is cancelled
	 * @param group of those who may wait for each other, e.g. because they have the same token; what
	 * is found is there for everybody
	 * @throws {PartnerCenterError} what became of the look-up, or that this caller was cancelled
	 */
	async get(
		lookUp: () => Promise<T>,
		limits: RetryLimits,
		clock: Pick<Clock, 'monotonic' | 'sleep'>,
		group = '',
	): Promise<T> {
		for (;;) {
			if (this.known !== undefined && this.age <= this.maxAge) return this.known.value;
			const pending = this.pending.get(group);
			if (pending === undefined) return await this.begin(lookUp, limits, group);
			const outcome = await waitFor(pending, limits, clock);
			// The other's answer is overdue: a look-up of this caller's own may be answered.
			if (outcome === undefined) return await lookUp();
			if ('value' in outcome) return outcome.value;
			const { error } = outcome;
			const triesMore =
				limits.timeout > pending.limits.timeout || limits.maxRetries > pending.limits.maxRetries;
			// Whoever looked it up was cancelled, or gave up sooner than this caller would: the next one does.
			if (!(error instanceof CancellationError) && !triesMore) throw error;
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

	private async begin(lookUp: () => Promise<T>, limits: RetryLimits, group: string): Promise<T> {
		const answer = lookUp().then(
			(value) => {
				this.pending.delete(group);
				this.known = { value, at: this.clock.monotonic() };
				return value;
			},
			(error: unknown) => {
				this.pending.delete(group);
				throw error;
			},
		);
		this.pending.set(group, { answer, limits });
		return await answer;
	}
}

/** Undefined when the answer takes longer than a look-up of this caller's own would. */
type LookupResult<T> = { value: T } | { error: unknown } | undefined;

async function waitFor<T>(
	{ answer }: PendingLookup<T>,
	{ timeout, maxRetries }: RetryLimits,
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
