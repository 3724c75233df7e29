/** What was done in the partner's tenant, as Partner Center records it, by day; no order is promised. */
import { z } from 'zod';

import { readAll } from './paging';
import type { CallOptions, Requester } from './Requester';

/** A record; `resourceOldValue` and `resourceNewValue` are JSON as text, in PascalCase. */
export const auditRecordSchema = z
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

export class AuditRecords {
	constructor(private readonly requester: Requester) {}

	/**
	 * `GET /v1/auditrecords?startDate={day}&filter={json}`. Days are the finest grain, and a start more
	 * than 90 days back is refused.
	 *
	 * @param startDate the first day, `yyyy-mm-dd` in UTC
	 * @param resourceType e.g. `Agreement` or `Customer`; Partner Center ignores its case
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/get-a-record-of-partner-center-activity-by-user
	 */
	list(
		startDate: string,
		resourceType: string,
		call: CallOptions,
	): AsyncGenerator<AuditRecord, void, undefined> {
		const filter = JSON.stringify({
			Field: 'ResourceType',
			Value: resourceType,
			Operator: 'equals',
		});
		const path = `/v1/auditrecords?startDate=${startDate}&filter=${encodeURIComponent(filter)}`;
		return readAll(this.requester, path, auditRecordSchema, call);
	}
}
