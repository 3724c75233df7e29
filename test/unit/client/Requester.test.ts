/** A call over its tries: what is sent again, how long is waited, and what is left in doubt. */
import type { ConfirmOptions } from '../../../nodes/MicrosoftPartnerCenter/client/Agreements';
import {
	CancelledError,
	NoAnswerError,
	type HttpRequest,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import {
	alreadyExistsBody,
	CONFIRM_CUSTOMER_ID,
	confirmRequestBody,
	confirmResponseBody,
	CORRELATION_ID,
} from '../../support/fixtures/documented';
import { clientThatGets } from '../../support/clientThatGets';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { inWords } from '../../support/inWords';
import { clientOf } from '../../support/throttleClient';

const response = (status: number, body: unknown = '', headers = {}): HttpResponse => ({
	status,
	headers,
	body,
});

type Answer = HttpResponse | Error;
const created = response(201, confirmResponseBody);
const exists = response(409, alreadyExistsBody);
const unavailable = response(503);

function scenario(answers: Answer[], { maxRetries = 5 } = {}) {
	const clock = new SimulatedClock(7);
	const sent: HttpRequest[] = [];
	let ids = 0;
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(new Throttle(clock), 10),
		newId: () => `id-${++ids}`,
		send: async (request) => {
			sent.push(request);
			await clock.after(10);
			const answer = answers.shift() ?? unavailable;
			if (answer instanceof Error) throw answer;
			return answer;
		},
	});
	const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries };
	const confirm = (history: Partial<ConfirmOptions> = {}) =>
		inWords(
			clock.run(
				client.agreements.confirm(
					{ customerId: CONFIRM_CUSTOMER_ID, agreement: confirmRequestBody },
					{ ...call, ...history },
				),
			),
		);
	return {
		client,
		call,
		clock,
		sent,
		confirm,
		requestIds: () => sent.map((one) => one.headers['MS-RequestId']),
	};
}

const postsIn = (sent: HttpRequest[]) => sent.filter(({ method }) => method === 'POST');

const listed = (change: object = {}) =>
	response(200, {
		items: [{ ...confirmResponseBody, dateAgreed: '2018-06-14T00:00:00', ...change }],
	});

