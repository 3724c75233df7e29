/** A client that gets one answer, and what a refusal says in words. */
import { PartnerCenterError } from '../../nodes/MicrosoftPartnerCenter/client/errors';
import type { HttpResponse } from '../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../nodes/MicrosoftPartnerCenter/client/throttle';
import { inWords } from './inWords';
import { SimulatedClock } from './simulation/SimulatedClock';
import { clientOf } from './throttleClient';

export const ID = 'ba35d250-e45f-433a-b660-3fa3660401f6';
export const call = { correlationId: ID, timeout: 60_000, maxRetries: 0, maxRateLimitWait: 0 };

export function clientThatAnswers(
	answer: Partial<HttpResponse> | (() => Partial<HttpResponse>),
	appOnly = false,
): PartnerCenterClient {
	const next = typeof answer === 'function' ? answer : () => answer;
	const clock = new SimulatedClock();
	return new PartnerCenterClient({
		clock,
		appOnly,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => ID,
		send: () => Promise.resolve({ status: 200, headers: {}, body: '', ...next() }),
	});
}

export async function refusalOf(
	work: Promise<unknown>,
): Promise<PartnerCenterError & { advice: string }> {
	const error: unknown = await inWords(work).catch((reason: unknown) => reason);
	if (!(error instanceof PartnerCenterError)) throw new Error('It was not refused');
	return error as PartnerCenterError & { advice: string };
}
