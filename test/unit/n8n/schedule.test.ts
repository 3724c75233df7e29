/** Which item is started when, in simulated time. */
import fc from 'fast-check';

import { Schedule, type ScheduledItem } from '../../../nodes/MicrosoftPartnerCenter/n8n/schedule';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

/** One item of a run, and what becomes of it. */
interface Item {
	lane?: string;
	/** How long it is in flight, in milliseconds. */
	takes?: number;
	ending?: 'done' | 'fails' | 'unreadable' | 'left out';
}

interface Settings {
	limit?: number | (() => number);
	signal?: AbortSignal;
	/** Called at each step of an item; a test may stop the run from here. */
	on?(event: 'read' | 'start' | 'end' | 'failed', item: number, schedule: Schedule<string>): void;
}

/** A run of these items, with a log of what happened to which of them. */
function plan(items: Item[], { limit = 3, signal, on }: Settings = {}) {
	const clock = new SimulatedClock();
	const limitNow = typeof limit === 'number' ? () => limit : limit;
	const log = {
		read: [] as number[],
		started: [] as number[],
		ended: [] as number[],
		done: [] as number[],
		failed: [] as number[],
	};
	const inFlight = new Set<number>();
	let mostInFlight = 0;
	let pauses = 0;
	let mostPauses = 0;
	/** Items that were started while another one of their lane was in flight. */
	const overtook: number[] = [];

	const run = async (item: number, { lane, takes = 10, ending }: Item) => {
		const isLaneTaken = [...inFlight].some((other) => items[other]?.lane === lane);
		if (lane !== undefined && isLaneTaken) overtook.push(item);
		inFlight.add(item);
		mostInFlight = Math.max(mostInFlight, inFlight.size);
		log.started.push(item);
		on?.('start', item, schedule);
		await clock.after(takes);
		inFlight.delete(item);
		log.ended.push(item);
		on?.('end', item, schedule);
		if (ending === 'fails') throw new Error(`item ${item} failed`);
		return ending === 'left out' ? undefined : `item ${item}`;
	};
	const schedule: Schedule<string> = new Schedule<string>({
		count: items.length,
		prepare: (number): ScheduledItem<string> => {
			log.read.push(number);
			on?.('read', number, schedule);
			const item = items[number] ?? {};
			if (item.ending === 'unreadable') throw new Error(`item ${number} is unreadable`);
			const { lane } = item;
			return { ...(lane === undefined ? {} : { lane }), run: async () => await run(number, item) };
		},
		limit: limitNow,
		signal,
		pause: async () => {
			mostPauses = Math.max(mostPauses, ++pauses);
			await clock.after(0);
			pauses -= 1;
		},
		onDone: (item) => log.done.push(item),
		onFailed: (item) => {
			log.failed.push(item);
			on?.('failed', item, schedule);
		},
	});
	return {
		clock,
		schedule,
		log,
		overtook,
		mostInFlight: () => mostInFlight,
		mostPauses: () => mostPauses,
		inFlight: () => inFlight.size,
		/** @returns how long the run took, in simulated milliseconds */
		async go(): Promise<number> {
			const begin = clock.monotonic();
			await clock.run(schedule.run());
			return clock.monotonic() - begin;
		},
	};
}

const many = (count: number, item: Item = {}): Item[] => Array.from({ length: count }, () => item);
const numbers = (count: number) => Array.from({ length: count }, (_, item) => item);
const ascending = (list: readonly number[]) => [...list].sort((one, other) => one - other);

const anyItem = fc.record(
	{
		lane: fc.constantFrom('a', 'b', 'c'),
		takes: fc.nat(40),
		ending: fc.constantFrom('done', 'done', 'fails', 'unreadable', 'left out'),
	},
	{ requiredKeys: ['takes', 'ending'] },
) as fc.Arbitrary<Item>;
const anyItems = fc.array(anyItem, { maxLength: 60 });
const anyLimit = fc.integer({ min: 1, max: 8 });

