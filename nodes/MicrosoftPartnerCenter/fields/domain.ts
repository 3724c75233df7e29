/** The field Domain of a company that is to become a customer. */
import { z } from 'zod';

import type { Field } from './field';
import { CODE, readRequiredText } from './readText';
import { refuse } from './refuse';

/** Letters of any script, digits and hyphens, in at least two labels; 253 characters at most. */
const DOMAIN = /^(?=.{4,253}$)[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u;

/** @returns the domain in lower case; undefined when it is none */
export function parseDomain(text: string): string | undefined {
	const domain = text.toLowerCase();
	return DOMAIN.test(domain) ? domain : undefined;
}

const FIX = 'Use a whole domain, such as contoso.onmicrosoft.com.';

export const domainField: Field<string> = {
	property: {
		displayName: 'Domain',
		name: 'domain',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. contoso.onmicrosoft.com',
		description: 'Whole domain to look for, in the whole of the Microsoft cloud',
	},
	schema: z.unknown().transform((value, issues) => {
		const text: unknown = readRequiredText(value, issues, FIX, CODE);
		if (typeof text !== 'string') return z.NEVER;
		return parseDomain(text) ?? refuse(issues, 'is not a domain', FIX);
	}),
};
