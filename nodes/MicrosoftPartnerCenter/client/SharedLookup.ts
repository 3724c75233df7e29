/**
 * One look-up for everybody who asks for the same: the first asks, the others wait for its answer.
 * What was found is kept for a while; a look-up that failed is kept for nobody.
 */
import type { Clock } from './clock';
import { CancellationError, notStarted } from './errors';
import { CancelledError } from './http';
import { LONGEST_RETRYING_MS } from './limits';
import type { CallOptions } from './Requester';

/** How long somebody waits for an answer, and how often it is asked for again. */
type Patience = Pick<CallOptions, 'timeout' | 'maxRetries'>;

interface Asking<T> {
	answer: Promise<T>;
	patience: Patience;
}

/** How often to look whether there is no more time to wait, in milliseconds: n8n's timers can't be stopped. */
const SLICE_MS = 1_000;

export class SharedLookup<T> {
	private known: { value: T; at: number } | undefined;
	private asking: Asking<T> | undefined;

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
	 * @throws {PartnerCenterError} what became of the look-up, or that this caller was cancelled
	 */
	async get(
		ask: () => Promise<T>,
		patience: Patience,
		clock: Pick<Clock, 'monotonic' | 'sleep'>,
	): Promise<T> {
		for (;;) {
			if (this.known !== undefined && this.age <= this.maxAge) return this.known.value;
			const { asking } = this;
			if (asking === undefined) return await this.ask(ask, patience);
			const outcome = await waitFor(asking, patience, clock);
			if ('value' in outcome) return outcome.value;
			// The answer is overdue: this caller's own question may be answered.
			if (!('error' in outcome)) return await ask();
			const { error } = outcome;
			const isMorePatient =
				patience.timeout > asking.patience.timeout ||
				patience.maxRetries > asking.patience.maxRetries;
			// Whoever asked was cancelled, or gave up sooner than this caller would: somebody else asks.
			if (!(error instanceof CancellationError) && !isMorePatient) throw error;
		}
	}

	/**
	 * Forgets what was found, unless it is as new as that.
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

	private async ask(ask: () => Promise<T>, patience: Patience): Promise<T> {
		const answer = ask().then(
			(value) => {
				this.asking = undefined;
				this.known = { value, at: this.clock.monotonic() };
				return value;
			},
			(error: unknown) => {
				this.asking = undefined;
				throw error;
			},
		);
		this.asking = { answer, patience };
		return await answer;
	}
}

type Outcome<T> = { value: T } | { error: unknown } | { isOverdue: true };

async function waitFor<T>(
	{ answer }: Asking<T>,
	{ timeout, maxRetries }: Patience,
	clock: Pick<Clock, 'monotonic' | 'sleep'>,
): Promise<Outcome<T>> {
	const settled: Promise<Outcome<T>> = answer.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
	const until = clock.monotonic() + Math.min(timeout * (maxRetries + 1), LONGEST_RETRYING_MS);
	try {
		for (;;) {
			const rest = until - clock.monotonic();
			if (rest <= 0) return { isOverdue: true };
			const slice = clock.sleep(Math.min(rest, SLICE_MS)).then(() => undefined);
			const outcome = await Promise.race([settled, slice]);
			if (outcome !== undefined) return outcome;
		}
	} catch (error) {
		throw error instanceof CancelledError ? notStarted() : error;
	}
}
