/** The filters of the trigger's 'Any Audit Event': from the list of suggestions, or by name. */
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { Field, Schema } from './field';
import { CODE, readText } from './readText';
import { refuse } from './refuse';

const FIX = "Use a name as in Microsoft's audit records, such as create_order, or leave it empty.";

/** A name as Microsoft writes it, in any case; empty for none. */
const auditName: Schema<string> = z.unknown().transform((raw, issues) => {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
	const text: unknown = readText(isLocator ? raw.value : raw, issues, FIX, CODE);
	if (text === undefined) return '';
	if (typeof text !== 'string') return z.NEVER;
	return /^[A-Za-z]\w{0,79}$/.test(text) ? text : refuse(issues, 'is not such a code', FIX);
});

function filter(
	displayName: string,
	name: string,
	searchListMethod: string,
	placeholder: string,
	description: string,
): Field<string> {
	const property: INodeProperties = {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder },
		],
	};
	return { property, schema: auditName };
}

export const auditFilters = {
	resourceType: filter(
		'Resource Type',
		'resourceType',
		'searchResourceTypes',
		'e.g. order',
		'What something was done to. Left empty, anything.',
	),
	operationType: filter(
		'Operation Type',
		'operationType',
		'searchOperationTypes',
		'e.g. create_order',
		'What was done. Left empty, anything.',
	),
	operationStatus: filter(
		'Status',
		'operationStatus',
		'searchOperationStatuses',
		'e.g. succeeded',
		'What came of it. Left empty, anything, also what failed or is under way.',
	),
};
