import { Lanes } from '../../../nodes/MicrosoftPartnerCenter/client/Lanes';

const turns = async () => await new Promise((resolve) => setImmediate(resolve));

describe('a lane', () => {
	it('is entered one after another, in the order of asking, and others beside it', async () => {
		const lanes = new Lanes();
		const seen: string[] = [];
		const visit = async (lane: string, name: string) => {
			const leave = await lanes.enter(lane);
			seen.push(`${name} in`);
			await turns();
			seen.push(`${name} out`);
			leave?.();
		};
		await Promise.all([visit('a', '1'), visit('a', '2'), visit('b', '3'), visit('a', '4')]);
		expect(seen.filter((one) => !one.startsWith('3'))).toEqual([
			'1 in',
			'1 out',
			'2 in',
			'2 out',
			'4 in',
			'4 out',
		]);
		expect(seen.indexOf('3 in')).toBeLessThan(seen.indexOf('2 in'));
		await expect(lanes.enter('a')).resolves.toBeDefined();
	});

	it('is left at once by a waiter who is cancelled, and by nobody else', async () => {
		const lanes = new Lanes();
		const leave = await lanes.enter('a');
		const stop = new AbortController();
		const waiting = lanes.enter('a', stop.signal);
		const behind = lanes.enter('a');
		stop.abort();
		await expect(waiting).resolves.toBeUndefined();
		leave?.();
		const leaveBehind = await behind;
		expect(leaveBehind).toBeDefined();
		leaveBehind?.();
		await expect(lanes.enter('a')).resolves.toBeDefined();
	});

	it('is not entered by who is cancelled already', async () => {
		const lanes = new Lanes();
		await expect(lanes.enter('a', AbortSignal.abort())).resolves.toBeUndefined();
		await expect(lanes.enter('a')).resolves.toBeDefined();
	});

	it('is left once, however often that is said', async () => {
		const lanes = new Lanes();
		const leave = await lanes.enter('a');
		const second = lanes.enter('a');
		const third = lanes.enter('a');
		leave?.();
		leave?.();
		(await second)?.();
		await expect(third).resolves.toBeDefined();
	});

	it('with cancels at random is never held by two, and never left hanging', async () => {
		const lanes = new Lanes();
		let random = 7;
		const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
		const inside = new Map<string, number>();
		let most = 0;
		await Promise.all(
			Array.from({ length: 500 }, async () => {
				const lane = String(next(5));
				const stop = new AbortController();
				const entering = lanes.enter(lane, stop.signal);
				if (next(3) === 0) {
					for (let wait = next(20); wait > 0; wait -= 1) await turns();
					stop.abort();
				}
				const leave = await entering;
				if (leave === undefined) return;
				inside.set(lane, (inside.get(lane) ?? 0) + 1);
				most = Math.max(most, inside.get(lane) ?? 0);
				await turns();
				inside.set(lane, (inside.get(lane) ?? 0) - 1);
				leave();
			}),
		);
		expect(most).toBe(1);
		for (const lane of inside.keys()) await expect(lanes.enter(lane)).resolves.toBeDefined();
	});
});
