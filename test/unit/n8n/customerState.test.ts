/** Whoever confirms a customer does so alone in this process, and finds what others came to know. */
import { withCustomerLock } from '../../../nodes/MicrosoftPartnerCenter/n8n/customerState';
import { API, turns } from '../../support/n8nContext';

const HOUR_MS = 60 * 60_000;
const NO_END = new AbortController().signal;

let count = 0;
/** A customer that no other test has confirmed. */
const newCustomer = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;

/** Somebody who stays with the customer until told to go. */
function visitor(seen: string[], name: string, customerId: string, baseUrl = API) {
	let go: () => void = () => undefined;
	const until = new Promise<void>((resolve) => {
		go = resolve;
	});
	const done = withCustomerLock(baseUrl, customerId, NO_END, async () => {
		seen.push(name);
		await until;
		return name;
	});
	return { go, done };
}

it('one after another, in the order of asking, however the ID is written', async () => {
	const seen: string[] = [];
	const id = `ABCD${newCustomer().slice(4)}`;
	const first = visitor(seen, 'first', id);
	const second = visitor(seen, 'second', id.toLowerCase());
	const third = visitor(seen, 'third', id);
	await turns();
	expect(seen).toEqual(['first']);
	second.go();
	third.go();
	await turns();
	expect(seen).toEqual(['first']);
	first.go();
	await expect(Promise.all([first.done, second.done, third.done])).resolves.toEqual([
		'first',
		'second',
		'third',
	]);
	expect(seen).toEqual(['first', 'second', 'third']);
});

it('another customer, and the same ID at another API, are not waited for', async () => {
	const seen: string[] = [];
	const id = newCustomer();
	const all = [
		visitor(seen, 'one', id),
		visitor(seen, 'another customer', newCustomer()),
		visitor(seen, 'another API', id, 'http://localhost:8787'),
	];
	await turns();
	expect(seen).toEqual(['one', 'another customer', 'another API']);
	for (const { go, done } of all) {
		go();
		await done;
	}
});

it('who fails leaves the customer to the next', async () => {
	const id = newCustomer();
	const failing = withCustomerLock(API, id, NO_END, async () => {
		throw new Error('no answer');
	});
	const next = withCustomerLock(API, id, NO_END, async () => 'next');
	await expect(failing).rejects.toThrow('no answer');
	await expect(next).resolves.toBe('next');
});

it('who is cancelled while waiting runs nothing, and holds up nobody', async () => {
	const seen: string[] = [];
	const id = newCustomer();
	const first = visitor(seen, 'first', id);
	const stop = new AbortController();
	const run = jest.fn(async () => 'ran');
	const cancelled = withCustomerLock(API, id, stop.signal, run);
	const last = visitor(seen, 'last', id);
	await turns();
	stop.abort();
	await expect(cancelled).resolves.toBeUndefined();
	first.go();
	last.go();
	await expect(last.done).resolves.toBe('last');
	expect(run).not.toHaveBeenCalled();
});

describe('what is known of a customer', () => {
	beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
	afterEach(() => jest.useRealTimers());

	const knownOf = async (customerId: string, baseUrl = API) =>
		await withCustomerLock(baseUrl, customerId, NO_END, async ({ known }) => [...known]);
	const learn = async (customerId: string) =>
		await withCustomerLock(API, customerId, NO_END, async ({ known }) => {
			known.add('Tania Carr');
		});

	it('is there for the next, and for nobody else', async () => {
		const id = newCustomer();
		await learn(id);
		expect(await knownOf(id.toUpperCase())).toEqual(['Tania Carr']);
		expect(await knownOf(newCustomer())).toEqual([]);
		expect(await knownOf(id, 'http://localhost:8787')).toEqual([]);
	});

	it('is forgotten an hour after it was last used', async () => {
		const id = newCustomer();
		await learn(id);
		jest.advanceTimersByTime(HOUR_MS);
		expect(await knownOf(id)).toEqual(['Tania Carr']);
		jest.advanceTimersByTime(HOUR_MS + 1);
		await knownOf(newCustomer());
		expect(await knownOf(id)).toEqual([]);
	});
});
