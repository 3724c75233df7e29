/** Deals as a CRM sends them. */
import { setTimeout as wait } from 'node:timers/promises';

/** So many arrive each second, however many are under way. */
export const arriving =
	(count: number, perSecond: number) => async (one: (deal: number) => Promise<void>) => {
		const began = performance.now();
		const calls: Array<Promise<void>> = [];
		for (let deal = 0; deal < count; deal += 1) {
			const due = began + (deal * 1000) / perSecond;
			await wait(Math.max(0, due - performance.now()));
			calls.push(one(deal));
		}
		await Promise.all(calls);
	};

export const AT_A_TIME = 50;

/** So many of them are under way at any time. */
export const atATime =
	(count: number, together = AT_A_TIME) =>
	async (one: (deal: number) => Promise<void>) => {
		let next = 0;
		const worker = async () => {
			while (next < count) await one(next++);
		};
		await Promise.all(Array.from({ length: together }, worker));
	};
