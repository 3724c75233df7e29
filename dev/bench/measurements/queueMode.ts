/** S10: three workers of n8n's queue mode share a rate limit; each customer is an execution of one. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import axios from 'axios';
import { z } from 'zod';

import { LOAD } from '../../n8n/confirmWorkflow';
import { QueueMode } from '../../n8n/queueMode/QueueMode';
import { openServices, type Services } from '../../n8n/queueMode/services';
import { until } from '../../n8n/waiting';
import { customerAt } from '../naiveNode/nodes/customerAt';
import { figureOf, show } from '../statistics';
import { noOperationLoad } from '../workflows';
import { atATime } from './arriving';
import type { Bench, Line, Measurement } from './measurement';

const LATENCY_MS = 100;
const LIMIT = { rateLimit: 3_000, rateBurst: 50 };
const PER_SECOND = LIMIT.rateLimit / 60;
const MAX_REFUSED = 8;
const MAX_OF_LIMIT = 1.15;
const PATIENCE_MS = 900_000;
/** Of n8n when it is busy; whoever calls waits a moment and calls again. */
const BUSY = 503;
const PAUSE_MS = 500;

interface Round {
	/** From the first call to the end of the last execution. */
	seconds: number;
	requests: number;
	refused: number;
	withAgreement: number;
	/** Executions that did not end well. */
	failed: number;
}

async function send(url: string, deal: number): Promise<void> {
	const body = { name: `deal ${deal}`, customers: [customerAt(deal)] };
	for (;;) {
		const { status } = await axios.post<unknown>(url, body, { validateStatus: () => true });
		if (status === 200) return;
		if (status !== BUSY) throw new Error(`n8n answered with ${status}`);
		await wait(PAUSE_MS);
	}
}

async function round({ place, sizes }: Bench, url: string, { database }: Services): Promise<Round> {
	const count = sizes.queueDeals;
	await database.pool.query('DELETE FROM execution_entity');
	await place.emulator.prepare(count, { latency: LATENCY_MS, ...LIMIT });
	const began = Date.now();
	await atATime(count)((deal) => send(url, deal));
	const countOf = async (condition: string) => {
		const query = `SELECT 1 FROM execution_entity WHERE ${condition}`;
		return (await database.pool.query(query)).rowCount ?? 0;
	};
	// A call is answered before n8n has put its execution into the database.
	const isDone = async () =>
		(await countOf('true')) >= count && (await countOf("status IN ('new', 'running')")) === 0;
	await until('n8n has no execution open', isDone, { timeout: PATIENCE_MS, every: 1_000 });
	const { rows } = await database.pool.query(
		'SELECT max("stoppedAt") AS ended FROM execution_entity',
	);
	const [{ ended }] = endSchema.parse(rows);
	const { requests, refused, withAgreement } = await place.emulator.seen();
	const failed = await countOf("status <> 'success'");
	return { seconds: (ended.getTime() - began) / 1000, requests, refused, withAgreement, failed };
}

const endSchema = z.tuple([z.object({ ended: z.date() })]);

export const queueMode: Measurement = async (bench) => {
	const { place, sizes, progress } = bench;
	const rounds: Round[] = [];
	const idle: Round[] = [];
	try {
		const services = await openServices(progress, (stop) => place.atTheEnd(stop));
		const folder = mkdtempSync(join(place.folder, 'queue-'));
		const quiet = { N8N_LOG_LEVEL: 'warn' };
		const { database, redis } = services;
		const queue = new QueueMode(place.installed, folder, database, redis, quiet);
		place.atTheEnd(() => queue.stop());
		progress('S10: starting main, webhook processor and three workers');
		const nothing = noOperationLoad();
		await queue.start(await place.emulator.credentialData(), [LOAD, nothing]);
		for (let number = 1; number <= sizes.rounds; number++) {
			progress(`S10 round ${number} of ${sizes.rounds}, ${sizes.queueDeals} customers`);
			rounds.push(await round(bench, queue.webhookUrl(LOAD.name), services));
			progress(`  this node: ${rounds.at(-1)?.seconds.toFixed(1)} s`);
			idle.push(await round(bench, queue.webhookUrl(nothing.name), services));
			progress(`  No Operation: ${idle.at(-1)?.seconds.toFixed(1)} s`);
		}
	} finally {
		await place.endWhatRuns();
	}
	return linesOf(sizes.queueDeals, rounds, idle);
};

function linesOf(count: number, rounds: Round[], idle: Round[]): Line[] {
	const measured = `Queue mode, three workers, ${count} customers one by one, limit ${LIMIT.rateLimit} a minute`;
	const allowed = (count - LIMIT.rateBurst) / PER_SECOND;
	const lost = figureOf(
		rounds.map(({ withAgreement, failed }) => Math.max(count - withAgreement, failed)),
	);
	const times = figureOf(rounds.map(({ seconds }) => seconds));
	const ratio = figureOf(rounds.map(({ seconds }) => seconds / allowed));
	const refused = figureOf(rounds.map((one) => (one.refused / one.requests) * 100));
	return [
		{
			measured: `${measured}: lost or failed`,
			ours: show(lost, 0),
			beside: '',
			result: show(lost, 0),
			goal: '0',
			isReached: lost.most === 0,
		},
		{
			measured: `${measured}: time`,
			ours: `${show(times, 1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s; No Operation, without a request: ${show(figureOf(idle.map(({ seconds }) => seconds)), 1)} s`,
			result: show(ratio, 3),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio.median <= MAX_OF_LIMIT,
		},
		{
			measured: `${measured}: refused requests`,
			ours: `${show(refused)} %`,
			beside: '',
			result: `${show(refused)} %`,
			goal: `≤ ${MAX_REFUSED} %`,
			isReached: refused.median <= MAX_REFUSED,
		},
	];
}
