import {
	afterRetries,
	duration,
	quote,
} from '../../../nodes/MicrosoftPartnerCenter/messages/words';

it.each([
	[1, '1 second'],
	[1_000, '1 second'],
	[1_001, '2 seconds'],
	[60_000, '60 seconds'],
	[119_000, '119 seconds'],
	[120_000, '2 minutes'],
	[899_000, '15 minutes'],
])('%d milliseconds are %s', (milliseconds, words) => {
	expect(duration(milliseconds)).toBe(words);
});

it.each([
	[0, ''],
	[1, ', also after 1 retry'],
	[2, ', also after 2 retries'],
])('%d retries are said as %j', (retries, words) => {
	expect(afterRetries(retries)).toBe(words);
});

it('an answer is quoted with what there is of it, and both ids', () => {
	const ids = { requestId: 'one', correlationId: 'two' };
	expect(quote({ status: 404 }, ids)).toBe(
		"Microsoft's answer: HTTP 404. MS-RequestId one, MS-CorrelationId two.",
	);
	expect(quote({ status: 400, code: '3000', text: 'No', details: 'date' }, ids)).toContain(
		'HTTP 400, code 3000, "No", date.',
	);
});
