/**
 * S8, S9 and S12: deals one by one, as a CRM sends them: each is a webhook call, and an execution of one
 * item, in one n8n. S8 without a limit: what a confirmation costs in requests and in time. S9 under a
 * limit, with deals arriving faster than it: nobody may fail because of a neighbour. S12: a deal that
 * arrives while a batch runs.
 */
import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';

import { ANSWERED, LOAD } from '../../n8n/confirmWorkflow';
import { customerAt } from '../naiveNode/nodes/customerAt';
import { figureOf, ratioOf, show, type Figure } from '../statistics';
import { httpRequestDeal, noOperationDeal } from '../workflows';
import { arriving, AT_A_TIME, atATime } from './arriving';
import type { Bench, Line, Measurement } from './measurement';

const LATENCY_MS = 100;
const LIMIT = { rateLimit: 1_200, rateBurst: 20 };
const PER_SECOND = LIMIT.rateLimit / 60;
const MAX_REQUESTS = 1.05;
const MAX_REFUSED = 5;
const MAX_OF_LIMIT = 1.1;
/** How often a deal may have to wait for a request of the batch. */
const MAX_TURNS = 10;
const TIMEOUT_MS = 600_000;
const BATCH = 10_000;

interface Round {
	/** How long each call took, from the webhook's call to its answer; milliseconds. */
	times: number[];
	seconds: number;
	requests: number;
	refused: number;
	withAgreement: number;
}

/** Calls the webhook for one deal; which outcome it came to, the emulator tells. */
async function call(url: string, deal: number): Promise<number> {
	const began = performance.now();
	await axios.post<unknown>(
		url,
		{ name: `deal ${deal}`, customers: [customerAt(deal)] },
		{ timeout: TIMEOUT_MS, validateStatus: () => true },
	);
	return performance.now() - began;
}

/** So many deals; `start` says when the next may be called. */
async function round(
	{ place }: Bench,
	url: string,
	count: number,
	load: object,
	start: (call: (deal: number) => Promise<void>) => Promise<void>,
): Promise<Round> {
	await place.emulator.prepare(count, { latency: LATENCY_MS, ...load });
	const times: number[] = [];
	const began = performance.now();
	await start(async (deal) => {
		times.push(await call(url, deal));
	});
	const seconds = (performance.now() - began) / 1000;
	const { requests, refused, withAgreement } = await place.emulator.seen();
	return { times, seconds, requests, refused, withAgreement };
}

function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const ms = (figure: Figure) => `${show(figure, 0)} ms`;

/** One contender's rounds with many deals at a time, and with one after another. */
interface Both {
	crowd: Round[];
	alone: Round[];
}

export const deals: Measurement = async (bench) => {
	const { sizes, place, progress } = bench;
	const count = sizes.deals;
	const single = Math.ceil(count / 10);
	const workflows = [ANSWERED, httpRequestDeal(place.emulator.baseUrl), noOperationDeal()];
	const found = await place.serve(workflows, async (urls) => {
		// The first deals find everything cold, which a server is for a moment only.
		for (const url of urls) await round(bench, url, AT_A_TIME, {}, atATime(AT_A_TIME));
		const rounds: Both[] = urls.map(() => ({ crowd: [], alone: [] }));
		for (let number = 1; number <= sizes.rounds; number++) {
			progress(`S8 round ${number} of ${sizes.rounds}, ${count} deals, and ${single} one by one`);
			for (const [contender, url] of urls.entries()) {
				rounds[contender]?.crowd.push(await round(bench, url, count, {}, atATime(count)));
				rounds[contender]?.alone.push(await round(bench, url, single, {}, atATime(single, 1)));
			}
		}
		return rounds;
	});
	const [ours, http, nothing] = found;
	if (ours === undefined || http === undefined || nothing === undefined) {
		throw new Error('A workflow was not measured');
	}
	const measured = `${count} deals, ${AT_A_TIME} at a time, latency ${LATENCY_MS} ms`;
	const requests = ({ crowd }: Both) => figureOf(crowd.map((one) => one.requests / count));
	const last = figureAt(0.99);
	return [
		{
			measured: `${measured}: requests a deal`,
			ours: show(requests(ours), 3),
			beside: `HTTP Request: ${show(requests(http), 3)}`,
			result: show(requests(ours), 3),
			goal: `≤ ${MAX_REQUESTS}`,
			isReached: requests(ours).median <= MAX_REQUESTS,
			judged: requests(ours),
		},
		lost(count, ours.crowd, http.crowd, measured),
		...medians(measured, ours.crowd, http.crowd, nothing.crowd),
		{
			measured: `${measured}: the same, 99th percentile`,
			ours: ms(last(ours.crowd)),
			beside: `HTTP Request: ${ms(last(http.crowd))}`,
			...besideHttp(0.99, ours.crowd, http.crowd),
		},
		...medians(
			`${single} deals, one after another, latency ${LATENCY_MS} ms`,
			ours.alone,
			http.alone,
			nothing.alone,
		),
	];
};

/** What so large a share of each round's calls took at most. */
const timesAt = (share: number, rounds: Round[]) =>
	rounds.map(({ times }) => percentile(times, share));

const figureAt = (share: number) => (rounds: Round[]) => figureOf(timesAt(share, rounds));

/** Never slower than the HTTP Request workflow: round by round, since they are interleaved. */
function besideHttp(
	share: number,
	ours: Round[],
	http: Round[],
): Pick<Line, 'result' | 'goal' | 'isReached' | 'judged'> {
	const ratio = ratioOf(timesAt(share, ours), timesAt(share, http));
	return { result: show(ratio), goal: '≤ 1.00', isReached: ratio.median <= 1, judged: ratio };
}