describe('whatever the items', () => {
	it('each is read once in input order, and started at most once', async () => {
		await fc.assert(
			fc.asyncProperty(anyItems, anyLimit, async (items, limit) => {
				const { log, go } = plan(items, { limit });
				await go();
				expect(log.read).toEqual(numbers(items.length));
				const readable = numbers(items.length).filter(
					(item) => items[item]?.ending !== 'unreadable',
				);
				expect(ascending(log.started)).toEqual(readable);
			}),
		);
	});

	it('each is done or has failed once; who was left out is neither', async () => {
		await fc.assert(
			fc.asyncProperty(anyItems, anyLimit, async (items, limit) => {
				const { log, go } = plan(items, { limit });
				await go();
				const ending = (...endings: Array<Item['ending']>) =>
					numbers(items.length).filter((item) => endings.includes(items[item]?.ending));
				expect(ascending(log.done)).toEqual(ending('done'));
				expect(ascending(log.failed)).toEqual(ending('fails', 'unreadable'));
			}),
		);
	});

	it('never more than the limit are in flight', async () => {
		await fc.assert(
			fc.asyncProperty(anyItems, anyLimit, async (items, limit) => {
				const { mostInFlight, go } = plan(items, { limit });
				await go();
				expect(mostInFlight()).toBeLessThanOrEqual(limit);
			}),
		);
	});

	it('those of one lane go one at a time, in input order', async () => {
		await fc.assert(
			fc.asyncProperty(anyItems, anyLimit, async (items, limit) => {
				const { log, overtook, go } = plan(items, { limit });
				await go();
				expect(overtook).toEqual([]);
				for (const lane of ['a', 'b', 'c']) {
					const started = log.started.filter((item) => items[item]?.lane === lane);
					expect(started).toEqual(ascending(started));
				}
			}),
		);
	});

	it.each(['stop', 'signal'] as const)(
		'a %s reads and starts nothing new, and the run ends when what is in flight has ended',
		async (how) => {
			await fc.assert(
				fc.asyncProperty(anyItems, anyLimit, fc.nat(200), async (items, limit, at) => {
					const controller = new AbortController();
					const { clock, schedule, log, inFlight, go } = plan(items, {
						limit,
						signal: controller.signal,
					});
					let before: number[] = [];
					void clock.after(at).then(() => {
						before = [log.started.length, log.read.length];
						if (how === 'stop') schedule.stop();
						else controller.abort();
					});
					await go();
					expect(inFlight()).toBe(0);
					await clock.run(clock.after(1_000));
					if (before.length > 0) expect([log.started.length, log.read.length]).toEqual(before);
					expect(log.ended).toHaveLength(log.started.length);
				}),
			);
		},
	);
});

describe('items without a lane', () => {
	it('are started in input order', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 60 }), anyLimit, async (times, limit) => {
				const { log, go } = plan(
					times.map((takes) => ({ takes })),
					{ limit },
				);
				await go();
				expect(log.started).toEqual(numbers(times.length));
			}),
		);
	});

	it('fill the limit for as long as there are any', async () => {
		const { go } = plan(many(100, { takes: 10 }), { limit: 10 });
		await expect(go()).resolves.toBe(100);
	});

	it('are read no further ahead than as many as may be in flight', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 80 }), anyLimit, async (count, limit) => {
				let furthest = 0;
				const { log, go } = plan(many(count), {
					limit,
					on: () => {
						furthest = Math.max(furthest, log.read.length - log.started.length);
					},
				});
				await go();
				expect(furthest).toBeLessThanOrEqual(limit);
			}),
		);
	});
});

it('after a stop nothing is read ahead any more', async () => {
	const { clock, log, go } = plan(many(20), {
		limit: 3,
		on: (event, item, schedule) => {
			if (event === 'start' && item === 2) schedule.stop();
		},
	});
	await go();
	await clock.run(clock.after(1_000));
	expect(log.read).toEqual([0, 1, 2]);
});

