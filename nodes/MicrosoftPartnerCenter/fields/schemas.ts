/**
 * What a person may enter for a confirmation, as zod schemas. Their messages finish the sentence
 * "'Label' …"; the next step comes along as the issue's `fix`.
 *
 * How texts are cleaned and judged is `text.ts`'s matter, the same for every field.
 */
import { z } from 'zod';

import { readDateAgreed } from './dateAgreed';
import { parseGuid } from './guid';
import {
	cleanText,
	faultOfCode,
	faultOfCompanyName,
	faultOfName,
	faultOfPhoneNumber,
	isBlank as isBlankText,
	placeholderIn,
	type Invisible,
	type TextFault,
} from './text';

interface Issues {
	addIssue(issue: { code: 'custom'; message: string; params: { fix: string } }): void;
}

export function refuse(issues: Issues, message: string, fix: string): never {
	issues.addIssue({ code: 'custom', message, params: { fix } });
	return z.NEVER;
}

export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'a yes/no value';
	if (typeof value === 'number') return 'a number';
	return 'an object';
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && isBlankText(value));
}

interface TextRules {
	/** Default: taken out where nothing needs them. */
	invisible?: Invisible;
	/** Default: a placeholder of any kind is refused. */
	faultOf?: (text: string) => TextFault | undefined;
}

/** Cleans a text, and refuses what no person wrote. Undefined when there is nothing. */
function readText(
	value: unknown,
	issues: Issues,
	mapFrom: string,
	{ invisible = 'clean', faultOf = placeholderIn }: TextRules = {},
): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') {
		return refuse(issues, `is ${kindOf(value)}, not text`, mapFrom);
	}
	const reading = cleanText(value, invisible);
	if ('fault' in reading) return refuse(issues, reading.fault, mapFrom);
	const { text } = reading;
	if (text === '') return undefined;
	const found = faultOf(text);
	return found === undefined ? text : refuse(issues, found.fault, mapFrom);
}

function requiredText(mapFrom: string, rules?: TextRules) {
	return z
		.unknown()
		.transform((value, issues): string => readRequiredText(value, issues, mapFrom, rules));
}

function readRequiredText(
	value: unknown,
	issues: Issues,
	mapFrom: string,
	rules?: TextRules,
): string {
	return readText(value, issues, mapFrom, rules) ?? refuse(issues, 'is empty', mapFrom);
}

/** A GUID, a domain, a code: nothing that can't be seen belongs into it. */
const CODE: TextRules = { invisible: 'remove' };
const NAME: TextRules = { faultOf: faultOfName };

export const firstNameField = requiredText(
	"Map it from the CRM's contact: the first name of the person who accepted the agreement.",
	NAME,
);
export const lastNameField = requiredText(
	"Map it from the CRM's contact: the last name of the person who accepted the agreement.",
	NAME,
);

