/**
 * Years of polls in simulated time, through the trigger's own poll: what Partner Center lists comes
 * out, each event once, whatever happens in between.
 */
import {
	AuditRecordsService,
	type ServiceSettings,
} from '../../support/simulation/AuditRecordsService';
import { PollingHost, type HostSettings } from '../../support/simulation/PollingHost';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-05T08:00:00Z');

beforeEach(() => {
	jest.useFakeTimers({ now: START, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
	jest.useRealTimers();
});

const plain: ServiceSettings = {
	pageSize: 500,
	tokenLife: HOUR,
	zone: 0,
	includesLastDay: true,
	newestFirst: true,
	latency: () => 100,
	fault: () => undefined,
};
const serviceWith = (settings: Partial<ServiceSettings> = {}) =>
	new AuditRecordsService({ ...plain, ...settings });
const hostOf = (service: AuditRecordsService, settings: Partial<HostSettings> = {}) =>
	new PollingHost({ kind: 'inMemory', budget: undefined, send: service.send, ...settings });
const pass = (milliseconds: number) => jest.advanceTimersByTime(milliseconds);
const happened = (service: AuditRecordsService, count: number, at = jest.now()) => {
	for (let index = 0; index < count; index++) {
		const id = `r${service.records.length}`;
		service.records.push({ id, at: at + index, listedAt: at + index });
	}
};
const idsOf = (service: AuditRecordsService) => service.records.map(({ id }) => id).sort();

describe('a poll whose time is up', () => {
	it.each(['inMemory', 'durable'] as const)(
		'is gone on with by the next one, page by page, to the end (%s)',
		async (kind) => {
			const service = serviceWith({ latency: () => 850 });
			const host = hostOf(service, { kind, budget: 2_500 });
			await host.activate();
			pass(MINUTE);
			happened(service, 2_203);
			const out: string[][] = [];
			for (let poll = 0; poll < 6; poll++) {
				pass(MINUTE);
				out.push((await host.poll()).ids);
			}
			expect(out.map(({ length }) => length)).toEqual([1_000, 1_000, 203, 0, 0, 0]);
			expect(out.flat().sort()).toEqual(idsOf(service));
		},
	);

	it('starts its days over where the page is gone, and doubles nothing', async () => {
		const service = serviceWith({ latency: () => 850, tokenLife: 30 * SECOND });
		const host = hostOf(service, { budget: 2_500 });
		await host.activate();
		pass(12 * DAY);
		// More than a poll reads, in days that can be parted.
		for (let day = 11; day > 0; day--) happened(service, 150, jest.now() - day * DAY);
		const out: string[] = [];
		for (let poll = 0; poll < 12; poll++) {
			pass(MINUTE);
			out.push(...(await host.poll()).ids);
		}
		expect(out.sort()).toEqual(idsOf(service));
	});

	it('goes on after a restart that went back to what was stored', async () => {
		const service = serviceWith({ latency: () => 850 });
		const host = hostOf(service, { budget: 2_500 });
		await host.activate();
		pass(MINUTE);
		// Acts of another kind: no poll emits anything, and n8n stores nothing by itself.
		happened(service, 2_000);
		for (const record of service.records) record.operationType = 'update_agreement';
		happened(service, 3, jest.now() - 1);
		pass(MINUTE);
		const out: string[] = [];
		for (let start = 0; start < 4; start++) {
			out.push(...(await host.activate()).ids);
			pass(MINUTE);
		}
		expect(out.sort()).toEqual(['r2000', 'r2001', 'r2002']);
	});

	it('hands on what it read before Partner Center could not be read any further', async () => {
		const faults: Array<number | undefined> = [];
		const service = serviceWith({ fault: () => faults.shift() });
		const host = hostOf(service);
		await host.activate();
		happened(service, 1_300);
		pass(MINUTE);
		faults.push(undefined, 403);
		const first = await host.poll();
		expect(first.ids).toHaveLength(500);
		expect(host.logged).toEqual([expect.stringContaining('the next poll reads on')]);
		faults.push(403, 403);
		expect((await host.poll()).thrown).toBeInstanceOf(Error);
		const rest = await host.poll();
		expect([...first.ids, ...rest.ids].sort()).toEqual(idsOf(service));
	});
});

describe('after an outage of 80 days', () => {
	it('reads windows of at most 30 days, the oldest first, each with both dates', async () => {
		const service = serviceWith();
		const host = hostOf(service);
		await host.activate();
		for (let day = 1; day < 80; day++) happened(service, 1, START + day * DAY);
		pass(80 * DAY);
		service.requests.length = 0;
		const { ids } = await host.poll();
		expect(ids).toEqual(service.records.map(({ id }) => id));
		const { requests } = service;
		expect(requests.length).toBeLessThanOrEqual(4);
		expect(requests.map(({ first }) => first)).toEqual(requests.map(({ first }) => first).sort());
		for (const { first, last } of requests) {
			expect(Date.parse(last) - Date.parse(first)).toBeLessThan(30 * DAY);
		}
		expect(requests.at(-1)?.last).toBe(new Date().toISOString().slice(0, 10));
		pass(MINUTE);
		service.requests.length = 0;
		await host.poll();
		expect(service.requests).toHaveLength(1);
	});
});

describe('a clock of n8n’s that is a year ahead', () => {
	it('settles nothing: once it is right again, everything comes', async () => {
		const service = serviceWith();
		const host = hostOf(service);
		await host.activate();
		happened(service, 3, jest.now() + HOUR);
		pass(2 * DAY);
		// Partner Center's answers say what the time is.
		const right = jest.now();
		const said = jest.spyOn(Date.prototype, 'toUTCString');
		said.mockReturnValue(new Date(right).toString());
		jest.setSystemTime(right + 365 * DAY);
		await host.poll();
		said.mockRestore();
		jest.setSystemTime(right + HOUR);
		expect((await host.poll()).ids.sort()).toEqual(idsOf(service));
	});
});

describe('very many events at once', () => {
	it('all come, once each, though the poll is cut short again and again', async () => {
		const service = serviceWith({ latency: () => 850 });
		const host = hostOf(service, { budget: 30 * SECOND });
		await host.activate();
		pass(MINUTE);
		happened(service, 21_000);
		pass(HOUR);
		const out: string[] = [];
		for (let poll = 0; poll < 8; poll++) {
			out.push(...(await host.poll()).ids);
			expect(host.stored.length).toBeLessThan(150_000);
			pass(MINUTE);
		}
		expect(new Set(out).size).toBe(21_000);
		expect(out).toHaveLength(21_000);
	}, 60_000);
});

describe('a year of polls', () => {
	/** What was emitted before this text was stored, for n8n to go back to. */
	interface Save {
		text: string;
		emitted: number;
	}

	it.each([1, 2, 3, 4])(
		'seed %i: every event once',
		async (seed) => {
			const random = new SimulatedClock(seed * 7919);
			const chance = (share: number) => random.random() < share;
			const upTo = (limit: number) => Math.floor(random.random() * limit);
			const isSmall = seed % 2 === 0;
			let isCalm = false;
			const service = serviceWith({
				pageSize: isSmall ? 7 : 500,
				tokenLife: seed % 3 === 0 ? 2 * HOUR : 20 * MINUTE,
				zone: (upTo(27) - 12) * HOUR,
				includesLastDay: chance(0.7),
				newestFirst: chance(0.5),
				latency: () => (!isCalm && chance(0.2) ? 850 : 40),
				fault: () => {
					if (isCalm || !chance(0.03)) return undefined;
					return [503, 403, 'ECONNRESET', 429][upTo(4)];
				},
			});
			const kind = seed % 3 === 1 ? 'durable' : 'inMemory';
			const budget = kind === 'durable' || chance(0.5) ? 3_000 : undefined;
			const host = hostOf(service, { kind, budget });

			// A year of acts: some every day, sometimes a campaign; some are listed up to two days late.
			for (
				let at = START + HOUR;
				at < START + 365 * DAY;
				at += upTo(isSmall ? 2 * DAY : 12 * HOUR)
			) {
				const count = chance(0.01) ? (isSmall ? 40 : 1_200) : 1;
				for (let index = 0; index < count; index++) {
					const late = chance(0.1) ? upTo(2 * DAY) : upTo(MINUTE);
					const id = `r${service.records.length}`;
					const on = at + index;
					const operationType = chance(0.1) ? 'update_agreement' : undefined;
					service.records.push({ id, at: on, listedAt: on + late, operationType });
				}
			}

			const emitted: string[] = [];
			const mayComeAgain = new Set<string>();
			const mayBeHistory = new Set<string>();
			const saves: Save[] = [];
			const emit = (ids: string[]) => {
				emitted.push(...ids);
				if (saves.at(-1)?.text !== host.stored) {
					saves.push({ text: host.stored, emitted: emitted.length });
				}
			};
			/** n8n stops, and finds what is stored when it starts. */
			const restart = async () => {
				// What was emitted since is with n8n, which stores it with each event: nothing may come again.
				const first = await host.activate();
				emit(first.ids);
				for (let polled = first; polled.thrown !== undefined; emit(polled.ids)) {
					pass(MINUTE);
					polled = await host.activate();
				}
			};
			emit((await host.activate()).ids);
			while (jest.now() < START + 366 * DAY) {
				const dice = random.random();
				if (dice < 0.01) {
					const longest = Math.min(80 * DAY, 366 * DAY + START - jest.now());
					pass(Math.max(MINUTE, Math.floor(longest ** random.random())));
					await restart();
				} else if (dice < 0.03) {
					await restart();
				} else if (dice < 0.035 && saves.length > 1) {
					// An execution of the workflow stored what it had loaded before: n8n itself lost the rest.
					const save = saves[Math.max(0, saves.length - 2 - upTo(3))] as Save;
					for (const id of emitted.slice(save.emitted)) mayComeAgain.add(id);
					host.stored = save.text;
					await restart();
				} else if (dice < 0.0365) {
					// Lost or corrupt: the trigger starts anew, and what there is already is history.
					host.stored = chance(0.5) ? '{}' : '{"poll":{"event":"agreementConfirmed","from":null}}';
					await restart();
					for (const { id, at } of service.records) if (at < jest.now()) mayBeHistory.add(id);
				} else if (dice < 0.1 && kind === 'inMemory') {
					emit(await host.pollTwiceAtOnce());
				} else {
					emit((await host.poll()).ids);
				}
				pass(5 * MINUTE + upTo(chance(0.1) ? 2 * DAY : 16 * HOUR));
			}
			isCalm = true;
			pass(3 * DAY);
			for (let poll = 0; poll < 40; poll++) {
				emit((await host.poll()).ids);
				pass(MINUTE);
			}

			const times = new Map<string, number>();
			for (const id of emitted) times.set(id, (times.get(id) ?? 0) + 1);
			const wrong = service.records.filter(({ id, operationType }) => {
				const count = times.get(id) ?? 0;
				if (operationType !== undefined) return count > 0;
				return (count === 0 && !mayBeHistory.has(id)) || (count > 1 && !mayComeAgain.has(id));
			});
			expect(wrong.slice(0, 5).map((one) => ({ ...one, times: times.get(one.id) }))).toEqual([]);
			expect(emitted.length).toBeGreaterThan(isSmall ? 100 : 500);
		},
		120_000,
	);
});
