/** What was done in the partner's tenant, as Partner Center records it, by day; no order is promised. */
import { z } from 'zod';

import { readPages, type Page, type PageAddress } from './paging';
import type { CallOptions, Requester } from './Requester';

/** A record; `resourceOldValue` and `resourceNewValue` are JSON as text, in PascalCase. */
const auditRecordSchema = z
	.object({
		id: z.string().min(1),
		operationType: z.string(),
		operationStatus: z.string().nullable().optional(),
		operationDate: z.string(),
		resourceType: z.string().nullable().optional(),
		customerId: z.string().nullable().optional(),
		customerName: z.string().nullable().optional(),
		userPrincipalName: z.string().nullable().optional(),
		resourceNewValue: z.string().nullable().optional(),
	})
	.passthrough();
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** Both are read whole; `yyyy-mm-dd` in UTC. */
export interface DateRange {
	first: string;
	last: string;
}

export class AuditRecords {
	constructor(private readonly requester: Requester) {}

	/**
	 * `GET /v1/auditrecords?startDate={day}&endDate={day}&filter={json}`. Days are the finest grain. A
	 * request is answered with 30 days at most, the oldest of those it asks for, and a start more than
	 * 90 days back is refused.
	 *
	 * @param from the days to read, or a page of them that an earlier walk came to
	 * @param resourceType e.g. `Agreement` or `Customer`; Partner Center ignores its case; undefined for all
	 * @param pagesBefore how many pages of these days were read already
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-a-record-of-partner-center-activity-by-user
	 */
	pages(
		from: DateRange | PageAddress,
		resourceType: string | undefined,
		call: CallOptions,
		pagesBefore = 0,
	): AsyncGenerator<Page<AuditRecord>, void, undefined> {
		const start = 'path' in from ? from : { path: recordsPath(from, resourceType), headers: {} };
		return readPages(this.requester, start, { item: auditRecordSchema, call, pagesBefore });
	}
}

const COLLECTION = '/v1/auditrecords';

function recordsPath({ first, last }: DateRange, resourceType: string | undefined): string {
	const path = `${COLLECTION}?startDate=${first}&endDate=${last}`;
	if (resourceType === undefined) return path;
	const filter = JSON.stringify({
		Field: 'ResourceType',
		Value: resourceType,
		Operator: 'equals',
	});
	return `${path}&filter=${encodeURIComponent(filter)}`;
}

/** Whether a page that was kept may be asked for: it is one of audit records. */
export function isPageOfRecords({ path }: PageAddress): boolean {
	return path.startsWith(`${COLLECTION}?`);
}
