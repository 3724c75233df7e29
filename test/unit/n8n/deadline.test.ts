/** Waiting ends with the execution or with the time, and it is known which of them it was. */
import { startDeadline } from '../../../nodes/MicrosoftPartnerCenter/n8n/deadline';

const LONG_MS = 600_000;
const SHORT_MS = 5;

const ended = async (signal: AbortSignal) =>
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});

it('runs until the time is up, and says that it was the time', async () => {
	const deadline = startDeadline(new AbortController().signal, SHORT_MS);
	expect(deadline.signal.aborted).toBe(false);
	await ended(deadline.signal);
	expect(deadline.isTimeUp()).toBe(true);
});

it('has an end also where nothing can be cancelled', async () => {
	const deadline = startDeadline(undefined, SHORT_MS);
	await ended(deadline.signal);
	expect(deadline.isTimeUp()).toBe(true);
});

it('ends with the execution, and the time was not up', () => {
	const stop = new AbortController();
	const deadline = startDeadline(stop.signal, LONG_MS);
	stop.abort();
	expect([deadline.signal.aborted, deadline.isTimeUp()]).toEqual([true, false]);
	deadline.clear();
});

it('is over from the beginning where the execution is', () => {
	const deadline = startDeadline(AbortSignal.abort(), LONG_MS);
	expect([deadline.signal.aborted, deadline.isTimeUp()]).toEqual([true, false]);
	deadline.clear();
});

it('counts as cancelled, not as late, where both have happened', async () => {
	const stop = new AbortController();
	const deadline = startDeadline(stop.signal, SHORT_MS);
	await ended(deadline.signal);
	stop.abort();
	expect(deadline.isTimeUp()).toBe(false);
});

it('that is cleared ends nothing any more', () => {
	const stop = new AbortController();
	const deadline = startDeadline(stop.signal, LONG_MS);
	deadline.clear();
	stop.abort();
	expect(deadline.signal.aborted).toBe(false);
});
