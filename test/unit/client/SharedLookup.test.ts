import {
	CancellationError,
	PartnerCenterError,
} from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import { CancelledError } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { SharedLookup } from '../../../nodes/MicrosoftPartnerCenter/client/SharedLookup';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

const HOUR_MS = 3_600_000;
const patience = { timeout: 60_000, maxRetries: 5 };

/** Questions that each take so long, and then come to this. */
function stage() {
	const clock = new SimulatedClock();
	const lookup = new SharedLookup<string>(clock, HOUR_MS);
	const asked: string[] = [];
	const ask = (who: string, after: number, outcome: string | Error) => async () => {
		asked.push(who);
		await clock.after(after);
		if (outcome instanceof Error) throw outcome;
		return outcome;
	};
	return { clock, lookup, asked, ask };
}

it('asks once for all who want to know at the same time, and for those who come within the hour', async () => {
	const { clock, lookup, asked, ask } = stage();
	const answers = ['a', 'b', 'c'].map((who) => lookup.get(ask(who, 50, who), patience, clock));
	await expect(clock.run(Promise.all(answers))).resolves.toEqual(['a', 'a', 'a']);
	await clock.run(clock.after(HOUR_MS - 100));
	await expect(lookup.get(ask('d', 50, 'd'), patience, clock)).resolves.toBe('a');
	await clock.run(clock.after(200));
	await expect(clock.run(lookup.get(ask('e', 50, 'e'), patience, clock))).resolves.toBe('e');
	expect(asked).toEqual(['a', 'e']);
});

it('keeps what failed for nobody: those who waited are told, the next one asks', async () => {
	const { clock, lookup, asked, ask } = stage();
	const failure = new PartnerCenterError({ kind: 'documentRefused', status: 500 });
	const failing = ['a', 'b'].map((who) =>
		lookup.get(ask(who, 50, failure), patience, clock).catch((error: unknown) => error),
	);
	await expect(clock.run(Promise.all(failing))).resolves.toEqual([failure, failure]);
	await expect(clock.run(lookup.get(ask('c', 50, 'c'), patience, clock))).resolves.toBe('c');
	expect(asked).toEqual(['a', 'c']);
});

it('one who would have tried more often asks by itself, and so for the others', async () => {
	const { clock, lookup, asked, ask } = stage();
	const failure = new PartnerCenterError({ kind: 'documentRefused', status: 500 });
	const hasty = { timeout: 60_000, maxRetries: 0 };
	const answers = [
		lookup.get(ask('a', 50, failure), hasty, clock).catch(() => 'failed'),
		lookup.get(ask('b', 50, 'b'), hasty, clock).catch(() => 'failed'),
		lookup.get(ask('c', 50, 'c'), patience, clock),
		lookup.get(ask('d', 50, 'd'), patience, clock),
	];
	await expect(clock.run(Promise.all(answers))).resolves.toEqual(['failed', 'failed', 'c', 'c']);
	expect(asked).toEqual(['a', 'c']);
});

it('one who asked and was cancelled fails nobody else', async () => {
	const { clock, lookup, asked, ask } = stage();
	const end = new CancellationError({ inDoubt: false, creates: 'confirmation' });
	const answers = [
		lookup.get(ask('a', 50, end), patience, clock).catch(() => 'cancelled'),
		lookup.get(ask('b', 50, 'b'), patience, clock),
		lookup.get(ask('c', 50, 'c'), patience, clock),
	];
	await expect(clock.run(Promise.all(answers))).resolves.toEqual(['cancelled', 'b', 'b']);
	expect(asked).toEqual(['a', 'b']);
});

it('one who waits and is cancelled leaves at once, and the others go on', async () => {
	const { clock, lookup, ask } = stage();
	const mine = {
		monotonic: () => clock.monotonic(),
		sleep: async () => {
			await clock.after(10);
			throw new CancelledError();
		},
	};
	const answers = [
		lookup.get(ask('a', 50_000, 'a'), patience, clock),
		lookup.get(ask('b', 50, 'b'), patience, mine).catch((error: Error) => error.message),
		lookup.get(ask('c', 50, 'c'), patience, clock),
	];
	await expect(clock.run(Promise.all(answers))).resolves.toEqual(['a', 'notStarted', 'a']);
});

it('waits no longer than its own Timeout and Max Retries allow, then asks by itself', async () => {
	const { clock, lookup, asked, ask } = stage();
	const hasty = { timeout: 2_000, maxRetries: 1 };
	const slow = lookup.get(ask('a', 600_000, 'a'), patience, clock);
	const startedAt = clock.monotonic();
	await expect(clock.run(lookup.get(ask('b', 50, 'b'), hasty, clock))).resolves.toBe('b');
	expect(clock.monotonic() - startedAt).toBe(4_050);
	await expect(clock.run(slow)).resolves.toBe('a');
	expect(asked).toEqual(['a', 'b']);
});

it('forgets what is older than asked for', async () => {
	const { clock, lookup, asked, ask } = stage();
	await clock.run(lookup.get(ask('a', 50, 'a'), patience, clock));
	await clock.run(clock.after(30_000));
	expect(lookup.forgetOlderThan(60_000)).toBe(false);
	expect(lookup.forgetOlderThan(10_000)).toBe(true);
	await expect(clock.run(lookup.get(ask('b', 50, 'b'), patience, clock))).resolves.toBe('b');
	expect(asked).toEqual(['a', 'b']);
});
