/** The filters of the trigger's 'Any Audit Event': from the list of suggestions, or by name. */
import type { Field, Schema } from './field';
import { schemaOfReader } from './reading';
import { CODE, readText } from './readText';
import { locatedValue, suggesting } from './suggestions';

const FIX = "Use a name as in Microsoft's audit records, such as create_order, or leave it empty.";

/** A name as Microsoft writes it, in any case; empty for none. */
const auditName: Schema<string> = schemaOfReader((raw) => {
	const reading = readText(locatedValue(raw), FIX, CODE);
	if ('fault' in reading) return reading;
	const { value = '' } = reading;
	const isName = value === '' || /^[A-Za-z]\w{0,79}$/.test(value);
	return isName ? { value } : { fault: 'is not such a code', fix: FIX };
});

function filter(
	displayName: string,
	name: string,
	searchListMethod: string,
	placeholder: string,
	description: string,
): Field<string> {
	const entered = { displayName: 'By Name', name: 'name', placeholder };
	const property = { ...suggesting({ displayName, name, searchListMethod, entered }), description };
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
