import { CancelledError } from '../../nodes/MicrosoftPartnerCenter/client/http';
import { Throttle, type Place } from '../../nodes/MicrosoftPartnerCenter/client/throttle';
import { SimulatedClock } from '../simulation/SimulatedClock';

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

interface Ride {
	/** Confirmations a millisecond after the first refusal, as a share of what is allowed. */
	share: number;
	/** Refused requests as a share of all. */
	refused: number;
	/** The most requests at the same time. */
	most: number;
	early: number;
}

/** A thousand confirmations through the gate, against a token bucket as the emulator has it. */
async function ride(
	{ perMinute, latency, full = 0, bucket = perMinute, hiccup = 0 }: Service,
	{ seed, most = 10, count = 1000 }: { seed: number; most?: number; count?: number },
): Promise<Ride> {
	const clock = new SimulatedClock(seed);
	const throttle = new Throttle(clock, most);
	const perMs = perMinute / 60_000;
	let tokens = full;
	let filledAt = clock.now();
	const take = () => {
		tokens = Math.min(bucket, tokens + (clock.now() - filledAt) * perMs);
		filledAt = clock.now();
		if (tokens < 1) return Math.max(1, Math.ceil((1 - tokens) / perMs / 1000)) * 1000;
		tokens -= 1;
		return 0;
	};
	const seen = { sent: 0, refused: 0, after: 0, atOnce: 0, most: 0, early: 0 };
	let firstRefusal: number | undefined;
	let nobodyBefore = 0;
	const confirm = async () => {
		for (;;) {
			const place = await throttle.enter();
			if (clock.now() < nobodyBefore) seen.early += 1;
			seen.sent += 1;
			seen.most = Math.max(seen.most, ++seen.atOnce);
			const late = hiccup > 0 && clock.random() < 0.01 ? hiccup : 0;
			const half = (late + latency[0] + clock.random() * (latency[1] - latency[0])) / 2;
			await clock.after(half);
			const retryAfter = take();
			await clock.after(half);
			seen.atOnce -= 1;
			if (retryAfter === 0) {
				if (firstRefusal !== undefined) seen.after += 1;
				place.leave({ passed: true });
				return;
			}
			seen.refused += 1;
			firstRefusal ??= clock.now();
			nobodyBefore = Math.max(nobodyBefore, clock.now() + retryAfter);
			place.leave({ passed: false, retryAfter });
			await clock.after(retryAfter);
		}
	};
	let next = 0;
	const worker = async () => {
		while (next++ < count) await confirm();
	};
	await clock.run(Promise.all(Array.from({ length: most }, worker)));
	return {
		share: seen.after / (clock.now() - (firstRefusal ?? 0)) / perMs,
		refused: seen.refused / seen.sent,
		most: seen.most,
		early: seen.early,
	};
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
				const { share, refused, early } = await ride({ perMinute, latency }, { seed });
				expect([seed, share >= 0.95, refused <= 0.03, early]).toEqual([seed, true, true, 0]);
			}
		},
	);

	it('with a burst allowed at first', async () => {
		const service: Service = { perMinute: 600, latency: [20, 60], full: 300 };
		const { share, refused } = await ride(service, { seed: 3 });
		expect(share).toBeGreaterThanOrEqual(0.95);
		expect(refused).toBeLessThanOrEqual(0.03);
	});

	it.each([1, 2, 3])(
		'that saves up for a second only, measured first while somebody was busy (%d)',
		async (seed) => {
			const service: Service = { perMinute: 3000, latency: [50, 90], bucket: 50, hiccup: 300 };
			const { share, refused } = await ride(service, { seed, count: 4000 });
			expect(share).toBeGreaterThanOrEqual(0.95);
			expect(refused).toBeLessThanOrEqual(0.01);
		},
	);

	it('strictly one by one with Max Concurrency 1', async () => {
		const { most, early } = await ride(
			{ perMinute: 600, latency: [5, 15] },
			{ seed: 5, most: 1, count: 200 },
		);
		expect([most, early]).toEqual([1, 0]);
	});
});

/** Enters as often as it is let in without waiting. */
async function fill(throttle: Throttle, clock: SimulatedClock): Promise<Place[]> {
	const places: Place[] = [];
	for (let asked = 0; asked < 40; asked += 1) {
		void throttle.enter().then(
			(place) => places.push(place),
			() => undefined,
		);
	}
	await clock.run(Promise.resolve());
	return places;
}

describe('requests at a time', () => {
	it('four at first, one more for each round of successes, up to Max Concurrency', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock, 6);
		const first = await fill(throttle, clock);
		expect(first).toHaveLength(4);
		for (const place of first.splice(0, 4)) place.leave({ passed: true });
		await clock.run(Promise.resolve());
		expect(first).toHaveLength(5);
		for (let round = 0; round < 5; round += 1) {
			for (const place of first.splice(0)) place.leave({ passed: true });
			await clock.run(Promise.resolve());
		}
		expect(first.length).toBeLessThanOrEqual(6);
	});

	it('half as many after a refusal, which counts once for all that were under way', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock, 8);
		const places = await fill(throttle, clock);
		for (const place of places.splice(0)) place.leave({ passed: false, retryAfter: 1000 });
		await clock.run(Promise.resolve());
		expect(places).toHaveLength(0);
		await clock.run(clock.after(1001));
		expect(places).toHaveLength(2);
	});

	it('never more than Max Concurrency, also when that is set later', async () => {
		const clock = new SimulatedClock();
		const throttle = new Throttle(clock, 10);
		throttle.setMost(2);
		expect(await fill(throttle, clock)).toHaveLength(2);
	});
});

it('counts the time that it stood still', async () => {
	const clock = new SimulatedClock();
	const throttle = new Throttle(clock, 4);
	const places = await fill(throttle, clock);
	for (const place of places.splice(0)) place.leave({ passed: false, retryAfter: 2000 });
	expect(throttle.paused).toBe(2000);
});

it('turns everybody away at once when the execution is cancelled', async () => {
	const clock = new SimulatedClock();
	let cancel: (() => void) | undefined;
	const throttle = new Throttle(
		{
			now: () => clock.now(),
			sleep: () =>
				new Promise((_, reject) => {
					cancel = () => reject(new CancelledError());
				}),
		},
		4,
	);
	const place = await throttle.enter();
	place.leave({ passed: false, retryAfter: 60_000 });
	const waiting = [throttle.enter(), throttle.enter()].map((one) => one.catch((e: unknown) => e));
	cancel?.();
	for (const outcome of await Promise.all(waiting)) expect(outcome).toBeInstanceOf(CancelledError);
});

it('turns everybody away when the pause asked for is longer than a run is held up for', async () => {
	const clock = new SimulatedClock();
	const throttle = new Throttle(clock, 4);
	(await throttle.enter()).leave({ passed: false, retryAfter: 301_000 });
	await expect(throttle.enter()).rejects.toMatchObject({ milliseconds: 301_000 });
});