describe('a confirmation that is tried again', () => {
	it('keeps its MS-RequestId and body until it is answered', async () => {
		const { confirm, sent, requestIds } = scenario([
			unavailable,
			new NoAnswerError('ECONNRESET'),
			response(429, '', { 'retry-after': '3' }),
			created,
		]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed', requestId: 'id-1' });
		expect(requestIds()).toEqual(['id-1', 'id-1', 'id-1', 'id-1']);
		expect(new Set(sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
	});

	it('waits at least as long as it is asked to', async () => {
		const { confirm, clock } = scenario([response(503, '', { 'retry-after': '40' }), created]);
		const before = clock.now();
		await confirm();
		expect(clock.now() - before).toBeGreaterThanOrEqual(40_000);
	});

	it('is not tried again with Max Retries 0', async () => {
		const { confirm, sent } = scenario([unavailable, created], { maxRetries: 0 });
		await expect(confirm()).rejects.toThrow('Partner Center could not process the request');
		expect(postsIn(sent)).toHaveLength(1);
	});

	it('gives up after Max Retries, and says that the outcome is not known', async () => {
		const { confirm, sent } = scenario([], { maxRetries: 3 });
		await expect(confirm()).rejects.toMatchObject({
			message: 'Partner Center could not process the request, also after 3 retries',
			advice: expect.stringMatching(/^Whether the confirmation was recorded is not known/),
		});
		expect(postsIn(sent)).toHaveLength(4);
	});

	it('gives up after 15 minutes, whatever Max Retries allows', async () => {
		const busy = Array.from({ length: 20 }, () => response(503, '', { 'retry-after': '240' }));
		const { confirm, clock, sent } = scenario(busy, { maxRetries: 20 });
		const before = clock.now();
		await expect(confirm()).rejects.toThrow('also after 3 retries');
		expect(clock.now() - before).toBeLessThan(15 * 60_000);
		expect(postsIn(sent)).toHaveLength(4);
	});

	it('does not wait for a Retry-After beyond five minutes, and says so', async () => {
		const { confirm, sent } = scenario([response(429, '', { 'retry-after': '601' })]);
		await expect(confirm()).rejects.toMatchObject({
			message: 'Partner Center asks to wait 11 minutes; a run waits 5 minutes at most',
			advice: expect.stringContaining('MS-RequestId id-1'),
		});
		expect(sent).toHaveLength(1);
	});

	it('is not tried again after a refusal', async () => {
		const { confirm, sent } = scenario([response(403, { code: '20002' }), created]);
		await expect(confirm()).rejects.toThrow(/relationship/);
		expect(sent).toHaveLength(1);
	});

	it('ends at once when the execution is cancelled while it waits', async () => {
		const { confirm, clock, sent } = scenario([response(503, '', { 'retry-after': '200' })]);
		clock.sleep = async () => {
			await Promise.resolve();
			throw new CancelledError();
		};
		await expect(confirm()).rejects.toMatchObject({
			message: 'The execution was cancelled before this item was done',
			advice: expect.stringContaining('is not known'),
		});
		expect(sent).toHaveLength(1);
	});
});

describe('600061 after an unanswered try', () => {
	const cut = () => new NoAnswerError('ECONNRESET');

	it('is this item’s own confirmation when contact, template and date are equal', async () => {
		const { confirm } = scenario([cut(), exists, listed()]);
		await expect(confirm()).resolves.toMatchObject({
			outcome: 'confirmed',
			reconciled: true,
			requestId: 'id-1',
			agreement: { dateAgreed: '2018-06-14T00:00:00' },
		});
	});

	it.each([
		['another date', { dateAgreed: '2018-06-15T00:00:00' }],
		['another template', { templateId: '998b88de-aa99-4388-a42c-1b3517d49490' }],
		[
			'another contact',
			{ primaryContact: { ...confirmRequestBody.primaryContact, lastName: 'carr' } },
		],
	])('is somebody else’s with %s', async (_what, change) => {
		const { confirm } = scenario([cut(), exists, listed(change)]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'alreadyExists' });
	});

	it.each([
		['HTTP 500', response(500)],
		['a gateway’s page', response(502, '<html>')],
		['a cut-off success', response(201, '{"userId":')],
	])('is looked into after %s as well', async (_what, first) => {
		const { confirm } = scenario([first, exists, listed()]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed', reconciled: true });
	});

	it('is read again where the answer that may say it was cut off', async () => {
		const { confirm } = scenario([response(409, '{"code":6000'), exists]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'alreadyExists' });
	});

	it('is not looked into after a rate limit, which is no try', async () => {
		const { confirm, sent } = scenario([response(429, '', { 'retry-after': '1' }), exists]);
		await expect(confirm()).resolves.toMatchObject({ outcome: 'alreadyExists' });
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('is somebody else’s where somebody else is known to have made it', async () => {
		const { confirm, sent } = scenario([cut(), exists]);
		await expect(confirm({ isKnownToExist: () => true })).resolves.toMatchObject({
			outcome: 'alreadyExists',
		});
		expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('is looked into where an earlier try of the same item ended unanswered', async () => {
		const { confirm } = scenario([exists, listed()]);
		await expect(confirm({ hasUnansweredTry: true })).resolves.toMatchObject({ reconciled: true });
	});

	it('stays open when the agreements can’t be read: an error that says so, never a guess', async () => {
		const { confirm } = scenario([cut(), exists, response(403, { code: 900150 })]);
		await expect(confirm()).rejects.toMatchObject({
			message: expect.stringMatching(/exists, but whether this item recorded it is not known/),
			advice: expect.stringMatching(/Compare contact, template and date.*MS-RequestId id-1/s),
		});
	});
});

describe('a rate limit', () => {
	const limited = (seconds?: number) =>
		response(
			429,
			{ statusCode: 429, message: 'Rate limit is exceeded.' },
			seconds === undefined ? {} : { 'retry-after': String(seconds) },
		);

	it('does not use up Max Retries', async () => {
		const answers = Array.from({ length: 30 }, () => limited(3));
		const { confirm, sent } = scenario([...answers, unavailable, created], { maxRetries: 1 });
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed' });
		expect(sent).toHaveLength(32);
	});

	it('is waited for also with Max Retries 0', async () => {
		const { confirm } = scenario([limited(3), created], { maxRetries: 0 });
		await expect(confirm()).resolves.toMatchObject({ outcome: 'confirmed' });
	});

	it('is given up after a quarter of an hour, in Microsoft’s words', async () => {
		const answers = Array.from({ length: 2000 }, () => limited(60));
		const { confirm, clock } = scenario(answers);
		const before = clock.now();
		await expect(confirm()).rejects.toMatchObject({
			message: expect.stringMatching(
				/^Partner Center's rate limit is exceeded, also after \d+ retr/,
			),
			advice: expect.stringContaining('HTTP 429, "Rate limit is exceeded."'),
		});
		expect(clock.now() - before).toBeGreaterThan(14 * 60_000);
		expect(clock.now() - before).toBeLessThan(18 * 60_000);
	});

	it('is final then, also where Partner Center calls it retryable', async () => {
		const sentOf = async (body: object) => {
			const one = { ...limited(60), body: JSON.stringify(body) };
			const { confirm, sent } = scenario(Array.from({ length: 2000 }, () => one));
			await expect(confirm()).rejects.toThrow(/rate limit/);
			return sent.length;
		};
		const refusal = { code: 429, description: 'Rate limit is exceeded.' };
		expect(await sentOf({ ...refusal, isRetryable: true })).toBe(await sentOf(refusal));
	});

	it('that names no time is asked again less and less often', async () => {
		const answers = Array.from({ length: 2000 }, () => limited());
		const { confirm, sent } = scenario(answers);
		await expect(confirm()).rejects.toThrow(/rate limit/);
		expect(sent.length).toBeLessThan(60);
	});

	it('is waited for no longer than the caller has time', async () => {
		const { client, clock, call, sent } = scenario([limited(40), created]);
		const short = { ...call, maxRateLimitWait: 30_000 };
		const listing = client.agreements.list(
			CONFIRM_CUSTOMER_ID,
			'MicrosoftCustomerAgreement',
			short,
		);
		await expect(inWords(clock.run(listing))).rejects.toThrow(
			"Partner Center's rate limit is exceeded",
		);
		expect(sent).toHaveLength(1);
	});
});

it('waiting for its turn is not time spent retrying', async () => {
	const clock = new SimulatedClock(3);
	const shared = new Throttle(clock);
	const answers = [unavailable, unavailable, created];
	const client = new PartnerCenterClient({
		clock,
		throttle: clientOf(shared, 10),
		newId: () => 'id',
		send: () => Promise.resolve(answers.shift() ?? unavailable),
	});
	// Others have the throttle for themselves for longer than anybody retries.
	const slots = await Promise.all(Array.from({ length: 4 }, () => clientOf(shared, 1).acquire()));
	const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 5 };
	const confirming = client.agreements.confirm(
		{ customerId: CONFIRM_CUSTOMER_ID, agreement: confirmRequestBody },
		call,
	);
	await clock.run(clock.after(16 * 60_000));
	for (const slot of slots) slot.release({ kind: 'answered' });
	await expect(clock.run(confirming)).resolves.toMatchObject({ outcome: 'confirmed' });
});

it('a clock that is set does not change what is waited for', async () => {
	for (const jump of [3_600_000, -3_600_000]) {
		const { confirm, clock } = scenario([
			response(429, '', { 'retry-after': '5' }),
			unavailable,
			created,
		]);
		const before = clock.monotonic();
		const confirming = confirm();
		clock.set(jump);
		await expect(confirming).resolves.toMatchObject({ outcome: 'confirmed' });
		expect(clock.monotonic() - before).toBeLessThan(10_000);
	}
});

it('a pause that is too long keeps the status of the answer that asked for it', async () => {
	const { client, clock } = clientThatGets({ status: 503, headers: { 'retry-after': '600' } });
	const reading = clock.run(
		client.customers.get(CONFIRM_CUSTOMER_ID, {
			correlationId: CORRELATION_ID,
			timeout: 60_000,
			maxRetries: 3,
		}),
	);
	await expect(reading).rejects.toMatchObject({
		facts: { status: 503 },
		problem: { kind: 'pauseTooLong', requested: 600_000 },
	});
});
