/** Reads the audit records on from where the last poll stopped, until today or until its time is up. */
import type { AuditRecord } from '../client/AuditRecords';
import { BrokenListError, PartnerCenterError } from '../client/errors';
import type { Page } from '../client/paging';
import {
	afterGonePage,
	afterLastWindow,
	afterWindow,
	isLastWindow,
	nextWindow,
	stoppedAt,
	withPage,
	type PollState,
	type DateWindow,
} from './pollState';

/** What a poll depends on. */
export interface ReadOnOptions {
	pagesOf(window: DateWindow): AsyncGenerator<Page<AuditRecord>, void, undefined>;
	/** n8n's clock, in milliseconds since 1970. */
	now(): number;
	/** Whether no further page is to be asked for. */
	isTimeUp(): boolean;
}

export interface ReadOnResult {
	records: AuditRecord[];
	/** Where the next poll goes on. */
	reached: PollState;
	/** Whether the records were read until today. */
	complete: boolean;
	/** Why reading stopped, where it was not for the time. */
	stoppedBy?: unknown;
}

/** Never throws: where a page fails, the result holds what was read before it, and the error. */
export async function readOn(start: PollState, options: ReadOnOptions): Promise<ReadOnResult> {
	const { now } = options;
	const records: AuditRecord[] = [];
	const startedAt = now();
	let reached = start;
	let hasRead = false;
	const read = async (window: DateWindow): Promise<'ended' | 'timeUp'> => {
		let current = window;
		let askedAt = now();
		for await (const page of options.pagesOf(window)) {
			hasRead = true;
			for (const record of page.items) records.push(record);
			const after = withPage(current, page, askedAt);
			current = after;
			reached =
				page.next === undefined
					? afterWindow(reached, after)
					: stoppedAt(reached, after, page.next);
			if (page.next !== undefined && options.isTimeUp()) return 'timeUp';
			askedAt = now();
		}
		return 'ended';
	};
	for (;;) {
		const window = nextWindow(reached, now());
		const { from } = reached;
		try {
			if ((await read(window)) === 'timeUp') return { records, reached, complete: false };
		} catch (error) {
			const isContinued = reached.reading !== undefined;
			if (isContinued && (error instanceof BrokenListError || (!hasRead && isGone(error)))) {
				reached = afterGonePage(reached);
				if (!hasRead) continue;
			}
			return { records, reached, complete: false, stoppedBy: error };
		}
		if (isLastWindow(window, now())) {
			return { records, reached: afterLastWindow(reached, startedAt), complete: true };
		}
		// If `from` did not move, n8n's clock and Partner Center's are far apart: another turn would not end.
		if (reached.from === from || options.isTimeUp()) return { records, reached, complete: false };
	}
}

/** Statuses that have another cause than the page: sign-in, time-out, rate limit. */
const NEVER_THE_PAGE = new Set([401, 408, 429]);

/** Whether the kept page can't be read any more: its token has expired, or its days are too old. */
function isGone(error: unknown): boolean {
	if (!(error instanceof PartnerCenterError)) return false;
	const { status = 0 } = error.facts;
	return status >= 400 && status < 500 && !NEVER_THE_PAGE.has(status);
}