function medians(measured: string, ours: Round[], http: Round[], nothing: Round[]): Line[] {
	const median = figureAt(0.5);
	const most = 1.1 * LATENCY_MS + median(nothing).median;
	return [
		{
			measured: `${measured}: from the webhook's call to the branch, median`,
			ours: ms(median(ours)),
			beside: `No Operation, without a request: ${ms(median(nothing))}`,
			result: `${median(ours).median.toFixed(0)} ms`,
			goal: `≤ 1.1 × ${LATENCY_MS} ms + No Operation: ${most.toFixed(0)} ms`,
			isReached: median(ours).median <= most,
			judged: median(ours),
		},
		{
			measured: `${measured}: the same beside HTTP Request`,
			ours: ms(median(ours)),
			beside: `HTTP Request: ${ms(median(http))}`,
			...besideHttp(0.5, ours, http),
		},
	];
}

function lost(count: number, ours: Round[], http: Round[], measured: string): Line {
	const missing = (rounds: Round[]) =>
		figureOf(rounds.map(({ withAgreement }) => count - withAgreement));
	return {
		measured: `${measured}: deals not confirmed`,
		ours: show(missing(ours), 0),
		beside: `HTTP Request: ${show(missing(http), 0)}`,
		result: show(missing(ours), 0),
		goal: '0',
		isReached: missing(ours).most === 0,
		judged: missing(ours),
	};
}

export const limitedDeals: Measurement = async (bench) => {
	const { sizes, place, progress } = bench;
	const count = sizes.limitedDeals;
	const limit = { ...LIMIT, rateLimit: sizes.dealLimit };
	const perSecond = limit.rateLimit / 60;
	const start = arriving(count, 2 * perSecond);
	const workflows = [ANSWERED, httpRequestDeal(place.emulator.baseUrl), noOperationDeal()];
	const [ours = [], http = [], nothing = []] = await place.serve(workflows, async (urls) => {
		for (const url of urls) await round(bench, url, AT_A_TIME, {}, atATime(AT_A_TIME));
		const rounds: Round[][] = urls.map(() => []);
		for (let number = 1; number <= sizes.rounds; number++) {
			progress(`S9 round ${number} of ${sizes.rounds}, ${count} deals`);
			for (const [contender, url] of urls.entries()) {
				const one = await round(bench, url, count, limit, start);
				progress(`  ${one.seconds.toFixed(1)} s, ${one.refused} of ${one.requests} refused`);
				rounds[contender]?.push(one);
			}
		}
		return rounds;
	});
	const measured = `${count} deals, ${2 * perSecond} a second, limit ${limit.rateLimit} a minute`;
	const allowed = (count - limit.rateBurst) / perSecond;
	const refused = figureOf(ours.map((one) => (one.refused / one.requests) * 100));
	const times = figureOf(ours.map(({ seconds }) => seconds));
	const ratio = figureOf(ours.map(({ seconds }) => seconds / allowed));
	// Where n8n itself takes longer for so many executions than the limit does, nobody can be in time.
	const without = figureOf(nothing.map(({ seconds }) => seconds));
	return [
		lost(count, ours, http, measured),
		{
			measured: `${measured}: refused requests`,
			ours: `${show(refused)} %`,
			beside: '',
			result: `${show(refused)} %`,
			goal: `≤ ${MAX_REFUSED} %`,
			isReached: refused.median <= MAX_REFUSED,
			judged: refused,
		},
		{
			measured: `${measured}: time`,
			ours: `${show(times, 1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s; No Operation, without a request: ${show(without, 1)} s`,
			result: show(ratio, 3),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
			judged: ratio,
		},
	];
};

/** A batch of 10,000 runs under the limit; one deal after another arrives beside it. */
export const dealBesideBatch: Measurement = async (bench) => {
	const { sizes, place, progress } = bench;
	const count = sizes.besideBatch;
	progress(`S12, ${count} deals beside a batch of ${BATCH}`);
	const waits = await place.serve([ANSWERED, LOAD, noOperationDeal()], async (urls) => {
		const [one = '', batch = '', nothing = ''] = urls;
		await round(bench, one, AT_A_TIME, {}, atATime(AT_A_TIME));
		await place.emulator.prepare(BATCH + count, { latency: LATENCY_MS, ...LIMIT });
		const customers = Array.from({ length: BATCH }, (_, index) => customerAt(index));
		await axios.post(batch, { name: 'batch', customers });
		// By then the rate limit is known, and the batch takes its turns.
		await wait(10_000);
		const found: number[] = [];
		for (let deal = 0; deal < count; deal += 1) {
			const idle = await call(nothing, BATCH + deal);
			found.push((await call(one, BATCH + deal)) - idle - LATENCY_MS);
			await wait(500);
		}
		const { withAgreement } = await place.emulator.seen();
		if (withAgreement > BATCH) throw new Error('The batch was over before the deals were');
		return found;
	});
	const turn = 1000 / PER_SECOND;
	const figure = figureOf(waits);
	return [
		{
			measured: `A deal beside a batch of ${BATCH}, limit ${LIMIT.rateLimit} a minute: its wait, ${count} times`,
			ours: ms(figure),
			beside: `a request's time under the limit: ${turn.toFixed(0)} ms`,
			result: `${(figure.median / turn).toFixed(1)} requests' time`,
			goal: `≤ ${MAX_TURNS}`,
			isReached: figure.median <= MAX_TURNS * turn,
		},
	];
};
