/** "Retry On Fail" runs the node again with all items: what the first try came to is not lost. */
import type { IDataObject } from 'n8n-workflow';

import {
	EarlierTries,
	type EarlierTry,
} from '../../../nodes/MicrosoftPartnerCenter/n8n/earlierTries';
import { executionContext } from '../../support/n8nContext';

const KEY = 'customer, Tania Carr, template';
const confirmed: EarlierTry = { outcome: 'confirmed', key: KEY, json: { outcome: 'confirmed' } };

/** One execution of the node, with what n8n keeps between its tries. */
function execution({ retryOnFail = true } = {}) {
	let data: IDataObject = {};
	const place = { runIndex: 0 };
	const context = executionContext({
		getNode: () => ({ name: 'Confirm', retryOnFail }),
		getContext: () => data,
		evaluateExpression: () => place.runIndex,
	});
	return {
		/** The next try of the node; n8n may have stored and read its data meanwhile. */
		nextTry(runIndex = 0) {
			place.runIndex = runIndex;
			data = JSON.parse(JSON.stringify(data)) as IDataObject;
			return new EarlierTries(context);
		},
		stored: () => JSON.stringify(data),
	};
}

it('the next try finds what an item came to', () => {
	const { nextTry } = execution();
	const first = nextTry();
	expect(first.find(0, KEY)).toBeUndefined();
	first.remember(0, confirmed);
	first.remember(2, { outcome: 'unanswered', key: KEY, dateAgreed: '2026-11-20T00:00:00Z' });
	const second = nextTry();
	expect(second.find(0, KEY)).toEqual(confirmed);
	expect(second.find(1, KEY)).toBeUndefined();
	expect(second.find(2, KEY)).toMatchObject({ outcome: 'unanswered' });
});

it('an item that is another one now was never tried', () => {
	const { nextTry } = execution();
	nextTry().remember(0, confirmed);
	expect(nextTry().find(0, 'customer, Rec Carr, template')).toBeUndefined();
});

it('what is not known to exist is not told to the other items', () => {
	const { nextTry } = execution();
	const first = nextTry();
	first.remember(0, confirmed);
	first.remember(1, { outcome: 'alreadyExists', key: 'b' });
	first.remember(2, { outcome: 'unanswered', key: 'c', dateAgreed: '2026-11-20T00:00:00Z' });
	first.remember(3, { outcome: 'requested', key: 'd', requestId: '1', extraBody: {} });
	expect([...nextTry().knownToExist]).toEqual([KEY, 'b']);
});

it('without Retry On Fail nothing is kept', () => {
	const { nextTry, stored } = execution({ retryOnFail: false });
	const tries = nextTry();
	tries.remember(0, confirmed);
	expect([tries.find(0, KEY), stored()]).toEqual([undefined, '{}']);
	expect(nextTry().find(0, KEY)).toBeUndefined();
});

it('once all is done nothing is left of it', () => {
	const { nextTry, stored } = execution();
	const tries = nextTry();
	tries.remember(0, confirmed);
	tries.forget();
	expect(stored()).not.toContain(KEY);
	expect(nextTry().find(0, KEY)).toBeUndefined();
});

it('in a loop, one round knows nothing of the one before, and drops it', () => {
	const { nextTry, stored } = execution();
	nextTry(0).remember(0, confirmed);
	const round = nextTry(1);
	expect([round.find(0, KEY), round.knownToExist.size]).toEqual([undefined, 0]);
	expect(stored()).not.toContain(KEY);
	round.remember(0, confirmed);
	expect(nextTry(1).find(0, KEY)).toEqual(confirmed);
	nextTry(11).remember(0, confirmed);
	expect(nextTry(1).knownToExist.size).toBe(0);
});
