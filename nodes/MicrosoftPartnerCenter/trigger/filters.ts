/** The filters of 'Any Audit Event' in the trigger: the lists that the form offers, and how they are read. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';

import { auditFilters } from '../fields/auditFilters';
import { labelOf, schemaOf } from '../fields/field';
import { FieldFaults, fieldFaultOf, type FieldFault } from '../n8n/parameters';
import { OPERATION_STATUSES, OPERATION_TYPES, RESOURCE_TYPES } from './auditNames';
import { ANY_AUDIT_EVENT, type AuditFilters } from './events';

function listOf(names: readonly string[]) {
	return async function search(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const typed = filter.trim().toLowerCase();
		const found = names.filter((name) => name.includes(typed));
		return await Promise.resolve({ results: found.map((name) => ({ name, value: name })) });
	};
}

/** Shown for 'Any Audit Event' only. */
export const auditFilterProperties: INodeProperties[] = Object.values(auditFilters).map(
	({ property }) => ({ ...property, displayOptions: { show: { event: [ANY_AUDIT_EVENT] } } }),
);

/** By the names that `fields/auditFilters.ts` asks for. */
export const searchAuditNames = {
	searchResourceTypes: listOf(RESOURCE_TYPES),
	searchOperationTypes: listOf(OPERATION_TYPES),
	searchOperationStatuses: listOf(OPERATION_STATUSES),
};

/** @throws {FieldFaults} naming every filter that can't be used */
export function readAuditFilters(context: IPollFunctions): AuditFilters {
	const filters: AuditFilters = { resourceType: '', operationType: '', operationStatus: '' };
	const faults: FieldFault[] = [];
	for (const key of ['resourceType', 'operationType', 'operationStatus'] as const) {
		const field = auditFilters[key];
		const raw: unknown = context.getNodeParameter(field.property.name, '');
		const result = schemaOf(field, context).safeParse(raw);
		if (result.success) filters[key] = result.data;
		else faults.push(fieldFaultOf(labelOf(field), raw, result.error));
	}
	if (faults.length > 0) throw new FieldFaults(faults);
	return filters;
}
