/** How long it takes until the record of a confirmation is in the activity log. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../wire/ApiClient';
import { auditRecordSchema, collectionOf } from '../wire/shapes';
import type { Exchange } from '../wire/ApiClient';

const recordsSchema = collectionOf(auditRecordSchema);
export interface AuditLatency {
	/** Seconds from the confirmation to the last look that did not find its record; 0 for none. */
	atLeast: number;
	/** Seconds to the first look that did. */
	atMost: number;
}

/** Between two looks, growing: at first the moment counts, then Microsoft's limits do. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
const GROWTH = 1.1;
/** Clocks differ. */
const CLOCK_MS = 2 * 60_000;

/**
 * @param longestWaitSeconds counted from the confirmation
 * @returns undefined when no look found it
 */
export async function auditLatency(
	client: ApiClient,
	customer: string,
	confirmation: Exchange,
	longestWaitSeconds: number,
): Promise<AuditLatency | undefined> {
	const confirmedAt = confirmation.answer.receivedAt;
	const startDate = new Date(confirmedAt - CLOCK_MS).toISOString().slice(0, 10);
	let atLeast = 0;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
		const { json, answer, sentAt } = await client.call({
			method: 'GET',
			path: '/v1/auditrecords',
			query: {
				startDate,
				filter: JSON.stringify({ Field: 'CustomerId', Value: customer, Operator: 'equals' }),
			},
		});
		const records = recordsSchema.safeParse(json);
		const found = records.data?.items.some(
			({ operationDate, operationType }) =>
				operationType === 'create_agreement' &&
				Date.parse(operationDate) >= confirmation.sentAt - CLOCK_MS,
		);
		const atMost = (answer.receivedAt - confirmedAt) / 1000;
		if (found === true) return { atLeast, atMost };
		if (atMost > longestWaitSeconds) return undefined;
		atLeast = (sentAt - confirmedAt) / 1000;
		await delay(pause);
	}
}
