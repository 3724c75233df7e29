/** Taken or free: only an answer of Partner Center's says so. */
import { clientThatGets } from '../../support/clientThatGets';
import { CORRELATION_ID, REQUEST_ID } from '../../support/fixtures/documented';
import { inWords } from '../../support/inWords';

const call = { correlationId: CORRELATION_ID, timeout: 60_000, maxRetries: 0 };
const headers = { 'ms-requestid': REQUEST_ID };
const check = (answer: object) => {
	const { client, sent } = clientThatGets(answer);
	return { sent, taken: inWords(client.domains.isTaken('contoso.com', call)) };
};

it('200 is taken, 404 is free, asked with HEAD', async () => {
	const { sent, taken } = check({ status: 200, headers });
	await expect(taken).resolves.toBe(true);
	expect(sent).toMatchObject([{ method: 'HEAD', path: '/v1/domains/contoso.com' }]);
	await expect(check({ status: 404, headers }).taken).resolves.toBe(false);
});

it.each([200, 404])('a bare %d of something else is neither', async (status) => {
	await expect(check({ status, headers: { server: 'proxy' } }).taken).rejects.toMatchObject({
		message: "Partner Center's answer can't be read: it lacks Partner Center's own headers",
		advice: expect.stringContaining(`HTTP ${status}`),
	});
});

it('a refusal is one', async () => {
	await expect(check({ status: 403, headers }).taken).rejects.toMatchObject({
		message: 'Partner Center does not let this user do that',
	});
});
