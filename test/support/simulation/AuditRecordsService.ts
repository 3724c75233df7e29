/**
 * Partner Center's audit records as Microsoft documents them, in memory and in simulated time: whole
 * days, 30 at most and the oldest of those asked for, none from more than 90 days back, in pages whose
 * continuation tokens die after a while. What is not documented (whose midnight ends a day, whether
 * the last day is included, which record comes first) is set by the test.
 */
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

export interface ServiceSettings {
	pageSize: number;
	/** How long a continuation token counts, in milliseconds. */
	tokenLife: number;
	/** How far the midnight that ends a day lies before that of UTC, in milliseconds. */
	zone: number;
	includesLastDay: boolean;
	newestFirst: boolean;
	/** How long a page takes, in milliseconds. */
	latency: () => number;
	/** A status to answer with instead, or the code of a connection that broke. */
	fault: () => number | string | undefined;
}

export interface SimulatedRecord {
	id: string;
	at: number;
	/** When it shows up. */
	listedAt: number;
	operationType?: string | undefined;
}

interface Token {
	days: string;
	offset: number;
	issuedAt: number;
}

export class AuditRecordsService {
	readonly records: SimulatedRecord[] = [];
	/** The days of each request, `first/last`, and whether a token came along. */
	readonly requests: Array<{ first: string; last: string; isContinued: boolean }> = [];
	private readonly tokens = new Map<string, Token>();

	constructor(readonly settings: ServiceSettings) {}

	/** n8n's request helper, with this service behind it. */
	readonly send = async (
		_type: string,
		{ url, headers }: { url: string; headers: Record<string, string> },
	): Promise<object> => {
		await new Promise((resolve) => setTimeout(resolve, this.settings.latency()));
		const fault = this.settings.fault();
		if (typeof fault === 'string') throw Object.assign(new Error(fault), { code: fault });
		const answer = (statusCode: number, body: unknown) => ({
			statusCode,
			headers: { date: new Date(Date.now()).toUTCString() },
			body,
		});
		if (fault !== undefined) return answer(fault, '');
		const body = this.page(new URL(url).searchParams, headers['MS-ContinuationToken']);
		return body === undefined
			? answer(400, { code: '3000', description: 'Invalid' })
			: answer(200, body);
	};

	private page(query: URLSearchParams, token: string | undefined): object | undefined {
		const { pageSize, tokenLife, zone, includesLastDay, newestFirst } = this.settings;
		const now = Date.now();
		const first = query.get('startDate') ?? '';
		const last = query.get('endDate') ?? this.dayOf(now);
		const isContinued = query.get('seekOperation') === 'Next';
		this.requests.push({ first, last, isContinued });
		if (first < this.dayOf(now - 90 * DAY)) return undefined;
		const days = `${first}/${last}`;
		const from = this.tokens.get(token ?? '');
		const isAlive = from !== undefined && from.days === days && now - from.issuedAt <= tokenLife;
		if (isContinued && !isAlive) return undefined;

		const end = Math.min(this.ends(last, includesLastDay), Date.parse(first) - zone + 30 * DAY);
		const start = Date.parse(first) - zone;
		const listed = this.records
			.filter(({ at, listedAt }) => listedAt <= now && at >= start && at < end)
			.sort((a, b) => (newestFirst ? b.at - a.at : a.at - b.at));
		const offset = isContinued ? (from?.offset ?? 0) : 0;
		const items = listed.slice(offset, offset + pageSize);
		const hasMore = offset + pageSize < listed.length;
		return {
			totalCount: items.length,
			items: items.map(({ id, at, operationType = 'create_agreement' }) => ({
				id,
				operationType,
				operationStatus: 'succeeded',
				operationDate: new Date(at).toISOString(),
				resourceType: 'agreement',
			})),
			links: hasMore ? { next: this.linkTo(query, days, offset + pageSize) } : {},
		};
	}

	private linkTo(query: URLSearchParams, days: string, offset: number): object {
		const value = `token-${this.tokens.size}`;
		this.tokens.set(value, { days, offset, issuedAt: Date.now() });
		const next = new URLSearchParams(query);
		next.set('seekOperation', 'Next');
		return {
			uri: `/auditrecords?${next.toString()}`,
			method: 'GET',
			headers: [{ key: 'MS-ContinuationToken', value }],
		};
	}

	/** The midnight that a stretch of days ends at. */
	private ends(day: string, isIncluded: boolean): number {
		return Date.parse(day) - this.settings.zone + (isIncluded ? DAY : 0);
	}

	private dayOf(instant: number): string {
		return new Date(instant + this.settings.zone).toISOString().slice(0, 10);
	}
}
