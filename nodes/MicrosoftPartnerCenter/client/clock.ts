/** Time, as the client needs it; whoever uses the client supplies it. */
export interface Clock {
	/** The present, in milliseconds since 1970. */
	now(): number;
	/** Milliseconds since some moment, on a clock that nobody sets: for how long something took. */
	monotonic(): number;
	/**
	 * Waits that many milliseconds, but no longer than the execution goes on.
	 *
	 * @throws {CancelledError} at once, when the execution is cancelled
	 */
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 up to, not including, 1. */
	random(): number;
}
