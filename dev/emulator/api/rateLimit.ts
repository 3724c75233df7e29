/** A token bucket: a burst of requests at once, and `perMinute` more spread over each minute. */
export class RateLimit {
	private tokens: number;
	private filledAt: number;

	constructor(
		/** Undefined: no limit. */
		readonly perMinute: number | undefined,
		private readonly now: () => number = () => Date.now(),
		/** How many requests the bucket holds; default: a minute's worth. */
		readonly burst = perMinute ?? 0,
	) {
		this.tokens = burst;
		this.filledAt = now();
	}

	/** Takes one request from the bucket. Answers 0, or the whole seconds until there is one. */
	take(): number {
		if (this.perMinute === undefined) return 0;
		const now = this.now();
		const perMillisecond = this.perMinute / 60_000;
		this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * perMillisecond);
		this.filledAt = now;
		if (this.tokens >= 1) {
			this.tokens -= 1;
			return 0;
		}
		return Math.max(1, Math.ceil((1 - this.tokens) / perMillisecond / 1000));
	}
}
