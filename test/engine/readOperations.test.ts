/** What every operation that reads keeps: retries, one renewal of the token, On Error, the rate limit. */
import type { IDataObject } from 'n8n-workflow';

import { open, place } from './place';
import { runOperation } from './runOperation';
import { customers, json, pairs, record } from './workplace';

describe('every operation that reads', () => {
	const READS: Array<[string, string, IDataObject]> = [
		['customerAgreement', 'getAll', {}],
		['customerAgreement', 'getStatus', {}],
		['customer', 'get', {}],
		['customer', 'getAll', { limit: 1 }],
	];

	it.each(READS)('%s/%s: a fault that passes is tried again', async (resource, operation, more) => {
		await open({ state: { customers: customers(1) } });
		for (const what of ['status-503', 'reset-before-write', 'cut-body', 'html-502'] as const) {
			place.emulator.faults.script([{ match: { path: '^/v1/' }, what }]);
			const { outputs } = await runOperation([record(1)], resource, operation, more);
			expect([what, json(outputs[1])]).toEqual([what, []]);
		}
	});

	it.each(READS)('%s/%s: an expired token is renewed once', async (resource, operation, more) => {
		await open({ state: { customers: customers(8) } });
		place.emulator.expireAccessTokens();
		const records = Array.from({ length: 8 }, (_, n) => record(n + 1));
		const { outputs } = await runOperation(records, resource, operation, more);
		expect(outputs[1]).toEqual([]);
		expect(place.emulator.tokenRequests).toHaveLength(1);
	});

	it.each(READS)('%s/%s: On Error decides, in the same way', async (resource, operation, more) => {
		await open({ state: { customers: customers(1) } });
		place.credentials.data('1').oauthTokenData = {
			...(await place.emulator.issueTokens({ kind: 'user', mfa: false })),
		};
		const error = 'Partner Center requires a sign-in with multi-factor authentication [Item 0]';
		const apart = await runOperation([record(1)], resource, operation, more);
		expect([apart.outputs[0], json(apart.outputs[1])]).toMatchObject([[], [{ error }]]);
		const on = await runOperation([record(1)], resource, operation, more, {
			onError: 'continueRegularOutput',
		});
		expect(json(on.outputs[0])).toEqual([{ error, message: expect.stringContaining('reconnect') }]);
		expect(pairs(on.outputs[0])).toEqual([0]);
		const stopped = await runOperation([record(1)], resource, operation, more, {});
		expect(stopped.result.error?.message).toBe(error);
	});

	it('a rate limit slows everybody down here as well', async () => {
		await open({
			state: { customers: customers(40) },
			latency: 5,
			rateLimit: 1200,
			rateBurst: 20,
		});
		const records = Array.from({ length: 40 }, (_, n) => record(n + 1));
		const { outputs, result } = await runOperation(records, 'customerAgreement', 'getStatus');
		expect(outputs[0]).toHaveLength(40);
		expect(result.hints('Confirm')[0]?.message).toMatch(
			/^Waited \d+ seconds? for Partner Center's rate limit\.$/,
		);
		const refused = place.emulator.requests.filter(({ status }) => status === 429).length;
		expect(refused).toBeLessThan(25);
	});
});
