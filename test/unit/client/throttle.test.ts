import {
	CancelledError,
	RateLimitedError,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import {
	Throttle,
	type Slot,
	type ThrottleClient,
} from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { clientOf } from '../../support/throttleClient';

interface Service {
	perMinute: number;
	/** Round trip in milliseconds, least and most. */
	latency: [number, number];
	/** Calls that are allowed at once at the start. */
	full?: number;
	/** Calls that it saves up for at most; a minute's worth when left out. */
	bucket?: number;
	/** Every hundredth call takes this much longer, in milliseconds: somebody is busy. */
	hiccup?: number;
}

/** A token bucket as the emulator has it, behind a network. */
class LimitedService {
	readonly seen = { sent: 0, refused: 0, after: 0, atOnce: 0, most: 0, early: 0 };
	/** Refused requests that were sent after the first refusal was known. */
	refusedLater = 0;
	firstRefusal: number | undefined;
	private readonly perMs: number;
	private readonly bucket: number;
	private tokens: number;
	private filledAt: number;
	private nobodyBefore = 0;

	constructor(
		private readonly clock: SimulatedClock,
		private readonly service: Service,
	) {
		this.perMs = service.perMinute / 60_000;
		this.bucket = service.bucket ?? service.perMinute;
		this.tokens = service.full ?? 0;
		this.filledAt = clock.monotonic();
	}

	/** Confirmations a millisecond after the first refusal, as a share of what is allowed. */
	get share(): number {
		const elapsed = this.clock.monotonic() - (this.firstRefusal ?? 0);
		return this.seen.after / elapsed / this.perMs;
	}

	private take(): number {
		const now = this.clock.monotonic();
		this.tokens = Math.min(this.bucket, this.tokens + (now - this.filledAt) * this.perMs);
		this.filledAt = now;
		if (this.tokens < 1)
			return Math.max(1, Math.ceil((1 - this.tokens) / this.perMs / 1000)) * 1000;
		this.tokens -= 1;
		return 0;
	}

	/** A confirmation, sent until it passes. */
	async confirm(throttle: ThrottleClient): Promise<void> {
		const { clock, seen } = this;
		const { latency, hiccup = 0 } = this.service;
		for (let isRetry = false; ; isRetry = true) {
			const slot = await throttle.acquire({ isRetry });
			const sentAt = clock.monotonic();
			if (sentAt < this.nobodyBefore) seen.early += 1;
			seen.sent += 1;
			seen.most = Math.max(seen.most, ++seen.atOnce);
			const late = hiccup > 0 && clock.random() < 0.01 ? hiccup : 0;
			const half = (late + latency[0] + clock.random() * (latency[1] - latency[0])) / 2;
			await clock.after(half);
			const retryAfter = this.take();
			await clock.after(half);
			seen.atOnce -= 1;
			if (retryAfter === 0) {
				if (this.firstRefusal !== undefined) seen.after += 1;
				slot.release({ kind: 'answered' });
				return;
			}
			seen.refused += 1;
			if (this.firstRefusal !== undefined && sentAt > this.firstRefusal) this.refusedLater += 1;
			this.firstRefusal ??= clock.monotonic();
			this.nobodyBefore = Math.max(this.nobodyBefore, clock.monotonic() + retryAfter);
			slot.release({ kind: 'refused', retryAfter });
		}
	}
}

/** A thousand confirmations of one execution. */
async function ride(
	service: Service,
	{ seed, most = 10, count = 1000 }: { seed: number; most?: number; count?: number },
): Promise<LimitedService> {
	const clock = new SimulatedClock(seed);
	const limited = new LimitedService(clock, service);
	const throttle = clientOf(new Throttle(clock), most);
	let next = 0;
	const worker = async () => {
		while (next++ < count) await limited.confirm(throttle);
	};
	await clock.run(Promise.all(Array.from({ length: most }, worker)));
	return limited;
}

describe('rides a rate limit that nobody told it', () => {
	const rates = [60, 77, 100, 150, 240, 333, 500, 720, 900, 1500, 2400, 3000, 4200, 6000];
	const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
	const latencies: Array<[number, number]> = [
		[5, 15],
		[20, 60],
		[40, 40],
	];

	it.each(rates)(
		'of %d a minute: at least 95 %% of it, at most 3 %% refused',
		async (perMinute) => {
			for (const seed of seeds) {
				const latency = latencies[seed % latencies.length] ?? [10, 10];
				const { share, seen } = await ride({ perMinute, latency }, { seed });
				const refused = seen.refused / seen.sent;
				expect([seed, share >= 0.95, refused <= 0.03, seen.early]).toEqual([seed, true, true, 0]);
			}
		},
	);

	it('with a burst allowed at first', async () => {
		const service: Service = { perMinute: 600, latency: [20, 60], full: 300 };
		const { share, seen } = await ride(service, { seed: 3 });
		expect(share).toBeGreaterThanOrEqual(0.95);
		expect(seen.refused / seen.sent).toBeLessThanOrEqual(0.03);
	});

	it.each([1, 2, 3])(
		'that saves up for a second only, measured first while somebody was busy (%d)',
		async (seed) => {
			const service: Service = { perMinute: 3000, latency: [50, 90], bucket: 50, hiccup: 300 };
			const { share, seen } = await ride(service, { seed, count: 4000 });
			expect(share).toBeGreaterThanOrEqual(0.95);
			expect(seen.refused / seen.sent).toBeLessThanOrEqual(0.01);
		},
	);

	it.each(seeds)('of 3,000 a minute that allows a hundred at once at first (%d)', async (seed) => {
		const service: Service = { perMinute: 3000, latency: [10, 30], full: 100, bucket: 100 };
		const { share, seen } = await ride(service, { seed });
		expect(share).toBeGreaterThanOrEqual(0.95);
		expect(seen.refused / seen.sent).toBeLessThanOrEqual(0.03);
	});

	it('strictly one by one with Max Concurrency 1', async () => {
		const { seen } = await ride(
			{ perMinute: 600, latency: [5, 15] },
			{ seed: 5, most: 1, count: 200 },
		);
		expect([seen.most, seen.early]).toEqual([1, 0]);
	});
});

describe('executions side by side', () => {
	const twentyAtOnce: Service = { perMinute: 1200, latency: [40, 60], full: 20, bucket: 20 };

	/** Executions of one confirmation each, so many at a time. */
	async function deals(
		count: number,
		atATime: number,
		service: Service,
		seed: number,
		throttles = 1,
	) {
		const clock = new SimulatedClock(seed);
		const limited = new LimitedService(clock, service);
		const shared = Array.from({ length: throttles }, () => new Throttle(clock));
		let next = 0;
		const worker = async (_: unknown, index: number) => {
			while (next++ < count) {
				const throttle = shared[index % throttles] as Throttle;
				await limited.confirm(clientOf(throttle, 10));
			}
		};
		const startedAt = clock.monotonic();
		await clock.run(Promise.all(Array.from({ length: atATime }, worker)));
		const allowedIn = (count - (service.full ?? 0)) / (service.perMinute / 60_000);
		return { ...limited, time: (clock.monotonic() - startedAt) / allowedIn };
	}

	it.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'300 of them, 40 at a time, at 1,200 calls a minute: refused and time (%d)',
		async (seed) => {
			const { seen, refusedLater, time } = await deals(300, 40, twentyAtOnce, seed);
			expect(refusedLater / seen.sent).toBeLessThanOrEqual(0.05);
			expect(time).toBeLessThanOrEqual(1.15);
		},
	);

	it.each([1, 2, 3, 4])('in three processes that share the limit (%d)', async (seed) => {
		const service: Service = { perMinute: 3000, latency: [40, 90], full: 50, bucket: 50 };
		const { seen, time } = await deals(5000, 60, service, seed, 3);
		expect(seen.refused / seen.sent).toBeLessThanOrEqual(0.08);
		expect(time).toBeLessThanOrEqual(1.15);
	});

	/** Bursts of deals with a pause after each: how long each took, as a share of what it takes at least. */
	async function bursts(
		{ pace, pause, bucket }: { pace: number; pause: number; bucket: number },
		seed: number,
	): Promise<number[]> {
		const count = 1000;
		const perSecond = 20;
		const clock = new SimulatedClock(seed);
		const limited = new LimitedService(clock, {
			perMinute: perSecond * 60,
			latency: [95, 110],
			full: bucket,
			bucket,
		});
		const throttle = new Throttle(clock);
		const times: number[] = [];
		const work = async () => {
			for (let burst = 0; burst < 6; burst += 1) {
				const startedAt = clock.monotonic();
				const deals: Array<Promise<void>> = [];
				for (let deal = 0; deal < count; deal += 1) {
					await clock.after(1000 / pace);
					deals.push(limited.confirm(clientOf(throttle, 10)));
				}
				await Promise.all(deals);
				times.push((clock.monotonic() - startedAt) / 1000);
				await clock.after(pause * 1000);
			}
		};
		await clock.run(work());
		return times.map((time) => time / Math.max(count / pace, (count - bucket) / perSecond));
	}

	it.each([
		// Hardly faster than the limit: one refusal in each burst.
		{ pace: 21, pause: 34, bucket: 20 },
		{ pace: 22, pause: 20, bucket: 20 },
		{ pace: 25, pause: 34, bucket: 20 },
		{ pace: 40, pause: 34, bucket: 20 },
		{ pace: 21, pause: 60, bucket: 20 },
		{ pace: 30, pause: 34, bucket: 600 },
		{ pace: 40, pause: 20, bucket: 1200 },
	])('bursts of $pace a second, $pause s between them, $bucket saved up', async (service) => {
		for (const seed of [1, 2, 3]) {
			const times = await bursts(service, seed);
			expect(times.map((time) => time <= 1.1 || time)).toEqual(times.map(() => true));
		}
	});

	it('without a limit, fifty at a time are fifty at a time after the first few', async () => {
		const service: Service = { perMinute: 6_000_000, latency: [100, 100], full: 100_000 };
		const { seen, time } = await deals(2000, 50, service, 1);
		expect([seen.refused, seen.most]).toEqual([0, 50]);
		expect(time).not.toBeNaN();
	});

	it('a deal that comes in while a batch runs waits for a few requests only', async () => {
		const clock = new SimulatedClock(9);
		const limited = new LimitedService(clock, { perMinute: 600, latency: [40, 60], bucket: 10 });
		const throttle = new Throttle(clock);
		const batch = clientOf(throttle, 25);
		let next = 0;
		const worker = async () => {
			while (next++ < 2000) await limited.confirm(batch);
		};
		const running = Promise.all(Array.from({ length: 25 }, worker));
		const waits: number[] = [];
		const dealsComeIn = async () => {
			await clock.after(30_000);
			for (let deal = 0; deal < 20; deal += 1) {
				await clock.after(3_700);
				const before = limited.seen.sent;
				await limited.confirm(clientOf(throttle, 10));
				waits.push(limited.seen.sent - before);
			}
		};
		await clock.run(Promise.all([running, dealsComeIn()]));
		// Requests that were sent meanwhile, by whomever.
		expect(Math.max(...waits)).toBeLessThanOrEqual(10);
	});

	it('take turns, whoever came first', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock);
		const [a, b] = [clientOf(throttle, 100), clientOf(throttle, 100)];
		const order: string[] = [];
		const slots: Slot[] = [];
		const ask = (name: string, client: ThrottleClient) =>
			void client.acquire().then((slot) => {
				order.push(name);
				slots.push(slot);
			});
		for (let n = 0; n < 10; n += 1) ask('a', a);
		for (let n = 0; n < 3; n += 1) ask('b', b);
		await clock.run(Promise.resolve());
		expect(order).toEqual(['a', 'a', 'a', 'a']);
		for (let n = 0; n < 6; n += 1) {
			slots.shift()?.release(undefined);
			await clock.run(Promise.resolve());
		}
		expect(order.slice(4)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
	});

	it('never use more than their own Max Concurrency', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock);
		const [one, two] = [clientOf(throttle, 1), clientOf(throttle, 2)];
		expect(await fill(one, clock)).toHaveLength(1);
		expect(await fill(two, clock)).toHaveLength(2);
	});

	it('one that is cancelled takes only its own requests out of the queue', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock);
		const cancelled = new AbortController();
		const [mine, theirs] = [clientOf(throttle, 10, cancelled.signal), clientOf(throttle, 10)];
		(await mine.acquire()).release({ kind: 'refused', retryAfter: 60_000 });
		const waiting = [mine.acquire(), mine.acquire()].map((one) => one.catch((e: unknown) => e));
		const other = theirs.acquire();
		cancelled.abort();
		for (const outcome of await Promise.all(waiting)) {
			expect(outcome).toBeInstanceOf(CancelledError);
		}
		await expect(mine.acquire()).rejects.toBeInstanceOf(CancelledError);
		await clock.run(other);
		expect(clock.monotonic()).toBeGreaterThanOrEqual(60_000);
		(await other).release({ kind: 'answered' });
		expect(throttle.isBusy).toBe(false);
	});
});

