import fc from 'fast-check';

import { readErrorFacts } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import {
	NoAnswerError,
	type HttpResponse,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import {
	backoff,
	mayHaveBeenCarriedOut,
	readRetryAfter,
	waitBeforeRetry,
} from '../../../nodes/MicrosoftPartnerCenter/client/retry';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const response = (status: number, body: unknown = '', headers = {}): HttpResponse => ({
	status,
	headers,
	body,
});
const answered = (status: number, body: unknown = '', headers = {}) => {
	const answer = response(status, body, headers);
	return { kind: 'answered' as const, response: answer, body, facts: readErrorFacts(answer, body) };
};

describe('what is tried again', () => {
	it.each([408, 500, 502, 503, 504])('HTTP %d', (status) => {
		expect(waitBeforeRetry(answered(status), NOW)).toBe(0);
	});

	it.each([400, 401, 403, 404, 405, 406, 409, 412, 422, 429, 501, 302])('not HTTP %d', (status) => {
		expect(waitBeforeRetry(answered(status), NOW)).toBeUndefined();
	});

	it('what Partner Center marks as retryable, whatever its status', () => {
		expect(waitBeforeRetry(answered(409, { code: 1, isRetryable: true }), NOW)).toBe(0);
		expect(waitBeforeRetry(answered(409, { code: 1, isRetryable: false }), NOW)).toBeUndefined();
	});

	it('trouble, also when it is marked as not retryable', () => {
		expect(waitBeforeRetry(answered(503, { isRetryable: false }), NOW)).toBe(0);
	});

	it('silence, and a success that can’t be read', () => {
		const error = new NoAnswerError('ECONNRESET');
		expect(waitBeforeRetry({ kind: 'noAnswer', error }, NOW)).toBe(0);
		const garbled = {
			kind: 'unreadable' as const,
			response: response(200),
			fault: { is: 'notJson' as const },
		};
		expect(waitBeforeRetry(garbled, NOW)).toBe(0);
	});
});

describe('Retry-After', () => {
	it.each([
		['seconds', { 'retry-after': '57' }, '', 57_000],
		['a number', { 'retry-after': 2 }, '', 2_000],
		['a date', { 'retry-after': 'Fri, 20 Nov 2026 10:01:30 GMT' }, '', 90_000],
		['a date that has passed', { 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, '', 0],
		['words', { 'retry-after': 'soon' }, '', 0],
		[
			'the gateway’s text',
			{},
			{ message: 'Rate limit is exceeded. Try again in 57 seconds.' },
			57_000,
		],
		['the gateway’s text, unparsed', {}, '{"message":"Try again in 1 second."}', 1_000],
		['nothing', {}, '', 0],
	])('is read from %s', (_what, headers, body, expected) => {
		expect(readRetryAfter(response(429, body, headers), NOW)).toBe(expected);
	});
});

it('pauses grow from half a second to 30 seconds, anywhere in between', () => {
	expect([0, 1, 2, 3, 6, 9].map((retry) => backoff(retry, 1))).toEqual([
		...[500, 1000, 2000, 4000, 30_000, 30_000],
	]);
	fc.assert(
		fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
			expect(backoff(retry, random)).toBeGreaterThanOrEqual(0);
			expect(backoff(retry, random)).toBeLessThanOrEqual(30_000);
		}),
	);
});

describe('a write may have been carried out', () => {
	it.each([
		['after silence', { kind: 'noAnswer', error: new NoAnswerError('ECONNRESET') }, true],
		[
			'not when never connected',
			{ kind: 'noAnswer', error: new NoAnswerError('ECONNREFUSED') },
			false,
		],
		[
			'not when the sign-in was silent',
			{ kind: 'noAnswer', error: new NoAnswerError('ECONNRESET', 'Microsoft Entra') },
			false,
		],
		['after HTTP 500', answered(500), true],
		['after HTTP 408', answered(408), true],
		['not after a rate limit', answered(429), false],
		['not after a refusal', answered(403), false],
		[
			'after a success that can’t be read',
			{ kind: 'unreadable', response: response(201), fault: { is: 'notJson' } },
			true,
		],
	] as const)('%s', (_what, tried, expected) => {
		expect(mayHaveBeenCarriedOut(tried)).toBe(expected);
	});
});
