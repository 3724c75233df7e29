/** What an answer is taken for: a success, a refusal, or something that nobody can tell. */
import { z } from 'zod';

import { readAnswer } from '../../../nodes/MicrosoftPartnerCenter/client/readAnswer';
import { alreadyExistsBody } from '../../support/fixtures/documented';

const schema = z.object({ isSigned: z.boolean() });
const spec = { path: '/v1/x', schema, expected: 'a status' };
const answer = (status: number, body: unknown) => ({ status, body, headers: {} });
const read = (status: number, body: unknown, more: object = {}) =>
	readAnswer(answer(status, body), { ...spec, ...more });

it('a success that fits is its value, and what it does not know is dropped', () => {
	const body = '{"isSigned":true,"new":1}';
	expect(read(200, body)).toEqual({
		kind: 'answered',
		response: answer(200, body),
		body: { isSigned: true },
	});
});

it('600061 is the answer, whatever status comes with it', () => {
	for (const status of [200, 400, 409, 500]) {
		expect(read(status, JSON.stringify(alreadyExistsBody))).toMatchObject({
			kind: 'answered',
			facts: { code: '600061' },
		});
	}
});

it.each([
	['a page of a proxy', '<html><body>Welcome</body></html>'],
	['a body that was cut off', '{"isSigned":tr'],
	['another thing', '{"isSigned":"yes"}'],
	['nothing', ''],
])('%s is no success', (_what, body) => {
	expect(read(200, body).kind).toBe('unreadable');
});

it('a refusal that was cut off may have been 600061, one without a body may not', () => {
	expect(read(409, '{"code":6000').kind).toBe('unreadable');
	expect(read(403, '')).toMatchObject({ kind: 'answered', facts: { status: 403 } });
});

it('a body that no reader can take is an answer all the same', () => {
	const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
	const lazy = z.lazy((): z.ZodTypeAny => z.array(lazy));
	expect(read(200, deep, { schema: lazy })).toMatchObject({ kind: 'unreadable' });
});

it('a success of something else than was sent is told apart: it is not asked for again', () => {
	const differenceOf = () => 'primaryContact.email';
	expect(read(201, '{"isSigned":true}', { differenceOf })).toMatchObject({
		kind: 'unreadable',
		isUnverified: true,
		fault: { is: 'different', property: 'primaryContact.email' },
	});
	expect(read(202, '{"isSigned":true}', { differenceOf })).toMatchObject({
		isUnverified: true,
		fault: { is: 'oddStatus', status: 202 },
	});
});