/** Acquires as often as it is let without waiting. */
async function fill(throttle: ThrottleClient, clock: SimulatedClock): Promise<Slot[]> {
	const slots: Slot[] = [];
	for (let asked = 0; asked < 40; asked += 1) {
		void throttle.acquire().then(
			(slot) => slots.push(slot),
			() => undefined,
		);
	}
	await clock.run(Promise.resolve());
	return slots;
}

const answered = { kind: 'answered' as const };
const refused = (retryAfter: number) => ({ kind: 'refused' as const, retryAfter });

describe('requests at a time', () => {
	it('four at first, one more for each success, up to Max Concurrency', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 6);
		const first = await fill(throttle, clock);
		expect(first).toHaveLength(4);
		first.shift()?.release(answered);
		await clock.run(Promise.resolve());
		expect(first).toHaveLength(5);
		for (let round = 0; round < 5; round += 1) {
			for (const slot of first.splice(0)) slot.release(answered);
			await clock.run(Promise.resolve());
		}
		expect(first).toHaveLength(6);
	});

	it('half as many after a refusal, which counts once for all that were in flight', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 8);
		const slots = await fill(throttle, clock);
		for (const slot of slots.splice(0)) slot.release(refused(1000));
		await clock.run(Promise.resolve());
		expect(slots).toHaveLength(0);
		await clock.run(clock.after(1001));
		expect(slots).toHaveLength(2);
	});

	it('a success each is not enough any more after a refusal', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 8);
		const slots = await fill(throttle, clock);
		for (const slot of slots.splice(0)) slot.release(refused(1000));
		await clock.run(clock.after(1001));
		slots.shift()?.release(answered);
		await clock.run(Promise.resolve());
		expect(slots).toHaveLength(2);
	});

	it('never more than Max Concurrency, also when that is set later', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 10);
		throttle.setMaxConcurrency(2);
		expect(await fill(throttle, clock)).toHaveLength(2);
	});
});

