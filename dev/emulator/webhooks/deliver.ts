/**
 * Sends a test event to the partner's own address, in one try; Partner Center makes ten. It is not
 * signed: a receiver that checks Microsoft's certificate refuses it, as it should.
 */
import { STATUS_CODES } from 'node:http';
import type { DeliveryResult } from './WebhookRegister';
import { TEST_EVENT } from './events';

const PATIENCE_MS = 5_000;

export async function deliverTestEvent(
	callbackUrl: string,
	resourceUri: string,
	closing: AbortSignal,
): Promise<DeliveryResult> {
	const now = new Date().toISOString();
	const body = JSON.stringify({
		EventName: TEST_EVENT,
		ResourceUri: resourceUri,
		ResourceName: 'test',
		AuditUri: null,
		ResourceChangeUtcDate: now.replace('Z', '+00:00'),
	});
	try {
		const { status } = await fetch(callbackUrl, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json' },
			redirect: 'manual',
			signal: AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)]),
		});
		return result(now, (STATUS_CODES[status] ?? String(status)).replace(/[^A-Za-z0-9]/g, ''), '');
	} catch (error) {
		return { ...result(now, '', String(error)), systemError: true };
	}
}

/** The date has no zone in the example. */
function result(now: string, responseCode: string, responseMessage: string): DeliveryResult {
	const dateTimeUtc = now.replace('Z', '');
	return { responseCode, responseMessage, systemError: false, dateTimeUtc };
}
