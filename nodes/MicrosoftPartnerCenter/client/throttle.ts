/**
 * How fast requests go out: one throttle for everything that a process sends with one credential,
 * so that a rate limit slows everybody and not just the request, or the execution, that met it.
 *
 * Two things are learned on the way:
 * - how many requests at a time: 4 at first, one more for each success until Partner Center refuses
 *   one with 429; then half as many, and one more for each round of successes;
 * - how many a minute, once Partner Center has refused twice: the requests that it took between the two
 *   refusals, divided by the time between them in which somebody sent, are its limit. Microsoft publishes
 *   no numbers and adjusts them (https://learn.microsoft.com/partner-center/developer/api-throttling-guidance).
 *
 * Executions take turns: nobody sends a second request before everybody who waits has sent one. So an
 * execution of one item does not wait until one of thousands is done.
 */
import type { Clock } from './clock';
import { CancelledError, PauseTooLongError, RateLimitedError } from './http';
import { MAX_RETRY_AFTER_MS, MAX_RETRYING_MS } from './retry';

const INITIAL_LIMIT = 4;
const AFTER_FIRST_REFUSAL = 6;
/** However many executions there are: each request is a connection of its own. */
const MAX_IN_FLIGHT = 200;

/** From this many passed requests on, the measured rate is exact enough to stay just below it. */
const MIN_PASSED_TO_MEASURE = 80;
/** How far below the measured rate to stay: clocks and latencies make the measurement inexact. */
const SAFETY_FACTOR = 0.99;
/** Limits change: after this long without a refusal, the rate is raised a little, then more and more. */
const PROBE_AFTER_MS = 60_000;
const MIN_STEP = 0.05;
/** A rate measured over less than this, or from a few requests, may be too low: it is raised sooner. */
const PROBE_UNSURE_AFTER_MS = 20_000;
const MAX_STEP = 1;
/** However low the rate seems, after this long one request is let through. */
const MAX_CREDIT_WAIT_MS = 30_000;
/** At most the requests of this time are sent in one burst after nobody has sent for a while. */
const MAX_CREDIT_MS = 60_000;
/** Where nobody sends for longer than this, and than half of the time, two refusals measure nothing. */
const MAX_IDLE_IN_MEASUREMENT_MS = 2_000;
/** The first pause that is made where Partner Center names none, or where 429 follows upon 429. */
const BASE_PAUSE_MS = 1_000;
const MAX_UNASKED_PAUSE_MS = 30_000;
/** What was learned is forgotten when nobody has sent anything for this long. */
const FORGET_AFTER_MS = 15 * 60_000;

/** What became of a request, for the throttle. */
export type Outcome =
	/** It was answered, and not with 429. */
	| { kind: 'answered' }
	/** It was refused with 429; wait this long at least, in milliseconds, where it says so. */
	| { kind: 'refused'; retryAfter?: number }
	/** Nothing is known: no answer. */
	| undefined;

/** A request's permission to be sent; `release` is called once, when it is over. */
export interface Slot {
	release(outcome: Outcome): void;
}

export interface AcquireOptions {
	/** Goes before the execution's other requests, since it had waited for its turn once. */
	isRetry?: boolean;
	/** A longer pause than this rejects the request, in milliseconds. */
	maxPause?: number;
}

interface WaitingRequest {
	options: AcquireOptions;
	resolve(slot: Slot): void;
	reject(error: unknown): void;
}

/** An execution, or whoever else sends, as the throttle sees it. */
class Member {
	readonly waiting: WaitingRequest[] = [];
	inFlight = 0;
	/** How long it stood still because Partner Center asked for it, in milliseconds. */
	paused = 0;
	/** Until when that was counted. */
	pausedUntil = 0;

	constructor(public maxConcurrency: number) {}

	get isEligible(): boolean {
		return this.waiting.length > 0 && this.inFlight < this.maxConcurrency;
	}
}

/** The throttle of one credential in this process. */
export class Throttle {
	private limit = INITIAL_LIMIT;
	private inFlight = 0;
	/** Those who have requests waiting, the next one to send first. */
	private readonly queue: Member[] = [];
	private waking: Promise<void> | undefined;
	private successes = 0;
	private usedAt: number;

