/** Time that passes only when everybody waits: minutes of waiting take milliseconds, always the same. */
import type { Clock } from '../../../nodes/MicrosoftPartnerCenter/client/clock';

interface Timer {
	at: number;
	order: number;
	wake(): void;
}

export class SimulatedClock implements Clock {
	/** Every wait that was asked for, in milliseconds. */
	readonly waits: number[] = [];
	private time = Date.parse('2026-11-20T10:00:00Z');
	private timers: Timer[] = [];
	private order = 0;
	private setBy = 0;
	private state: number;

	constructor(seed = 1) {
		this.state = seed >>> 0 || 1;
	}

	now(): number {
		return this.time + this.setBy;
	}

	monotonic(): number {
		return this.time;
	}

	/** Somebody sets the clock, forward or back, by so many milliseconds. */
	set(milliseconds: number): void {
		this.setBy += milliseconds;
	}

	async sleep(milliseconds: number): Promise<void> {
		this.waits.push(milliseconds);
		await this.after(milliseconds);
	}

	/** Like `sleep`, for the other side: not counted among the waits. */
	async after(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.timers.push({ at: this.time + Math.max(0, milliseconds), order: this.order++, wake });
		});
	}

	/** xorshift32: the same numbers for the same seed. */
	random(): number {
		this.state ^= this.state << 13;
		this.state ^= this.state >>> 17;
		this.state ^= this.state << 5;
		this.state >>>= 0;
		return this.state / 2 ** 32;
	}

	/** Lets time pass until the work is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const finished = work.finally(() => {
			done = true;
		});
		finished.catch(() => undefined);
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (done) return await finished;
			const next = this.timers.reduce<Timer | undefined>(
				(first, one) =>
					first === undefined ||
					one.at < first.at ||
					(one.at === first.at && one.order < first.order)
						? one
						: first,
				undefined,
			);
			if (next === undefined) throw new Error('Nothing left to wait for, but the work is not done');
			this.timers.splice(this.timers.indexOf(next), 1);
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
	}
}
