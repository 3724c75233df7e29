import { waitUpTo } from '../../../nodes/MicrosoftPartnerCenter/client/waitUpTo';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';

const after = async (clock: SimulatedClock, milliseconds: number, value: string) => {
	await clock.after(milliseconds);
	return value;
};

it('hands on what comes in time', async () => {
	const clock = new SimulatedClock();
	const waiting = waitUpTo(after(clock, 900, 'done'), 1_000, clock);
	await expect(clock.run(waiting)).resolves.toEqual({ value: 'done' });
});

it('has nothing for what comes too late, or fails after that', async () => {
	const clock = new SimulatedClock();
	const late = after(clock, 5_000, 'late').then(() => Promise.reject(new Error('late')));
	await expect(clock.run(waitUpTo(late, 1_000, clock))).resolves.toBeUndefined();
	await clock.run(clock.after(10_000));
});

it('fails as the work fails', async () => {
	const clock = new SimulatedClock();
	const failing = Promise.reject(new Error('broken'));
	await expect(clock.run(waitUpTo(failing, 1_000, clock))).rejects.toThrow('broken');
});

it('is not held up by a clock that is set', async () => {
	const clock = new SimulatedClock();
	const waiting = waitUpTo(new Promise(() => undefined), 1_000, clock);
	clock.set(-86_400_000);
	await expect(clock.run(waiting)).resolves.toBeUndefined();
});