	private resumeAt = 0;
	/** When the last refusal arrived that said something new. */
	private lastRefusal: number | undefined;
	/** Since when every answer has been a refusal. */
	private refusedSince: number | undefined;
	/** How many refusals that said something new came one after another. */
	private refusalsInARow = 0;

	/** Start of the measuring window: a moment when the limit was used up. */
	private countedSince: number | undefined;
	private passedSince = 0;
	/** For how long nothing was sent within the window, in milliseconds. */
	private idleTime = 0;
	/** Since when nothing has been sent; undefined while something is. */
	private idleSince: number | undefined;

	/** Requests a millisecond; undefined until it is measured. */
	private rate: number | undefined;
	private isSure = false;
	private probedAt = 0;
	private step = MIN_STEP;
	private credit = 0;
	private creditedAt = 0;

	/** @param clock belongs to the process: no execution's end cuts its sleep short */
	constructor(private readonly clock: Pick<Clock, 'monotonic' | 'sleep' | 'random'>) {
		this.usedAt = clock.monotonic();
	}

	/** Whether requests are waiting or in flight. */
	get isBusy(): boolean {
		return this.inFlight > 0 || this.queue.length > 0;
	}

	/** Lets those through whose turn it is, after a member's Max Concurrency has changed. */
	proceed(): void {
		this.admit();
	}

	/**
	 * Waits until the member may send a request.
	 *
	 * @throws {PauseTooLongError} when Partner Center asked for a pause that is not waited for
	 * @throws {RateLimitedError} when nothing has passed for a long time, or the pause is too long for
	 * this request
	 * @throws {CancelledError} when the signal aborts meanwhile
	 */
	async acquire(member: Member, options: AcquireOptions, signal?: AbortSignal): Promise<Slot> {
		if (signal?.aborted === true) throw new CancelledError();
		this.use();
		return await new Promise<Slot>((admitted, refused) => {
			const cancel = () => {
				member.waiting.splice(member.waiting.indexOf(waiting), 1);
				this.leaveQueue(member);
				refused(new CancelledError());
			};
			const settled = () => signal?.removeEventListener('abort', cancel);
			const waiting: WaitingRequest = {
				options,
				resolve: (slot) => {
					settled();
					admitted(slot);
				},
				reject: (error) => {
					settled();
					refused(error);
				},
			};
			signal?.addEventListener('abort', cancel, { once: true });
			if (options.isRetry === true) member.waiting.unshift(waiting);
			else member.waiting.push(waiting);
			if (!this.queue.includes(member)) this.queue.push(member);
			this.countPause(member);
			this.admit();
		});
	}

	private use(): void {
		const now = this.clock.monotonic();
		if (!this.isBusy && now - this.usedAt > FORGET_AFTER_MS) this.forget();
		this.usedAt = now;
	}

	private forget(): void {
		this.limit = INITIAL_LIMIT;
		this.successes = 0;
		this.lastRefusal = undefined;
		this.refusedSince = undefined;
		this.refusalsInARow = 0;
		this.countedSince = undefined;
		this.rate = undefined;
		this.isSure = false;
	}

	private leaveQueue(member: Member): void {
		const place = this.queue.indexOf(member);
		if (member.waiting.length === 0 && place !== -1) this.queue.splice(place, 1);
		this.watchIdle();
	}

	private admit(): void {
		this.rejectHopeless();
		while (this.inFlight < this.limit) {
			const member = this.queue.find((one) => one.isEligible);
			if (member === undefined) break;
			const pause = this.pauseNow();
			const wait = pause > 0 ? pause : this.waitForCredit();
			if (wait > 0) {
				this.wakeAfter(wait);
				break;
			}
			if (this.rate !== undefined) this.credit -= 1;
			this.inFlight += 1;
			member.inFlight += 1;
			const next = member.waiting.shift();
			// To the end of the queue: everybody else has a turn first.
			this.queue.splice(this.queue.indexOf(member), 1);
			if (member.waiting.length > 0) this.queue.push(member);
			next?.resolve(this.slotOf(member));
		}
		this.watchIdle();
	}

	private wakeAfter(wait: number): void {
		this.waking ??= this.clock.sleep(wait).then(() => {
			this.waking = undefined;
			this.admit();
		});
	}

