/** The field Customer of every operation that takes one: from a list, by ID, by address, or by domain. */
import { z } from 'zod';

import { customerIdsIn, ID_IN_ADDRESS } from '../client/portal';
import { parseDomain } from './domain';
import type { Field, Schema } from './field';
import { parseCleanGuid, readGuid } from './guid';
import { CODE, readRequiredText } from './readText';
import { kindOf, refuse, type Issues } from './refuse';
import { cleanText, isBlank } from './text';

/** A customer by its ID, or by a domain that has to be looked up. */
export type CustomerLocator = { customerId: string; companyName?: string } | { domain: string };

const CUSTOMER_ID_FIX =
	"Use the customer's Microsoft ID (tenant ID), such as 14876998-c0dc-46e6-9d0c-65a57a6c32ec.";

/** What n8n's resource locator holds: a value and how it is meant; a bare value is an ID. */
const customerLocator: Schema<CustomerLocator> = z.unknown().transform((raw, issues) => {
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
	const domain = parseDomain(text);
	return domain === undefined ? refuse(issues, 'is not a domain', fix) : { domain };
});

function readCustomerId(value: unknown, issues: Issues): string {
	if (isBlank(value)) return refuse(issues, 'is empty', CUSTOMER_ID_FIX);
	if (typeof value !== 'string') {
		return refuse(issues, `is ${kindOf(value)}, not text`, CUSTOMER_ID_FIX);
	}
	const cleaned = cleanText(value, 'remove');
	const inAddress = 'text' in cleaned ? customerIdsIn(cleaned.text) : undefined;
	if (inAddress !== undefined) {
		const [only, other] = inAddress;
		if (only !== undefined && other === undefined) return only;
		return refuse(
			issues,
			only === undefined
				? 'is an address that names no customer'
				: 'is an address that names two customers',
			CUSTOMER_ID_FIX,
		);
	}
	const guid = readGuid(value, issues, CUSTOMER_ID_FIX);
	return guid ?? refuse(issues, "is not a customer's tenant ID", CUSTOMER_ID_FIX);
}

/** The list shows "Contoso (contoso.onmicrosoft.com)"; n8n keeps that text. */
function withoutDomain(name: string): string {
	return name.replace(/ \([^()]*\)$/, '');
}

export const customerField: Field<CustomerLocator> = {
	property: {
		displayName: 'Customer',
		name: 'customerId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The customer. In expressions, an ID is enough.',
		builderHint: {
			propertyHint:
				"The customer's Microsoft ID: the GUID of its tenant. With mode 'domain', its default domain. Never its name.",
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a customer…',
				typeOptions: {
					searchListMethod: 'searchCustomers',
					searchable: true,
					slowLoadNotice: {
						message:
							"If the list takes long, choose the customer with 'By ID', 'By URL' or 'By Domain'.",
						timeout: 10_000,
					},
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 14876998-c0dc-46e6-9d0c-65a57a6c32ec',
				hint: "The customer's Microsoft ID: the GUID of its tenant",
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://partner.microsoft.com/dashboard/v2/customers/14876998-…',
				hint: "The address of one of the customer's pages in Partner Center",
				extractValue: { type: 'regex', regex: ID_IN_ADDRESS },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `.*${ID_IN_ADDRESS}.*`,
							errorMessage: "The customer's ID is not in this address, after customers/",
						},
					},
				],
			},
			{
				displayName: 'By Domain',
				name: 'domain',
				type: 'string',
				placeholder: 'e.g. contoso.onmicrosoft.com',
				hint: "The customer's default domain, as Partner Center lists it",
			},
		],
	},
	schema: customerLocator,
};
