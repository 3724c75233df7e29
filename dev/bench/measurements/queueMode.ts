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

/** All customers, once. */
interface Pass {
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
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline) {
		const { status } = await axios.post<unknown>(url, body, { validateStatus: () => true });
		if (status === 200) return;
		if (status !== BUSY) throw new Error(`n8n answered with ${status}`);
		await wait(PAUSE_MS);
	}
	throw new Error('n8n is too busy to take the calls');
}

async function pass({ place, sizes }: Bench, url: string, { database }: Services): Promise<Pass> {
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
		progress(`S10, ${sizes.queueDeals} customers`);
		const ours = await pass(bench, queue.webhookUrl(LOAD.name), services);
		progress(`  this node: ${ours.seconds.toFixed(1)} s`);
		const idle = await pass(bench, queue.webhookUrl(nothing.name), services);
		progress(`  No Operation: ${idle.seconds.toFixed(1)} s`);
		return linesOf(sizes.queueDeals, ours, idle);
	} finally {
		await place.endWhatRuns();
	}
};

function linesOf(count: number, ours: Pass, idle: Pass): Line[] {
	const measured = `Queue mode, three workers, ${count} customers one by one, limit ${LIMIT.rateLimit} a minute`;
	const allowed = (count - LIMIT.rateBurst) / PER_SECOND;
	const lost = Math.max(count - ours.withAgreement, ours.failed);
	const ratio = ours.seconds / allowed;
	const refused = (ours.refused / ours.requests) * 100;
	return [
		{
			measured: `${measured}: lost or failed`,
			ours: String(lost),
			beside: '',
			result: String(lost),
			goal: '0',
			isReached: lost === 0,
		},
		{
			measured: `${measured}: time`,
			ours: `${ours.seconds.toFixed(1)} s`,
			beside: `the limit allows: ${allowed.toFixed(1)} s; No Operation, without a request: ${idle.seconds.toFixed(1)} s`,
			result: ratio.toFixed(3),
			goal: `≤ ${MAX_OF_LIMIT.toFixed(2)}`,
			isReached: ratio <= MAX_OF_LIMIT,
		},
		{
			measured: `${measured}: refused requests`,
			ours: `${refused.toFixed(2)} %`,
			beside: '',
			result: `${refused.toFixed(2)} %`,
			goal: `≤ ${MAX_REFUSED} %`,
			isReached: refused <= MAX_REFUSED,
		},
	];
}
