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

/** One look at the customer's part of the activity log. */
export interface AuditLook {
	found: boolean;
	/** Milliseconds since 1970. */
	sentAt: number;
	receivedAt: number;
}

/** Looks for the record of a confirmation. */
export async function auditLook(
	client: ApiClient,
	customer: string,
	confirmation: Exchange,
): Promise<AuditLook> {
	const earliest = confirmation.sentAt - CLOCK_MS;
	const { json, answer, sentAt } = await client.call({
		method: 'GET',
		path: '/v1/auditrecords',
		query: {
			startDate: new Date(earliest).toISOString().slice(0, 10),
			filter: JSON.stringify({ Field: 'CustomerId', Value: customer, Operator: 'equals' }),
		},
	});
	const records = recordsSchema.safeParse(json);
	const found = records.data?.items.some(
		({ operationDate, operationType }) =>
			operationType === 'create_agreement' && Date.parse(operationDate) >= earliest,
	);
	return { found: found === true, sentAt, receivedAt: answer.receivedAt };
}

/**
 * @param first the look that followed the confirmation at once
 * @param longestWaitSeconds counted from the confirmation
 * @returns undefined when no look found it
 */
export async function auditLatency(
	client: ApiClient,
	customer: string,
	{ confirmation, first }: { confirmation: Exchange; first: AuditLook },
	longestWaitSeconds: number,
): Promise<AuditLatency | undefined> {
	const since = (moment: number) => (moment - confirmation.answer.receivedAt) / 1000;
	let look = first;
	let atLeast = 0;
	for (
		let pause = FIRST_PAUSE_MS;
		!look.found;
		pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)
	) {
		if (since(look.receivedAt) > longestWaitSeconds) return undefined;
		atLeast = since(look.sentAt);
		await delay(pause);
		look = await auditLook(client, customer, confirmation);
	}
	return { atLeast, atMost: since(look.receivedAt) };
}