it('counts the time that an execution stood still, for those who did', async () => {
	const clock = new SimulatedClock();
	const shared = new Throttle(clock);
	const [waited, came, other] = [clientOf(shared, 4), clientOf(shared, 4), clientOf(shared, 4)];
	const slots = await fill(waited, clock);
	for (const slot of slots.splice(0)) slot.release(refused(2000));
	expect(waited.paused).toBe(2000);
	await clock.run(clock.after(500));
	void came.acquire();
	await clock.run(Promise.resolve());
	expect([waited.paused, came.paused, other.paused]).toEqual([2000, 1500, 0]);
});

describe('does not wait', () => {
	it('for a pause that is longer than a run is held up for: everybody is told', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock);
		const waiting = clientOf(throttle, 4);
		const slots = await fill(waiting, clock);
		const told = waiting.acquire().catch((error: unknown) => error);
		slots[0]?.release(refused(301_000));
		await expect(told).resolves.toMatchObject({ milliseconds: 301_000 });
		await expect(clientOf(throttle, 1).acquire()).rejects.toMatchObject({ milliseconds: 301_000 });
	});

	it('longer than the caller has time for', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 4);
		(await throttle.acquire()).release(refused(40_000));
		await expect(throttle.acquire({ maxPause: 30_000 })).rejects.toBeInstanceOf(RateLimitedError);
		await expect(clock.run(throttle.acquire({ maxPause: 40_000 }))).resolves.toBeDefined();
	});

	it('any more where nothing has passed for a quarter of an hour', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 4);
		const work = async () => {
			for (;;) (await throttle.acquire()).release(refused(60_000));
		};
		await expect(clock.run(work())).rejects.toBeInstanceOf(RateLimitedError);
		expect(throttle.refusedFor).toBeGreaterThan(15 * 60_000);
		await expect(throttle.acquire()).rejects.toBeInstanceOf(RateLimitedError);
		// After the pause somebody may look whether it is better now.
		await clock.run(clock.after(60_001));
		(await throttle.acquire()).release(answered);
		await expect(throttle.acquire()).resolves.toBeDefined();
	});
});

