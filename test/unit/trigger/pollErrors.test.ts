import type { INode, IPollFunctions } from 'n8n-workflow';

import {
	CancelledError,
	NoAnswerError,
	NotSentError,
	SignInError,
	type HttpResponse,
	type Send,
} from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { PartnerCenterClient } from '../../../nodes/MicrosoftPartnerCenter/client/PartnerCenterClient';
import { Throttle } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { asPollError } from '../../../nodes/MicrosoftPartnerCenter/trigger/pollErrors';
import { SimulatedClock } from '../../support/simulation/SimulatedClock';
import { clientOf } from '../../support/throttleClient';

const node: INode = {
	id: '1',
	name: 'Trigger',
	type: 'microsoftPartnerCenterTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const context = { getNode: () => node } as IPollFunctions;

const ID = 'ab993325-1605-4cf4-bac4-fb584142a31b';

/** What reading the audit records throws when this is sent back. */
async function thrownBy(send: () => HttpResponse): Promise<unknown> {
	const clock = new SimulatedClock();
	const client = new PartnerCenterClient({
		send: (async () => send()) satisfies Send,
		clock,
		throttle: clientOf(new Throttle(clock), 1),
		newId: () => ID,
	});
	const call = { correlationId: ID, timeout: 60_000, maxRetries: 2 };
	const days = { first: '2026-11-20', last: '2026-11-20' };
	const reading = (async () => {
		const pages = client.auditRecords.pages(days, 'Agreement', call);
		while ((await pages.next()).done !== true);
	})();
	return await clock.run(reading).then(
		() => new Error('nothing was thrown'),
		(error: unknown) => error,
	);
}

const answer = (status: number, body: unknown = '', headers = {}) => ({ status, headers, body });
const throwing = (error: Error) => () => {
	throw error;
};
const rateLimited = () => answer(429);
const linked = { items: [], links: { next: { uri: '/customers' } } };
const looped = { items: [], links: { next: { uri: '/auditrecords' } } };

describe('a failed poll', () => {
	const cases: Array<[string, () => HttpResponse]> = [
		...[400, 401, 403, 404, 409, 418, 429, 500, 503].map((status): [string, () => HttpResponse] => [
			`HTTP ${status}`,
			() => answer(status),
		]),
		['no answer', throwing(new NoAnswerError('ECONNREFUSED'))],
		['a cut connection', throwing(new NoAnswerError('ECONNRESET'))],
		['a sign-in that ended', throwing(new SignInError('AADSTS50173'))],
		['a web page', () => answer(200, '<html>')],
		['a link that leads elsewhere', () => answer(200, linked)],
		['a list without an end', () => answer(200, looped)],
		['n8n’s network rules', throwing(new NotSentError('blocked'))],
		['a long pause', () => answer(429, '', { 'retry-after': '600' })],
		['a cancelled execution', throwing(new CancelledError())],
		['anything else', throwing(new TypeError('x is not a function'))],
	];
	it.each(cases)('is put in words for a trigger: %s', async (_what, send) => {
		const { message, description } = asPollError(context, await thrownBy(send), false);
		expect(message).not.toBe('');
		expect(message).not.toBe('nothing was thrown');
		expect(`${message} ${description}`).not.toMatch(
			/\bitems?\b|'(Limit|Customer|Max \w+)'|run it again/i,
		);
		expect(description).not.toMatch(/^[\s,.;]|\s{2}/);
	});

	it('says that nothing is lost where the next poll reads on', async () => {
		const error = await thrownBy(rateLimited);
		const answered = `Microsoft's answer: HTTP 429. MS-RequestId ${ID}, MS-CorrelationId ${ID}.`;
		expect(asPollError(context, error, false).description).toBe(`Poll less often. ${answered}`);
		expect(asPollError(context, error, true).description).toBe(
			`No event is lost: the next poll starts where the last one ended. Poll less often. ${answered}`,
		);
	});

	it('keeps the status, for who looks for it', async () => {
		const refused = await thrownBy(() => answer(403));
		expect(asPollError(context, refused, true)).toMatchObject({
			name: 'NodeApiError',
			httpCode: '403',
		});
		const unanswered = await thrownBy(throwing(new NoAnswerError('ECONNREFUSED')));
		expect(asPollError(context, unanswered, true).name).toBe('NodeOperationError');
	});
});
