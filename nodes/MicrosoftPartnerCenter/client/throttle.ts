/**
 * How fast requests go out: one gate for all requests of an execution, so that a rate limit slows
 * everybody and not just the request that met it.
 *
 * Two things are learned as they go:
 * - how many requests at a time: 4 at first, one more for each round of successes, half on a 429;
 * - how many a minute, once Partner Center has refused twice: between two refusals its allowance was
 *   used up exactly, so what passed in that time, divided by that time, is the limit. Microsoft
 *   publishes no numbers and adjusts them (https://learn.microsoft.com/partner-center/developer/api-throttling-guidance).
 */
import type { Clock } from './clock';
import { PauseTooLongError } from './http';
import { LONGEST_RETRY_AFTER_MS } from './limits';

const FIRST_LIMIT = 4;

/** From this many passed requests on, the measured rate is exact enough to stay just below it. */
const ENOUGH_PASSED = 80;
/** How far below the measured rate to stay: clocks and latencies blur the measurement a little. */
const SAFETY = 0.99;
/** Limits change: after this long without a refusal, a little more is tried, then more and more. */
const PROBE_AFTER_MS = 60_000;
const FIRST_STEP = 0.05;
/** What was measured over less than this, or from a few requests, may be too low: it is tried sooner. */
const PROBE_UNSURE_AFTER_MS = 20_000;
const MOST_STEP = 1;
/** However low the rate seems, after this long one request is let through. */
const LONGEST_CREDIT_WAIT_MS = 30_000;
/** No more than this is saved up for a burst. */
const MOST_CREDIT_MS = 60_000;

/** What became of a request, for the gate. */
export type Passage =
	/** It was answered, and not with 429. */
	| { passed: true }
	/** It was refused with 429; wait this long, in milliseconds. */
	| { passed: false; retryAfter: number }
	/** Nothing is known: no answer. */
	| undefined;

/** A request's place at the gate; `leave` is called once, when it is over. */
export interface Place {
	leave(passage: Passage): void;
}

interface Waiting {
	admit(place: Place): void;
	reject(error: unknown): void;
}

export class Throttle {
	private limit: number;
	private underWay = 0;
	private readonly queue: Waiting[] = [];
	private waking: Promise<void> | undefined;
	private successes = 0;

	private resumeAt = 0;
	/** The longest pause that was asked for: a clock that is set back must not make it longer. */
	private longestPause = 0;
	/** When the requests under way at the last refusal had been sent: they make one refusal only. */
	private lastRefusal: number | undefined;
	private totalPause = 0;

	/** Since when, at a moment when the allowance was used up, passed requests are counted. */
	private countedSince: number | undefined;
	private passedSince = 0;

	/** Requests a millisecond; undefined until it is measured. */
	private rate: number | undefined;
	private isGuess = true;
	private isSure = false;
	private probedAt = 0;
	private step = FIRST_STEP;
	private credit = 0;
	private creditedAt = 0;

	constructor(
		private readonly clock: Pick<Clock, 'now' | 'sleep'>,
		private most: number,
	) {
		this.limit = Math.min(FIRST_LIMIT, most);
	}

	/** @param most the largest number of requests at the same time */
	setMost(most: number): void {
		this.most = most;
		this.limit = Math.min(Math.max(this.limit, Math.min(FIRST_LIMIT, most)), most);
		this.admit();
	}

	/** How long the execution stood still because Partner Center asked it to, in milliseconds. */
	get paused(): number {
		return this.totalPause;
	}

	/**
	 * Waits until a request may be sent.
	 *
	 * @throws {CancelledError} when the execution is cancelled meanwhile
	 * @throws {PauseTooLongError} when Partner Center asked for a pause that is not waited for
	 */
	async enter(): Promise<Place> {
		return await new Promise<Place>((admit, reject) => {
			this.queue.push({ admit, reject });
			this.admit();
		});
	}

	private admit(): void {
		while (this.queue.length > 0 && this.underWay < this.limit) {
			const pause = this.pauseNow();
			if (pause > LONGEST_RETRY_AFTER_MS) {
				this.turnAway(new PauseTooLongError(pause));
				return;
			}
			const wait = pause > 0 ? pause : this.waitForCredit();
			if (wait > 0) {
				this.wakeAfter(wait);
				return;
			}
			if (this.rate !== undefined) this.credit -= 1;
			this.underWay += 1;
			this.queue.shift()?.admit(this.place());
		}
	}

