/** What one poll reads: on from where the last one stopped, until today, its time or a failure. */
import type { AuditRecord } from '../../../nodes/MicrosoftPartnerCenter/client/AuditRecords';
import { DAY_MS } from '../../../nodes/MicrosoftPartnerCenter/client/clock';
import { BrokenListError, refused } from '../../../nodes/MicrosoftPartnerCenter/client/errors';
import type { Page } from '../../../nodes/MicrosoftPartnerCenter/client/paging';
import { findEvent } from '../../../nodes/MicrosoftPartnerCenter/trigger/events';
import {
	initialState,
	type DateWindow,
	type PollState,
} from '../../../nodes/MicrosoftPartnerCenter/trigger/pollState';
import { readOn, type ReadOnOptions } from '../../../nodes/MicrosoftPartnerCenter/trigger/readOn';
import { callContext } from '../../support/callContext';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const ids = { requestId: '1', correlationId: '2' };
const call = callContext({ ids });
const record = (id: string): AuditRecord => ({
	id,
	operationType: 'create_agreement',
	operationDate: '2026-11-20T09:00:00Z',
});
const next = (token: string) => ({ path: '/v1/auditrecords?seek=1', headers: { token } });
const page = (id: string, following?: string): Page<AuditRecord> => ({
	items: [record(id)],
	next: following === undefined ? undefined : next(following),
	totalCount: undefined,
	answeredAt: NOW,
	ids,
});

type Step = Page<AuditRecord> | Error;

/** Hands out these pages, a list of them for each window that is asked for. */
function reader(...windows: Step[][]) {
	const asked: DateWindow[] = [];
	let pagesUntilTimeUp = Number.POSITIVE_INFINITY;
	async function* pagesOf(window: DateWindow) {
		asked.push(window);
		for (const step of windows.shift() ?? []) {
			if (step instanceof Error) throw step;
			pagesUntilTimeUp -= 1;
			yield step;
		}
	}
	const options: ReadOnOptions = { pagesOf, now: () => NOW, isTimeUp: () => pagesUntilTimeUp <= 0 };
	const timeUpAfter = (pages: number) => {
		pagesUntilTimeUp = pages;
		return options;
	};
	return { asked, options, timeUpAfter };
}

const event = findEvent('agreementConfirmed');
if (event === undefined) throw new Error('The event is gone');
const start = initialState(event, NOW);
const longAgo: PollState = { ...start, from: NOW - 60 * DAY_MS };
const stopped: PollState = {
	...start,
	reading: { page: next('kept'), last: '2026-11-20', asOf: NOW - 60_000, pages: 3 },
};
const spanOf = (window: DateWindow | undefined) =>
	window !== undefined && 'first' in window.from
		? (Date.parse(window.last) - Date.parse(window.from.first)) / DAY_MS + 1
		: NaN;
const read = ({ records }: { records: AuditRecord[] }) => records.map(({ id }) => id);

it('reads all pages of the days until today', async () => {
	const { asked, options } = reader([page('a', '2'), page('b')]);
	const result = await readOn(start, options);
	expect(read(result)).toEqual(['a', 'b']);
	expect(result).toMatchObject({ complete: true, reached: { checked: NOW, reading: undefined } });
	expect(asked).toMatchObject([{ from: { last: '2026-11-20' }, pages: 0 }]);
});

it('reads more days than a request may ask for in several windows, the oldest first', async () => {
	const { asked, options } = reader([page('a')], [page('b')], [page('c')]);
	const result = await readOn(longAgo, options);
	expect([read(result), result.complete]).toEqual([['a', 'b', 'c'], true]);
	const days = asked.map(({ last }) => last);
	expect(days).toEqual([...days].sort());
	expect(days.at(-1)).toBe('2026-11-20');
});

it('keeps the address of the next page when its time is up', async () => {
	const { timeUpAfter } = reader([page('a', '2'), page('b')]);
	const result = await readOn(start, timeUpAfter(1));
	expect([read(result), result.complete, result.stoppedBy]).toEqual([['a'], false, undefined]);
	expect(result.reached.reading).toMatchObject({ page: next('2'), pages: 1 });
});

it('begins no further window when its time is up', async () => {
	const { asked, timeUpAfter } = reader([page('a')], [page('b')]);
	const result = await readOn(longAgo, timeUpAfter(1));
	expect([read(result), result.complete, asked.length]).toEqual([['a'], false, 1]);
	expect(result.reached.from).toBeGreaterThan(longAgo.from);
});

it('goes on from the page that was kept', async () => {
	const { asked, options } = reader([page('d')]);
	const result = await readOn(stopped, options);
	expect([read(result), result.complete]).toEqual([['d'], true]);
	expect(asked).toMatchObject([{ from: next('kept'), pages: 3 }]);
});

it('reads the days anew, and fewer of them, where the kept page is gone', async () => {
	const gone = refused({ status: 400 }, call);
	const { asked, options } = reader([gone], [page('a')]);
	const result = await readOn(
		{ ...stopped, from: NOW - 20 * DAY_MS },
		{ ...options, isTimeUp: () => true },
	);
	expect([read(result), result.complete]).toEqual([['a'], false]);
	expect(asked).toMatchObject([{ from: next('kept') }, { from: { first: expect.any(String) } }]);
	expect(spanOf(asked[1])).toBeLessThanOrEqual(14);
});

it.each([401, 408, 429, 500])('keeps the page where HTTP %d says nothing of it', async (status) => {
	const error = refused({ status }, call);
	const result = await readOn(stopped, reader([error]).options);
	expect(result).toMatchObject({ complete: false, stoppedBy: error });
	expect(result.reached).toEqual(stopped);
});

it('hands on what it read before a failure, and where to go on', async () => {
	const error = refused({ status: 500 }, call);
	const result = await readOn(start, reader([page('a', '2'), error]).options);
	expect([read(result), result.complete, result.stoppedBy]).toEqual([['a'], false, error]);
	expect(result.reached.reading).toMatchObject({ page: next('2') });
});

it('does not go on from a page of a list that is broken', async () => {
	const error = new BrokenListError({ kind: 'pageLoop' });
	const result = await readOn(start, reader([page('a', '2'), error]).options);
	expect(result.stoppedBy).toBe(error);
	expect(result.reached.reading).toBeUndefined();
});

it('ends where the clocks are so far apart that no day is ever done', async () => {
	const behind = { ...page('a'), answeredAt: NOW - 400 * DAY_MS };
	const { asked, options } = reader([behind], [behind]);
	const result = await readOn(longAgo, options);
	expect([result.complete, asked.length]).toEqual([false, 1]);
});

it('does not move on into days that are not over by Partner Center’s clock', async () => {
	// n8n's clock is far ahead: the windows lie in Partner Center's future, and hold nothing yet.
	const recent = { ...start, from: NOW - 10 * DAY_MS };
	const { options } = reader([page('a')]);
	const result = await readOn(recent, { ...options, now: () => NOW + 400 * DAY_MS });
	expect(result.reached.from).toBe(recent.from);
});

it('what may be listed late counts from the first page of a window, however long its reading takes', async () => {
	const first = page('a', '2');
	const last = { ...page('b'), answeredAt: NOW + DAY_MS };
	const clock = [NOW, NOW, NOW];
	const { options } = reader([first, last]);
	const now = () => clock.shift() ?? NOW + DAY_MS;
	const result = await readOn({ ...start, from: NOW - 10 * DAY_MS }, { ...options, now });
	expect(result.reached.from).toBeLessThanOrEqual(NOW - 2 * DAY_MS);
	expect(result.reached.from).toBeGreaterThan(NOW - 10 * DAY_MS);
});
