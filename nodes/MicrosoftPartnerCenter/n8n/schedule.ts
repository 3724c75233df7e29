/**
 * When each item of a run is started: in input order, as many at a time as the limit allows, and
 * items of one lane one after another. Knows nothing of n8n: how an item is read, run and recorded
 * are functions that it is given.
 */
import { ReadAhead } from './readAhead';

/** An item that is read, and can be started. */
export interface ScheduledItem<T> {
	/** Items with the same lane run one after another, in input order. */
	lane?: string;
	/** @returns undefined when the run was stopped before anything was done for the item */
	run(): Promise<T | undefined>;
}

export interface ScheduleOptions<T> {
	/** How many items there are; they are numbered from 0. */
	count: number;
	/** Reads an item; what it throws is the item's failure. */
	prepare(item: number): ScheduledItem<T>;
	/** How many items may be in flight now. It may change during the run; less than 1 counts as 1. */
	limit(): number;
	/** Ends the run like `stop`. */
	signal: AbortSignal | undefined;
	/** Waits for the next turn of the event loop, so that other work of the process goes on. */
	pause(): Promise<void>;
	/** An item has run. */
	onDone(item: number, value: T): void;
	/** An item could not be read, or has failed. */
	onFailed(item: number, error: unknown): void;
}

/** At most this many items wait for earlier ones of their lane; each is held in memory. */
const MAX_PARKED = 1_000;
/** At most this many items are read at a stretch: reading blocks the event loop. */
const MAX_AT_ONCE = 100;

/** One run over all items. */
export class Schedule<T> {
	private readonly items: ReadAhead<ScheduledItem<T>>;
	/** What starts the items that wait for each lane that is taken, in input order. */
	private readonly waitingByLane = new Map<string, Array<() => void>>();
	private inFlight = 0;
	private parked = 0;
	private isStopped = false;
	private isPausing = false;
	private end: () => void = () => undefined;

	constructor(private readonly options: ScheduleOptions<T>) {
		this.items = new ReadAhead({
			prepare: (item) => options.prepare(item),
			count: options.count,
			depth: () => this.limit,
			isOver: () => this.isHalted,
			pause: async () => await options.pause(),
		});
	}

	/** Runs all items once. Resolves when nothing is in flight and nothing more will be started. */
	async run(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.end = resolve;
			this.proceed();
		});
	}

	/** Nothing new is started; `run` waits for what is in flight. */
	stop(): void {
		this.isStopped = true;
	}

	private get isHalted(): boolean {
		return this.isStopped || this.options.signal?.aborted === true;
	}

	private get limit(): number {
		return Math.max(1, this.options.limit());
	}

	private get hasRoom(): boolean {
		return (
			!this.isHalted && this.items.hasNext && this.parked < MAX_PARKED && this.inFlight < this.limit
		);
	}

	private proceed(): void {
		for (let taken = 0; this.hasRoom; taken += 1) {
			if (taken >= MAX_AT_ONCE) {
				void this.proceedLater();
				return;
			}
			this.takeNext();
		}
		if (this.inFlight === 0) this.end();
	}

	private async proceedLater(): Promise<void> {
		if (this.isPausing) return;
		this.isPausing = true;
		await this.options.pause();
		this.isPausing = false;
		this.proceed();
	}

	private takeNext(): void {
		const reading = this.items.take();
		const { item } = reading;
		if ('fault' in reading) {
			this.options.onFailed(item, reading.fault);
			return;
		}
		const { prepared } = reading;
		const { lane } = prepared;
		const queue = lane === undefined ? undefined : this.waitingByLane.get(lane);
		if (queue !== undefined) {
			this.parked += 1;
			queue.push(() => void this.start(item, prepared));
			return;
		}
		if (lane !== undefined) this.waitingByLane.set(lane, []);
		this.inFlight += 1;
		void this.start(item, prepared);
	}

	private async start(item: number, prepared: ScheduledItem<T>): Promise<void> {
		try {
			const value = await prepared.run();
			if (value !== undefined) this.options.onDone(item, value);
		} catch (error) {
			this.options.onFailed(item, error);
		}
		this.leave(prepared.lane);
		this.proceed();
	}

	/** The next item of the lane starts in place of the one that is done, so `inFlight` stays the same. */
	private leave(lane: string | undefined): void {
		const next = lane === undefined ? undefined : this.waitingByLane.get(lane)?.shift();
		if (next !== undefined && !this.isHalted) {
			this.parked -= 1;
			next();
			return;
		}
		if (lane !== undefined && next === undefined) this.waitingByLane.delete(lane);
		this.inFlight -= 1;
	}
}