describe('the limit', () => {
	it('that is raised during the run lets more in at once', async () => {
		let limit = 1;
		const { mostInFlight, go } = plan(many(20), {
			limit: () => limit,
			on: (event, item) => {
				if (event === 'end' && item === 4) limit = 5;
			},
		});
		await go();
		expect(mostInFlight()).toBe(5);
	});

	it('that is lowered lets nobody in until enough have ended', async () => {
		let limit = 5;
		const { log, inFlight, go } = plan(many(20), {
			limit: () => limit,
			on: (event) => {
				if (event === 'end') limit = 2;
				if (event === 'start' && limit === 2) expect(inFlight()).toBeLessThanOrEqual(2);
			},
		});
		await go();
		expect(log.done).toHaveLength(20);
	});

	it.each([0, -3])('of %d counts as one: nobody waits for ever', async (limit) => {
		const { log, mostInFlight, go } = plan(many(5), { limit });
		await go();
		expect([log.done.length, mostInFlight()]).toEqual([5, 1]);
	});
});

describe('items that wait for their lane', () => {
	it('take no place: others go on beside them', async () => {
		const { go } = plan([...many(10, { lane: 'a', takes: 10 }), ...many(10, { takes: 10 })], {
			limit: 2,
		});
		// Ten of one lane one after another, and the ten others in the second place.
		await expect(go()).resolves.toBe(100);
	});

	it('go on after one that failed', async () => {
		const { log, go } = plan([
			{ lane: 'a', ending: 'fails' },
			{ lane: 'a', ending: 'left out' },
			{ lane: 'a' },
		]);
		await go();
		expect([log.failed, log.done]).toEqual([[0], [2]]);
	});

	it('are never started after a stop by the one before them', async () => {
		const { log, go } = plan([{ lane: 'a', ending: 'fails' }, { lane: 'a' }, { lane: 'a' }], {
			on: (event, _item, schedule) => {
				if (event === 'failed') schedule.stop();
			},
		});
		await go();
		expect([log.started, log.done]).toEqual([[0], []]);
	});

	it('are a thousand at most: the rest is read once there is room', async () => {
		let readWhenTheFirstEnds = 0;
		const { log, go } = plan(many(3_000, { lane: 'a', takes: 5 }), {
			limit: 4,
			on: (event, item) => {
				if (event === 'end' && item === 0) readWhenTheFirstEnds = log.read.length;
			},
		});
		await go();
		// The first one in flight, those behind it, and as many ahead as may be in flight.
		expect(readWhenTheFirstEnds).toBeLessThanOrEqual(1 + 1_000 + 4);
		expect(log.done).toEqual(numbers(3_000));
	});
});

describe('thousands of items that can not be read', () => {
	it('let everybody else in after each hundred', async () => {
		const items = many(5_000, { ending: 'unreadable' });
		let readInOneGo = 0;
		let mostInOneGo = 0;
		const { clock, schedule, log } = plan(items, {
			on: (event) => {
				if (event === 'read') mostInOneGo = Math.max(mostInOneGo, ++readInOneGo);
			},
		});
		let isOver = false;
		const somebodyElse = async () => {
			while (!isOver) {
				await clock.after(0);
				readInOneGo = 0;
			}
		};
		const others = somebodyElse();
		const run = schedule.run().then(() => {
			isOver = true;
		});
		await clock.run(Promise.all([run, others]));
		expect(log.failed).toEqual(numbers(5_000));
		expect(mostInOneGo).toBeLessThanOrEqual(101);
	});

	it('take one turn at a time, however many others end meanwhile', async () => {
		const unreadable = many(1_000, { ending: 'unreadable' });
		const items = [...many(5, { takes: 0 }), ...unreadable, ...many(5), ...unreadable];
		const { log, mostPauses, go } = plan(items, { limit: 20 });
		await go();
		expect([log.done.length, log.failed.length]).toEqual([10, 2_000]);
		// One to go on, and one to read ahead.
		expect(mostPauses()).toBe(2);
	});

	it('end at once when the first of them stops the run', async () => {
		const { log, go } = plan(many(5_000, { ending: 'unreadable' }), {
			on: (event, _item, schedule) => {
				if (event === 'failed') schedule.stop();
			},
		});
		await go();
		expect(log.failed).toEqual([0]);
	});
});

it('a run of no items ends at once', async () => {
	await expect(plan([]).go()).resolves.toBe(0);
});

it('a run that was cancelled before it began reads nothing', async () => {
	const { log, go } = plan(many(5), { signal: AbortSignal.abort() });
	await go();
	expect(log.read).toEqual([]);
});
