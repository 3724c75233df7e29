/** The field Customer of every operation that takes one: from a list, by ID, by address, or by domain. */
import { customerIdsIn, ID_IN_ADDRESS } from '../client/portal';
import { cleanText } from './cleanText';
import { readDomain } from './domain';
import type { Field, Schema } from './field';
import { parseCleanGuid, readGuid } from './guid';
import { schemaOfReader, type Reading } from './reading';

/** A customer by its ID, or by a domain that has to be looked up. */
export type CustomerLocator = { customerId: string; companyName?: string } | { domain: string };

const CUSTOMER_ID_FIX =
	"Use the customer's Microsoft ID (tenant ID), such as 14876998-c0dc-46e6-9d0c-65a57a6c32ec.";

/** What n8n's resource locator holds: a value and how it is meant; a bare value is an ID. */
const customerLocator: Schema<CustomerLocator> = schemaOfReader<CustomerLocator>((raw) => {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw && 'mode' in raw;
	if (!isLocator) return readCustomerId(raw);
	const { mode, value } = raw;
	if (mode !== 'domain' || (typeof value === 'string' && parseCleanGuid(value) !== undefined)) {
		const name = 'cachedResultName' in raw ? raw.cachedResultName : undefined;
		const isListed = mode === 'list' && typeof name === 'string' && name !== '';
		const reading = readCustomerId(value);
		if ('fault' in reading || !isListed) return reading;
		return { value: { ...reading.value, companyName: withoutDomain(name) } };
	}
	const fix = "Use the customer's domain, such as contoso.onmicrosoft.com, or its ID.";
	const reading = readDomain(value, fix);
	return 'fault' in reading ? reading : { value: { domain: reading.value } };
});

function readCustomerId(raw: unknown): Reading<{ customerId: string }> {
	const cleaned = typeof raw === 'string' ? cleanText(raw, 'remove') : undefined;
	const inAddress =
		cleaned !== undefined && 'text' in cleaned ? customerIdsIn(cleaned.text) : undefined;
	if (inAddress !== undefined) {
		const [customerId, other] = inAddress;
		if (customerId === undefined)
			return { fault: 'is an address that names no customer', fix: CUSTOMER_ID_FIX };
		if (other !== undefined)
			return { fault: 'is an address that names two customers', fix: CUSTOMER_ID_FIX };
		return { value: { customerId } };
	}
	const reading = readGuid(raw, { fault: "is not a customer's tenant ID", fix: CUSTOMER_ID_FIX });
	return 'fault' in reading ? reading : { value: { customerId: reading.value } };
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