	/** Rejects waiting requests whose own limit is shorter than the pause. */
	private rejectHopeless(): void {
		const pause = this.pauseNow();
		if (pause === 0) return;
		const isHopeless = this.refusedFor > MAX_RETRYING_MS;
		const errorFor = ({ maxPause = Number.POSITIVE_INFINITY }: AcquireOptions) => {
			if (pause > MAX_RETRY_AFTER_MS) return new PauseTooLongError(pause);
			return isHopeless || pause > maxPause ? new RateLimitedError(pause) : undefined;
		};
		for (const member of [...this.queue]) {
			for (const waiting of [...member.waiting]) {
				const error = errorFor(waiting.options);
				if (error === undefined) continue;
				member.waiting.splice(member.waiting.indexOf(waiting), 1);
				waiting.reject(error);
			}
			this.leaveQueue(member);
		}
	}

	/** For how long, in milliseconds, nothing but refusals has come back. */
	get refusedFor(): number {
		return this.refusedSince === undefined ? 0 : this.clock.monotonic() - this.refusedSince;
	}

	/** @returns milliseconds that Partner Center asked nobody to send for */
	private pauseNow(): number {
		return Math.max(0, this.resumeAt - this.clock.monotonic());
	}

	/** @returns milliseconds until the rate allows the next request; 0 when it does now */
	private waitForCredit(): number {
		if (this.rate === undefined) return 0;
		const now = this.clock.monotonic();
		if (now - this.probedAt >= (this.isSure ? PROBE_AFTER_MS : PROBE_UNSURE_AFTER_MS)) {
			this.rate *= 1 + this.step;
			this.step = Math.min(MAX_STEP, this.step * 2);
			this.probedAt = now;
		}
		const earned = (now - this.creditedAt) * this.rate;
		this.credit = Math.min(this.credit + earned, Math.max(1, MAX_CREDIT_MS * this.rate));
		this.creditedAt = now;
		if (this.credit >= 1) return 0;
		// Timers count whole milliseconds.
		const wait = Math.ceil((1 - this.credit) / this.rate);
		if (wait <= MAX_CREDIT_WAIT_MS) return wait;
		this.credit = 1 - MAX_CREDIT_WAIT_MS * this.rate;
		return MAX_CREDIT_WAIT_MS;
	}

	private slotOf(member: Member): Slot {
		const sentAt = this.clock.monotonic();
		return {
			release: (outcome) => {
				if (outcome?.kind === 'answered') this.onPassed();
				if (outcome?.kind === 'refused') this.onRefused(sentAt, outcome.retryAfter ?? 0, member);
				this.inFlight -= 1;
				member.inFlight -= 1;
				this.usedAt = this.clock.monotonic();
				this.admit();
			},
		};
	}

	private onPassed(): void {
		this.passedSince += 1;
		this.refusedSince = undefined;
		this.refusalsInARow = 0;
		// The limit is raised only while all of it is used; otherwise nobody would know whether more passes.
		if (this.inFlight < this.limit || this.limit >= MAX_IN_FLIGHT) return;
		this.successes += 1;
		// Until the first refusal a success each is enough, afterwards it takes a round of them.
		if (this.lastRefusal === undefined || this.successes >= this.limit) {
			this.limit += 1;
			this.successes = 0;
		}
	}

	private onRefused(sentAt: number, retryAfter: number, member: Member): void {
		const now = this.clock.monotonic();
		// Requests sent before the last refusal belong to the same burst: they halve the limit once only.
		const isNew = this.lastRefusal === undefined || sentAt > this.lastRefusal;
		if (isNew) this.refusalsInARow += 1;
		const pause = Math.max(retryAfter, this.backoff(retryAfter > 0 ? 2 : 1));
		this.resumeAt = Math.max(this.resumeAt, now + (isNew ? pause : retryAfter));
		this.refusedSince ??= now;
		for (const one of new Set([member, ...this.queue])) this.countPause(one);
		this.successes = 0;
		if (!isNew) return;
		// Until the first refusal the limit grows fast and overshoots, so it is cut further then.
		const max = this.lastRefusal === undefined ? AFTER_FIRST_REFUSAL : MAX_IN_FLIGHT;
		this.lastRefusal = now;
		this.limit = Math.max(1, Math.min(max, Math.floor(Math.min(this.limit, this.inFlight) / 2)));
		this.measure(now);
	}

