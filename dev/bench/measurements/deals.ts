/**
 * S8 and S9: deals one by one, as a CRM sends them: each is a webhook call, and an execution of one
 * item, so many at a time in one n8n. S8 without a limit: what a confirmation costs in requests. S9
 * under a limit: nobody may fail because of a neighbour.
 */
import axios from 'axios';
import { z } from 'zod';

import { ANSWERED } from '../../n8n/confirmWorkflow';
import { customerAt } from '../naiveNode/nodes/customerAt';
import { figureOf, show } from '../statistics';
import type { Bench, Line, Measurement } from './measurement';

const AT_A_TIME = 40;
const LATENCY = 50;
const LIMIT = { rateLimit: 1_200, rateBurst: 20 };
const MAX_REQUESTS = 1.05;
const MAX_REFUSED = 5;
const MAX_OF_LIMIT = 1.15;
const TIMEOUT = 600_000;

const answerSchema = z.array(z.object({ outcome: z.string() }));

interface Round {
	confirmed: number;
	seconds: number;
	requests: number;
	refused: number;
	/** Refused requests that were sent when the first refusal was known. */
	refusedLater: number;
}

async function round({ place }: Bench, url: string, count: number, load: object): Promise<Round> {
	await place.emulator.prepare(count, { latency: LATENCY, ...load });
	const began = performance.now();
	let next = 0;
	let confirmed = 0;
	const worker = async () => {
		while (next < count) {
			const customers = [customerAt(next++)];
			const { data } = await axios.post<unknown>(
				url,
				{ name: `deal ${next}`, customers },
				{ timeout: TIMEOUT, validateStatus: () => true },
			);
			const outcomes = answerSchema.safeParse(data);
			if (outcomes.success && outcomes.data[0]?.outcome === 'confirmed') confirmed += 1;
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, worker));
	const seconds = (performance.now() - began) / 1000;
	const { requests, refused, refusedLater } = await place.emulator.seen();
	return { confirmed, seconds, requests, refused, refusedLater };
}

async function rounds(id: string, bench: Bench, load: object): Promise<Round[]> {
	const count = bench.sizes.deals;
	return await bench.place.serve(ANSWERED, async (url) => {
		// The first deal finds everything cold, which a server is for a moment only.
		await round(bench, url, AT_A_TIME, {});
		const found: Round[] = [];
		for (let number = 1; number <= bench.sizes.rounds; number++) {
			bench.progress(`${id} round ${number} of ${bench.sizes.rounds}, ${count} deals`);
			found.push(await round(bench, url, count, load));
		}
		return found;
	});
}

function lost(count: number, found: Round[], measured: string): Line {
	const missing = figureOf(found.map(({ confirmed }) => count - confirmed));
	return {
		measured: `${measured}: deals not confirmed`,
		ours: show(missing, 0),
		beside: '',
		result: show(missing, 0),
		goal: '0',
		isReached: missing.most === 0,
	};
}

export const deals: Measurement = async (bench) => {
	const count = bench.sizes.deals;
	const found = await rounds('S8', bench, {});
	const measured = `${count} deals, ${AT_A_TIME} at a time, latency ${LATENCY} ms`;
	const ratio = figureOf(found.map(({ requests }) => requests / count));
	return [
		{
			measured: `${measured}: requests a deal`,
			ours: show(ratio, 3),
			beside: '',
			result: show(ratio, 3),
			goal: `≤ ${MAX_REQUESTS}`,
			isReached: ratio.median <= MAX_REQUESTS,
		},
		lost(count, found, measured),
	];
};

export const limitedDeals: Measurement = async (bench) => {
	const count = bench.sizes.deals;
	const found = await rounds('S9', bench, LIMIT);
	const measured = `${count} deals, ${AT_A_TIME} at a time, limit ${LIMIT.rateLimit} a minute`;
	const allowed = ((count - LIMIT.rateBurst) / LIMIT.rateLimit) * 60;
	const answered = figureOf(found.map(({ requests, refused }) => (requests - refused) / count));
	const share = figureOf(
		found.map(({ refusedLater, requests }) => (refusedLater / requests) * 100),
	);
	const all = figureOf(found.map(({ refused, requests }) => (refused / requests) * 100));
	const times = figureOf(found.map(({ seconds }) => seconds));
	const ratio = figureOf(found.map(({ seconds }) => seconds / allowed));
	return [
		lost(count, found, measured),
		{
			measured: `${measured}: requests a deal, refused ones left out`,
			ours: show(answered, 3),
			beside: '',
			result: show(answered, 3),
			goal: `≤ ${MAX_REQUESTS}`,
			isReached: answered.median <= MAX_REQUESTS,
		},
		{
			measured: `${measured}: refused after the first refusal`,
			ours: `${show(share)} %`,
			beside: `with those in flight then: ${show(all)} %`,
			result: `${show(share)} %`,
			goal: `≤ ${MAX_REFUSED} %`,
			isReached: share.median <= MAX_REFUSED,
		},
		{
			measured: `${measured}: time`,
			ours: `${show(times, 1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s`,
			result: show(ratio, 3),
			goal: `≤ ${MAX_OF_LIMIT}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
		},
	];
};
