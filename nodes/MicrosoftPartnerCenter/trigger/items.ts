/** What the workflow gets of an audit record. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AuditRecord } from '../client/AuditRecords';
import { ANY_AUDIT_EVENT, type PartnerEvent } from './events';

/** @param simplify whether to leave out what says nothing about the event */
export function asItem(
	record: AuditRecord,
	{ value }: PartnerEvent,
	simplify: boolean,
): INodeExecutionData {
	if (!simplify) return { json: { ...record } as IDataObject };
	const { originalCorrelationId } = record as { originalCorrelationId?: unknown };
	const simplified = {
		id: record.id,
		event: value,
		...(value === ANY_AUDIT_EVENT ? whatHappened(record) : {}),
		customerId: record.customerId ?? null,
		customerName: record.customerName ?? null,
		operationDate: record.operationDate,
		userPrincipalName: record.userPrincipalName ?? null,
		correlationId: typeof originalCorrelationId === 'string' ? originalCorrelationId : null,
		resource: readResource(record.resourceNewValue),
	};
	return { json: simplified as IDataObject };
}

/** For an event that may be any. */
function whatHappened({ resourceType, operationType, operationStatus }: AuditRecord) {
	return {
		resourceType: resourceType ?? null,
		operationType,
		operationStatus: operationStatus ?? null,
	};
}

/** Microsoft writes the resource as JSON within a text; a text that is not JSON stays as it is. */
function readResource(text: string | null | undefined): unknown {
	if (text === undefined || text === null || text === '') return null;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
