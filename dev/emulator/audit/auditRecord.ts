/**
 * A record of Partner Center's activity log, as it is written and as it is shown.
 * Sources: auditing-resources and the example of api-throttling-guidance on Microsoft Learn.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DEFAULT_PARTNER_USER } from '../identity/partnerUsers';
import { EMULATOR_CLIENT_ID } from '../identity/registeredApp';
import { formatTicks, parseTicks } from './ticks';

export const auditRecordSchema = z
	.object({
		/** Default: made from what the record says. */
		id: z.string().optional(),
		/** Default: the emulator's partner. */
		partnerId: z.string().optional(),
		customerId: z.string().optional(),
		customerName: z.string().optional(),
		userPrincipalName: z.string().default(DEFAULT_PARTNER_USER.upn),
		applicationId: z.string().default(EMULATOR_CLIENT_ID),
		resourceType: z.string().default('agreement'),
		/** Goes into the id; a resource without one is left out of it. */
		resourceId: z.string().optional(),
		/** JSON with PascalCase names, as text. */
		resourceOldValue: z.string().optional(),
		resourceNewValue: z.string().optional(),
		operationType: z.string().default('create_agreement'),
		/** Null: none, as in one of Microsoft's examples. Default: a new one. */
		originalCorrelationId: z
			.string()
			.nullable()
			.default(() => randomUUID()),
		/** UTC, `2020-09-02T23:26:19.7753934Z`. Default: now. In the past for a record that comes late. */
		operationDate: z
			.string()
			.refine((text) => parseTicks(text) !== undefined, 'must be a UTC date-time with Z')
			.optional(),
		operationStatus: z.enum(['succeeded', 'failed', 'progress']).default('succeeded'),
		customizedData: z
			.array(z.object({ key: z.string(), value: z.string().nullable() }).strict())
			.default([]),
	})
	.strict();

/** What a test writes: everything may be left out. */
export type AuditRecordInput = z.input<typeof auditRecordSchema>;
export type AuditRecordSettings = z.output<typeof auditRecordSchema>;

export interface AuditRecord extends Omit<
	AuditRecordSettings,
	'resourceId' | 'originalCorrelationId'
> {
	id: string;
	partnerId: string;
	participants: string[];
	originalCorrelationId: string | undefined;
	operationDate: string;
	attributes: { objectType: 'AuditRecord' };
}

/** Properties in the order of Microsoft's example. */
export function auditRecord(
	settings: AuditRecordSettings,
	{ id, partnerId, ticks }: { id: string; partnerId: string; ticks: bigint },
): AuditRecord {
	return {
		id,
		partnerId,
		participants: [partnerId],
		customerId: settings.customerId,
		customerName: settings.customerName,
		userPrincipalName: settings.userPrincipalName,
		applicationId: settings.applicationId,
		resourceType: settings.resourceType,
		resourceOldValue: settings.resourceOldValue,
		resourceNewValue: settings.resourceNewValue,
		operationType: settings.operationType,
		originalCorrelationId: settings.originalCorrelationId ?? undefined,
		operationDate: formatTicks(ticks),
		operationStatus: settings.operationStatus,
		customizedData: settings.customizedData,
		attributes: { objectType: 'AuditRecord' },
	};
}

/** `{partner}_{customer}_{resource}_{operation}_{ticks}`; what there is none of is left out. */
export function auditRecordId(
	{ customerId, resourceId, operationType }: AuditRecordSettings,
	partnerId: string,
	ticks: bigint,
): string {
	const operation = operationType.replaceAll('_', '');
	return [partnerId, customerId, resourceId?.toLowerCase(), operation, String(ticks)]
		.filter((part) => part !== undefined)
		.join('_');
}