describe('what was measured', () => {
	/** A request that passes, or not. */
	const send = async (throttle: ThrottleClient, outcome: Parameters<Slot['release']>[0]) =>
		(await throttle.acquire()).release(outcome);

	/** How long twenty requests take that pass at once, in milliseconds. */
	const timeOfTwenty = async (clock: SimulatedClock, throttle: ThrottleClient) => {
		const before = clock.monotonic();
		for (let n = 0; n < 20; n += 1) await send(throttle, answered);
		return clock.monotonic() - before;
	};

	it('a quiet time between two refusals is not taken for a low limit', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 50);
		const work = async () => {
			await send(throttle, refused(1000));
			for (let n = 0; n < 20; n += 1) await send(throttle, answered);
			await clock.after(10 * 60_000);
			await send(throttle, refused(1000));
			return await timeOfTwenty(clock, throttle);
		};
		expect(await clock.run(work())).toBe(1000);
	});

	it('takes no time at all between two refusals for no measurement', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 50);
		const work = async () => {
			const [one, other] = [await throttle.acquire(), await throttle.acquire()];
			one.release(refused(1000));
			other.release(answered);
			// But for this quiet time, nothing lies between the refusals.
			await clock.after(1500);
			await send(throttle, refused(1000));
			return await timeOfTwenty(clock, throttle);
		};
		expect(await clock.run(work())).toBe(1000);
	});

	it('is forgotten when nobody has sent anything for a quarter of an hour', async () => {
		const clock = new SimulatedClock();
		const throttle = clientOf(new Throttle(clock), 50);
		const work = async () => {
			for (let n = 0; n < 3; n += 1) {
				await send(throttle, answered);
				await send(throttle, refused(1000));
			}
			await clock.after(16 * 60_000);
			const before = clock.monotonic();
			for (let n = 0; n < 30; n += 1) await send(throttle, answered);
			return clock.monotonic() - before;
		};
		expect(await clock.run(work())).toBe(0);
		expect(await fill(throttle, clock)).toHaveLength(4);
	});
});
