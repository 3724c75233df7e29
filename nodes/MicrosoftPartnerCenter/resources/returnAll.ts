/** The fields Return All and Limit of every Get Many, and Simplify. */
import type { INodeProperties } from 'n8n-workflow';

import { switchField, wholeNumberField } from '../fields/schemas';

export const returnAllProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The same fields for `readFields`. */
export const returnAllFields = {
	returnAll: { name: 'returnAll', label: 'Return All', schema: switchField, fallback: false },
	limit: {
		name: 'limit',
		label: 'Limit',
		schema: wholeNumberField(1, Number.MAX_SAFE_INTEGER),
		fallback: 50,
	},
};
export const simplifyField = {
	name: 'simplify',
	label: 'Simplify',
	schema: switchField,
	fallback: true,
};

/** Takes items until there are enough; a list that is longer is not read to its end. */
export async function take<T>(
	list: AsyncIterable<T> | Iterable<T>,
	{ returnAll, limit }: { returnAll: boolean; limit: number },
): Promise<T[]> {
	const taken: T[] = [];
	for await (const one of list) {
		taken.push(one);
		if (!returnAll && taken.length >= limit) break;
	}
	return taken;
}
