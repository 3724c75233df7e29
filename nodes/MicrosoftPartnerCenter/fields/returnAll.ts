/** The fields that every Get Many has, Return All and Limit; and Simplify, which some operations have. */
import type { Field } from './field';
import { onOrOff, wholeNumber } from './scalars';

const returnAllField: Field<boolean> = {
	property: {
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	schema: onOrOff,
};

const limitField: Field<number> = {
	property: {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	schema: wholeNumber(1, Number.MAX_SAFE_INTEGER),
};

export const returnAllFields = { returnAll: returnAllField, limit: limitField };

export const simplifyField: Field<boolean> = {
	property: {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	schema: onOrOff,
};
