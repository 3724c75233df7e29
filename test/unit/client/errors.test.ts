/** The facts that an error carries, whatever it is called in words. */
import {
	CancellationError,
	PartnerCenterError,
	readErrorFacts,
} from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import { NoAnswerError } from '../../../nodes/MicrosoftPartnerCenter/client/http';
import { callContext } from '../../support/callContext';

const call = callContext({ ofCustomer: true });
const inDoubt = { ...call, inDoubt: true };

it('a refusal carries what Partner Center said', () => {
	const facts = { status: 404, code: '1000' };
	expect(new PartnerCenterError({ kind: 'refused', facts, call }).facts).toEqual(facts);
});

it.each([
	[
		'an answer that can’t be read',
		{ kind: 'unreadable', status: 201, fault: { is: 'cutOff' }, call },
	],
	['a document that is refused', { kind: 'documentRefused', status: 201 }],
] as const)('%s carries its status', (_what, problem) => {
	expect(new PartnerCenterError(problem).facts).toEqual({ status: 201 });
});

it('a rate limit is HTTP 429, and silence is nothing', () => {
	expect(new PartnerCenterError({ kind: 'rateLimited', call }).facts).toEqual({ status: 429 });
	const cause = new NoAnswerError('ECONNRESET');
	const silence = new PartnerCenterError({ kind: 'unanswered', cause, timeout: 1, call });
	expect(silence.facts).toEqual({});
});

it('the outcome is unknown where a write is in doubt, and where its answer says something else', () => {
	const unknown = [
		new PartnerCenterError({ kind: 'refused', facts: { status: 503 }, call: inDoubt }),
		new PartnerCenterError({ kind: 'unverified', status: 201, fault: { is: 'empty' }, call }),
		new PartnerCenterError({ kind: 'undecided', reason: undefined, ids: call.ids }),
		new CancellationError({ inDoubt: true, creates: 'confirmation' }),
	];
	const known = [
		new PartnerCenterError({ kind: 'refused', facts: { status: 400 }, call }),
		new PartnerCenterError({ kind: 'notSent', reason: 'blocked', call }),
		new CancellationError(),
	];
	expect(unknown.map(({ inDoubt }) => inDoubt)).not.toContain(false);
	expect(known.map(({ inDoubt }) => inDoubt)).not.toContain(true);
});

it('no sentence for a person is in its message', () => {
	expect(new PartnerCenterError({ kind: 'pageLoop' }).message).toBe('pageLoop');
});

it('a body that says nothing is quoted by its beginning', () => {
	const response = { status: 400, headers: {}, body: 'x'.repeat(400) };
	expect(readErrorFacts(response, undefined).text).toHaveLength(301);
});