const EMAIL_FIX = "Map it from the CRM's contact: one address, such as someone@example.com.";
/** Plausible, not pedantic: one @, no white space, a domain with a dot. The server has the last word. */
const MAX_EMAIL = 320;
const EMAIL = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\].]+(\.[^\s@<>(),;:"\\[\].]+)+$/u;

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const NEVER_THERE = /[@.]invalid$/i;

export const emailField = z.unknown().transform((value, issues): string => {
	const email = readRequiredText(value, issues, EMAIL_FIX, { invisible: 'refuse' });
	if (NEVER_THERE.test(email)) {
		return refuse(issues, 'has a domain that no mail can reach', EMAIL_FIX);
	}
	const isPlausible = EMAIL.test(email) && email.length <= MAX_EMAIL;
	return isPlausible ? email : refuse(issues, 'is not an e-mail address', EMAIL_FIX);
});

const PHONE_FIX = "Map it from the CRM's contact, or leave it empty: it is optional.";

/** CRMs deliver phone numbers as numbers too. Absent when empty. */
export const phoneNumberField = z.unknown().transform((value, issues): string | undefined => {
	const isWholeNumber = typeof value === 'number' && Number.isSafeInteger(value);
	const text = isWholeNumber ? String(value) : value;
	return readText(text, issues, PHONE_FIX, { ...CODE, faultOf: faultOfPhoneNumber });
});

const CUSTOMER_ID_FIX =
	"Use the customer's Microsoft ID (tenant ID), such as 14876998-c0dc-46e6-9d0c-65a57a6c32ec.";

function readCustomerId(value: unknown, issues: Issues): string {
	if (isBlank(value)) return refuse(issues, 'is empty', CUSTOMER_ID_FIX);
	if (typeof value !== 'string') {
		return refuse(issues, `is ${kindOf(value)}, not text`, CUSTOMER_ID_FIX);
	}
	const guid = readGuid(value, issues, CUSTOMER_ID_FIX);
	return guid ?? refuse(issues, "is not a customer's tenant ID", CUSTOMER_ID_FIX);
}

function parseCleanGuid(value: string): string | undefined {
	const reading = cleanText(value, 'remove');
	return 'text' in reading ? parseGuid(reading.text) : undefined;
}

/** @returns undefined where all that can be said is that it is no GUID */
function readGuid(value: string, issues: Issues, fix: string): string | undefined {
	const guid = parseCleanGuid(value);
	const found = guid === undefined ? faultOfCode(value) : undefined;
	return found === undefined ? guid : refuse(issues, found.fault, fix);
}

/** A customer by its ID, or by a domain that has to be looked up. */
export type CustomerLocator = { customerId: string; companyName?: string } | { domain: string };

const DOMAIN = /^(?=.{4,253}$)[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+$/u;

/** What n8n's resource locator holds: a value and how it is meant; a bare value is an ID. */
export const customerLocatorField = z.unknown().transform((raw, issues): CustomerLocator => {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw && 'mode' in raw;
	if (!isLocator) return { customerId: readCustomerId(raw, issues) };
	const { mode, value } = raw;
	if (mode !== 'domain' || (typeof value === 'string' && parseCleanGuid(value) !== undefined)) {
		const name = 'cachedResultName' in raw ? raw.cachedResultName : undefined;
		const customerId = readCustomerId(value, issues);
		const isListed = mode === 'list' && typeof name === 'string' && name !== '';
		return isListed ? { customerId, companyName: withoutDomain(name) } : { customerId };
	}
	const fix = "Use the customer's domain, such as contoso.onmicrosoft.com, or its ID.";
	const text: unknown = readRequiredText(value, issues, fix, CODE);
	if (typeof text !== 'string') return z.NEVER;
	const domain = text.toLowerCase();
	return DOMAIN.test(domain) ? { domain } : refuse(issues, 'is not a domain', fix);
});

/** The list shows "Contoso (contoso.onmicrosoft.com)"; n8n keeps that text. */
function withoutDomain(name: string): string {
	return name.replace(/ \([^()]*\)$/, '');
}

function optionalGuid(fix: string) {
	return z.unknown().transform((value, issues): string | undefined => {
		if (isBlank(value)) return undefined;
		if (typeof value !== 'string') return refuse(issues, `is ${kindOf(value)}, not text`, fix);
		return readGuid(value, issues, fix) ?? refuse(issues, 'is not a GUID', fix);
	});
}

/** Text about the customer that is sent as it is. */
export const companyNameField = requiredText(
	"Map it from the CRM's company: the name of the company that accepts the agreement.",
	{ faultOf: faultOfCompanyName },
);

const VERSION_FIX = 'Use what stands behind the v in the path, such as 1.';

/** What stands behind the `v` of a path; begins with a digit, so that it is never a path by itself. */
export const apiVersionField = z.unknown().transform((value, issues): string => {
	const text = readRequiredText(
		typeof value === 'number' ? String(value) : value,
		issues,
		VERSION_FIX,
		CODE,
	);
	return /^\d[\w.-]{0,19}$/.test(text) ? text : refuse(issues, 'is not a version', VERSION_FIX);
});

export const templateIdField = optionalGuid(
	'Leave it empty to use the current template, or take one from Get MCA Metadata.',
);
export const correlationIdField = optionalGuid(
	'Leave it empty to have one made, or use a GUID such as ab993325-1605-4cf4-bac4-fb584142a31b.',
);

/** @returns the schema of a date of acceptance; see `readDateAgreed` for what it takes */
export function dateAgreedField(timeZone: string, now: () => number) {
	return z.unknown().transform((value, issues): string => {
		if (isBlank(value)) {
			return refuse(
				issues,
				'is empty',
				'Map the date on which the customer accepted the agreement.',
			);
		}
		const reading = readDateAgreed(value, { timeZone, now: now() });
		return 'value' in reading ? reading.value : refuse(issues, reading.fault, reading.fix);
	});
}

/** A whole number within limits, as number or numeric text. */
export function wholeNumberField(least: number, most: number) {
	return z.unknown().transform((value, issues): number => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (
			typeof number === 'number' &&
			Number.isInteger(number) &&
			number >= least &&
			number <= most
		) {
			return number;
		}
		return refuse(
			issues,
			'is not a whole number in range',
			`Use a whole number from ${least} to ${most}.`,
		);
	});
}

/** On or off, as true or false or their texts; an expression that yields nothing is no answer. */
export const switchField = z.unknown().transform((value, issues): boolean => {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return text === 'true';
	const fault = isBlank(value) ? 'is empty' : 'is neither on nor off';
	return refuse(issues, fault, 'Use true or false.');
});

/** One of a list's values. */
export function choiceField<T extends string>(choices: readonly [T, ...T[]]) {
	return z.unknown().transform((value, issues): T => {
		const choice = choices.find((one) => one === value);
		return choice ?? refuse(issues, 'is not one of the choices', `Use ${choices.join(', ')}.`);
	});
}

/** Text to search for; empty when there is none. */
export const searchTextField = z
	.unknown()
	.transform(
		(value, issues): string =>
			readText(value, issues, 'Enter how it begins, or leave it empty.') ?? '',
	);

/** A code that is sent as it is: Partner Center compares it with its case. */
export function codeField(pattern: RegExp, fix: string) {
	return z.unknown().transform((raw, issues): string => {
		const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
		const text = readRequiredText(isLocator ? raw.value : raw, issues, fix, CODE);
		return pattern.test(text) ? text : refuse(issues, 'is not such a code', fix);
	});
}

/** The name of a field of an item. */
export const fieldNameField = z
	.unknown()
	.transform((value, issues): string =>
		readRequiredText(value, issues, 'Use a name such as data.'),
	);
