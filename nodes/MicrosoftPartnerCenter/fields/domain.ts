/** The field Domain of a company that is to become a customer. */
import type { Field } from './field';
import { lazyPattern, schemaOfReader, type Reading } from './reading';
import { CODE, readRequiredText } from './readText';

/** Letters of any script, digits and hyphens, in at least two labels; 253 characters at most. */
const domainPattern = lazyPattern(
	String.raw`^(?=.{4,253}$)[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$`,
	'u',
);

/** @returns the domain in lower case; undefined when it is none */
function parseDomain(text: string): string | undefined {
	const domain = text.toLowerCase();
	return domainPattern().test(domain) ? domain : undefined;
}

/** @param fix what to do next where it is no domain */
export function readDomain(raw: unknown, fix: string): Reading<string> {
	const reading = readRequiredText(raw, fix, CODE);
	if ('fault' in reading) return reading;
	const value = parseDomain(reading.value);
	return value === undefined ? { fault: 'is not a domain', fix } : { value };
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
	schema: schemaOfReader((raw) => readDomain(raw, FIX)),
};