	/**
	 * Microsoft asks for exponential backoff where 429 follows upon 429; somewhat random, since other
	 * processes may share the limit.
	 *
	 * @param from the refusal in a row from which on it counts
	 * @returns milliseconds
	 */
	private backoff(from: number): number {
		const times = this.refusalsInARow - from;
		if (times < 0) return 0;
		const max = Math.min(MAX_UNASKED_PAUSE_MS, BASE_PAUSE_MS * 2 ** times);
		return (max * (1 + this.clock.random())) / 2;
	}

	private countPause(member: Member): void {
		const since = Math.max(this.clock.monotonic(), member.pausedUntil);
		if (this.resumeAt <= since) return;
		member.paused += this.resumeAt - since;
		member.pausedUntil = this.resumeAt;
	}

	/** Notices when nobody sends or waits any more, and when somebody does again. */
	private watchIdle(): void {
		const now = this.clock.monotonic();
		if (!this.isBusy) {
			this.idleSince ??= now;
			return;
		}
		if (this.idleSince !== undefined) this.idleTime += now - this.idleSince;
		this.idleSince = undefined;
	}

	private countFrom(now: number): void {
		this.countedSince = now;
		this.passedSince = 0;
		this.idleTime = 0;
		if (this.idleSince !== undefined) this.idleSince = now;
	}

	/** A refusal means that the allowance is used up; since the refusal before, the rate can be told. */
	private measure(now: number): void {
		const { countedSince, passedSince } = this;
		const idleTime = this.idleTime + (this.idleSince === undefined ? 0 : now - this.idleSince);
		this.credit = 0;
		this.creditedAt = now;
		// What the service saves up while nobody sends is not known, and may be little. So quiet time does not
		// count: the rate may be too high for that, which the next refusal corrects.
		const elapsed = countedSince === undefined ? 0 : now - countedSince - idleTime;
		// If nothing has passed, or in no time, there is no rate; and where it was mostly quiet, little is
		// left to measure.
		if (
			passedSince === 0 ||
			elapsed <= 0 ||
			idleTime > Math.max(MAX_IDLE_IN_MEASUREMENT_MS, elapsed)
		) {
			this.countFrom(now);
			return;
		}
		const isGuess = passedSince < MIN_PASSED_TO_MEASURE;
		// Measured over a short time, one moment in which the machine was busy makes the rate wrong.
		this.isSure = !isGuess && elapsed >= PROBE_UNSURE_AFTER_MS;
		// From so few, the rate is inexact: up to one more could have passed. A rate that is a little too high
		// is corrected by the next refusal; one that is too low stays, because nothing is refused.
		this.rate = isGuess ? (passedSince + 2) / elapsed : (passedSince / elapsed) * SAFETY_FACTOR;
		this.probedAt = now;
		this.step = isGuess ? MAX_STEP : MIN_STEP;
		if (!isGuess) this.countFrom(now);
	}
}

/** What one execution has of the throttle: its own Max Concurrency, its own cancel signal. */
export class ThrottleClient {
	private readonly member: Member;
	private throttle: Throttle | undefined;

	/**
	 * @param find which throttle it is, asked for with the first request
	 * @param maxConcurrency how many requests the execution may have in flight at most
	 */
	constructor(
		private readonly find: () => Promise<Throttle>,
		maxConcurrency: number,
		private readonly signal?: AbortSignal,
	) {
		this.member = new Member(maxConcurrency);
	}

	/** @param maxConcurrency how many requests may be in flight at most, from now on */
	setMaxConcurrency(maxConcurrency: number): void {
		this.member.maxConcurrency = maxConcurrency;
		this.throttle?.proceed();
	}

	/** How long it stood still because Partner Center asked for it, in milliseconds. */
	get paused(): number {
		return this.member.paused;
	}

	/** For how long, in milliseconds, nothing but refusals has come back, to anybody. */
	get refusedFor(): number {
		return this.throttle?.refusedFor ?? 0;
	}

	/**
	 * Waits for a turn; see `Throttle.acquire`.
	 *
	 * @throws what `find` throws, too
	 */
	async acquire(options: AcquireOptions = {}): Promise<Slot> {
		this.throttle ??= await this.find();
		return await this.throttle.acquire(this.member, options, this.signal);
	}
}