	private wakeAfter(wait: number): void {
		this.waking ??= this.clock.sleep(wait).then(
			() => {
				this.waking = undefined;
				this.admit();
			},
			(error: unknown) => {
				this.waking = undefined;
				this.turnAway(error);
			},
		);
	}

	private turnAway(error: unknown): void {
		for (const { reject } of this.queue.splice(0)) reject(error);
	}

	/** @returns milliseconds that Partner Center asked nobody to send for */
	private pauseNow(): number {
		const now = this.clock.now();
		this.resumeAt = Math.min(this.resumeAt, now + this.longestPause);
		return Math.max(0, this.resumeAt - now);
	}

	/** @returns milliseconds until the rate allows the next request; 0 when it does now */
	private waitForCredit(): number {
		if (this.rate === undefined) return 0;
		const now = this.clock.now();
		if (now < this.probedAt) this.probedAt = now;
		if (now - this.probedAt >= (this.isSure ? PROBE_AFTER_MS : PROBE_UNSURE_AFTER_MS)) {
			this.rate *= 1 + this.step;
			this.step = Math.min(MOST_STEP, this.step * 2);
			this.probedAt = now;
		}
		const earned = Math.max(0, now - this.creditedAt) * this.rate;
		this.credit = Math.min(this.credit + earned, Math.max(1, MOST_CREDIT_MS * this.rate));
		this.creditedAt = now;
		if (this.credit >= 1) return 0;
		// Timers count whole milliseconds.
		const wait = Math.ceil((1 - this.credit) / this.rate);
		if (wait <= LONGEST_CREDIT_WAIT_MS) return wait;
		this.credit = 1 - LONGEST_CREDIT_WAIT_MS * this.rate;
		return LONGEST_CREDIT_WAIT_MS;
	}

	private place(): Place {
		const sentAt = this.clock.now();
		return {
			leave: (passage) => {
				this.underWay -= 1;
				if (passage?.passed === true) this.onPassed();
				if (passage?.passed === false) this.onRefused(sentAt, passage.retryAfter);
				this.admit();
			},
		};
	}

	private onPassed(): void {
		this.passedSince += 1;
		this.successes += 1;
		if (this.successes >= this.limit && this.limit < this.most) {
			this.limit += 1;
			this.successes = 0;
		}
	}

	private onRefused(sentAt: number, retryAfter: number): void {
		const now = this.clock.now();
		const until = now + retryAfter;
		this.longestPause = Math.max(this.longestPause, retryAfter);
		if (until > this.resumeAt) {
			this.totalPause += until - Math.max(now, this.resumeAt);
			this.resumeAt = until;
		}
		this.successes = 0;
		// What was sent before the last refusal was known says nothing new.
		if (this.lastRefusal !== undefined && sentAt <= this.lastRefusal) return;
		this.lastRefusal = now;
		this.limit = Math.max(1, Math.floor(this.limit / 2));
		this.measure(now);
	}

	/** The allowance is used up at this moment; where that was so before, the rate is known. */
	private measure(now: number): void {
		const { countedSince, passedSince } = this;
		if (countedSince === undefined || now <= countedSince || passedSince === 0) {
			// Between two refusals with nothing in between there is nothing to learn.
			this.countedSince = now;
			this.passedSince = 0;
			this.credit = 0;
			this.creditedAt = now;
			return;
		}
		const elapsed = now - countedSince;
		this.isGuess = passedSince < ENOUGH_PASSED;
		// In a short time, a machine that is busy for a moment counts for much.
		this.isSure = !this.isGuess && elapsed >= PROBE_UNSURE_AFTER_MS;
		// Too few to tell exactly: up to one more could have passed, and a rate that is a little too
		// high is found out by the next refusal, one that is too low by nothing.
		this.rate = this.isGuess ? (passedSince + 2) / elapsed : (passedSince / elapsed) * SAFETY;
		this.probedAt = now;
		this.step = this.isGuess ? MOST_STEP : FIRST_STEP;
		this.credit = 0;
		this.creditedAt = now;
		if (this.isGuess) return;
		this.countedSince = now;
		this.passedSince = 0;
	}
}
