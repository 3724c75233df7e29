/** Max Concurrency: the first item's, told to the throttle once. */
import type { ThrottleClient } from '../../../nodes/MicrosoftPartnerCenter/client/throttle';
import { concurrencyOf } from '../../../nodes/MicrosoftPartnerCenter/resources/concurrencyOf';
import { executionContext } from '../../support/n8nContext';

function concurrencyWith(valueOfItem: (item: number) => unknown) {
	const read: number[] = [];
	const context = executionContext({
		getNodeParameter: (_name: string, item: number) => {
			read.push(item);
			return valueOfItem(item);
		},
	});
	const setMaxConcurrency = jest.fn();
	const concurrency = concurrencyOf(context, { setMaxConcurrency } as unknown as ThrottleClient);
	return { concurrency, setMaxConcurrency, read };
}

it('is that of the first item, however often it is asked for', () => {
	const { concurrency, setMaxConcurrency, read } = concurrencyWith((item) => 7 + item);
	expect([concurrency(), concurrency()]).toEqual([7, 7]);
	expect(setMaxConcurrency.mock.calls).toEqual([[7]]);
	expect(new Set(read)).toEqual(new Set([0]));
});

it.each([0, 101, 'many', undefined])('is 1 where %j can’t be used', (value) => {
	expect(concurrencyWith(() => value).concurrency()).toBe(1);
});

it('is 1 where its expression can’t be evaluated', () => {
	const { concurrency } = concurrencyWith(() => {
		throw new Error('not defined');
	});
	expect(concurrency()).toBe(1);
});
