/** What a refusal means, and to whom; the whole table of answers is in explain.test.ts. */
import { explainCode } from '../../../nodes/MicrosoftPartnerCenter/messages/refusals';
import { PartnerCenterError } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import type { HttpResponse } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';

const CUSTOMER = '14876998-c0dc-46e6-9d0c-65a57a6c32ec';
const ID = 'ba35d250-e45f-433a-b660-3fa3660401f6';
const call = { correlationId: ID, timeout: 60_000, maxRetries: 0, maxRateLimitWait: 0 };

function clientThatGets(
	answer: Partial<HttpResponse> | (() => Partial<HttpResponse>),
	appOnly = false,
): PartnerCenterClient {
	const next = typeof answer === 'function' ? answer : () => answer;
	const clock = new SimulatedClock();
	return new PartnerCenterClient({
		clock,
		appOnly,
		throttle: new Throttle(clock).join(10),
		newId: () => ID,
		send: () => Promise.resolve({ status: 200, headers: {}, body: '', ...next() }),
	});
}

async function refusalOf(work: Promise<unknown>): Promise<PartnerCenterError & { advice: string }> {
	const error: unknown = await inWords(work).catch((reason: unknown) => reason);
	if (!(error instanceof PartnerCenterError)) throw new Error('It was not refused');
	return error as PartnerCenterError & { advice: string };
}

describe('what the app alone is told', () => {
	const read = (answer: Partial<HttpResponse>) =>
		refusalOf(clientThatGets(answer, true).customers.get(CUSTOMER, call));

	it.each([
		[{ status: 401 }, 'Partner Center refused the token, also after it was renewed'],
		[{ status: 401, body: { code: '900421' } }, 'Partner Center refused the token'],
		[{ status: 403 }, 'Partner Center does not let this app do that'],
	])('%j: nothing about connecting as a user', async (answer, what) => {
		const { message, advice } = await read(answer);
		expect(message).toContain(what);
		expect(advice).toContain('App management');
		expect(advice).not.toMatch(/reconnect|as a user|multi-factor/);
	});
});

describe('a code', () => {
	it.each(['10001', '900420', '20002', '1000', '900150', '3000', '600061'])(
		'%s has words of its own',
		(code) => {
			expect(explainCode(code)).toMatchObject({
				message: expect.stringMatching(/\w+ \w+/),
				advice: expect.stringMatching(/\w+ \w+/),
			});
		},
	);

	it.each(['', '4711', 'constructor', '__proto__'])('%j has none', (code) => {
		expect(explainCode(code)).toBeUndefined();
	});
});
