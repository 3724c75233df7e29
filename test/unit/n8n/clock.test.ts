/** The clock of an execution ends its waiting when that is cancelled; the process's never does. */
import { createClock, processClock } from '../../../nodes/MicrosoftPartnerCenter/n8n/clock';
import { executionContext } from '../../support/n8nContext';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** What became of a sleep, as soon as it is known. */
function watch(sleep: Promise<void>) {
	const seen: string[] = [];
	sleep.then(
		() => seen.push('slept'),
		(error: Error) => seen.push(error.name),
	);
	return seen;
}

const withSignal = (signal: AbortSignal | undefined) =>
	createClock(executionContext({ getExecutionCancelSignal: () => signal }));

describe.each([
	['of the process', () => processClock],
	['of an execution', () => withSignal(new AbortController().signal)],
	['of an execution that can not be cancelled', () => withSignal(undefined)],
	['of a form, which has no such signal', () => createClock(executionContext())],
])('the clock %s', (_whose, clockOf) => {
	it('sleeps for as long as it was asked to', async () => {
		const seen = watch(clockOf().sleep(1_000));
		await jest.advanceTimersByTimeAsync(999);
		expect(seen).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(seen).toEqual(['slept']);
	});

	it('goes on by itself, in both ways of counting', async () => {
		const clock = clockOf();
		const before = [clock.now(), clock.monotonic()];
		await jest.advanceTimersByTimeAsync(500);
		expect([clock.now(), clock.monotonic()]).toEqual(before.map((time) => time + 500));
	});
});

describe('when the execution is cancelled', () => {
	it('a sleep that has begun ends at once', async () => {
		const stop = new AbortController();
		const seen = watch(withSignal(stop.signal).sleep(60_000));
		await jest.advanceTimersByTimeAsync(10);
		stop.abort();
		await jest.advanceTimersByTimeAsync(0);
		expect(seen).toEqual(['CancelledError']);
	});

	it('no sleep begins', async () => {
		const seen = watch(withSignal(AbortSignal.abort()).sleep(60_000));
		await jest.advanceTimersByTimeAsync(0);
		expect(seen).toEqual(['CancelledError']);
	});

	it('a sleep that is over stays slept, and nobody listens for it any more', async () => {
		const stop = new AbortController();
		const removed = jest.spyOn(stop.signal, 'removeEventListener');
		const seen = watch(withSignal(stop.signal).sleep(10));
		await jest.advanceTimersByTimeAsync(10);
		expect(removed).toHaveBeenCalledTimes(1);
		stop.abort();
		await jest.advanceTimersByTimeAsync(0);
		expect(seen).toEqual(['slept']);
	});
});

it('random numbers are at least 0 and below 1', () => {
	for (let round = 0; round < 100; round += 1) {
		const number = processClock.random();
		expect(number >= 0 && number < 1).toBe(true);
	}
});
