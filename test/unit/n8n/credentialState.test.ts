/** What executions share of one credential, and for how long it is kept. */
import { credentialState } from '../../../nodes/MicrosoftPartnerCenter/n8n/credentialState';
import { clientOf } from '../../support/throttleClient';

const HOUR_MS = 60 * 60_000;
const TYPE = 'MicrosoftCustomerAgreement';

// One clock for all tests: what they share of a process is kept by the time of its last use.
beforeAll(() => jest.useFakeTimers());
afterAll(() => jest.useRealTimers());

let count = 0;
/** A credential that no other test has used. */
const newKey = () => JSON.stringify(['credential', ++count]);

it('everybody with the same credential shares one gate', () => {
	const key = newKey();
	expect(credentialState(key).throttle).toBe(credentialState(key).throttle);
	expect(credentialState(key).throttle).not.toBe(credentialState(newKey()).throttle);
});

it('templates that one looked up are there for all, by type', async () => {
	const key = newKey();
	const ask = jest.fn(async () => []);
	const patience = { timeout: 1_000, maxRetries: 0 };
	const clock = { monotonic: () => performance.now(), sleep: async () => undefined };
	await credentialState(key).templates(TYPE).get(ask, patience, clock);
	await credentialState(key).templates(TYPE).get(ask, patience, clock);
	expect(ask).toHaveBeenCalledTimes(1);
	await credentialState(key).templates('MicrosoftCloudAgreement').get(ask, patience, clock);
	await credentialState(newKey()).templates(TYPE).get(ask, patience, clock);
	expect(ask).toHaveBeenCalledTimes(3);
	jest.advanceTimersByTime(HOUR_MS + 1);
	await credentialState(key).templates(TYPE).get(ask, patience, clock);
	expect(ask).toHaveBeenCalledTimes(4);
});

it('is kept while it is used, and dropped after an hour without', () => {
	const key = newKey();
	const { throttle } = credentialState(key);
	for (let hour = 0; hour < 3; hour += 1) {
		jest.advanceTimersByTime(HOUR_MS);
		expect(credentialState(key).throttle).toBe(throttle);
	}
	jest.advanceTimersByTime(HOUR_MS + 1);
	credentialState(newKey());
	expect(credentialState(key).throttle).not.toBe(throttle);
});

it('is not dropped while a request is under way with it', async () => {
	const key = newKey();
	const { throttle } = credentialState(key);
	const member = clientOf(throttle, 1);
	const slot = await member.acquire();
	jest.advanceTimersByTime(2 * HOUR_MS);
	credentialState(newKey());
	expect(credentialState(key).throttle).toBe(throttle);
	slot.release({ kind: 'answered' });
});
