/** The fields that name an indirect reseller, and an indirect provider. */
import type { ResellerIdentity } from '../client/Relationships';
import type { Field } from './field';
import { optionalGuid, parseCleanGuid } from './guid';
import { schemaOfReader } from './reading';
import { CODE, readRequiredText } from './readText';

const RESELLER_FIX =
	"Use the reseller's partner ID, such as 4847433, or its tenant ID, such as b01b1487-b36e-4e6d-9b5e-0b58974c4b28.";
const TENANT_FIX = 'Use a tenant ID, such as b01b1487-b36e-4e6d-9b5e-0b58974c4b28.';

export const indirectResellerField: Field<ResellerIdentity> = {
	property: {
		displayName: 'Indirect Reseller ID',
		name: 'indirectResellerId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 4847433',
		description: "The reseller's partner ID (a number), or its tenant ID (a GUID)",
	},
	schema: schemaOfReader<ResellerIdentity>((raw) => {
		const tenantId = typeof raw === 'string' ? parseCleanGuid(raw) : undefined;
		if (tenantId !== undefined) return { value: { tenantId } };
		const given = typeof raw === 'number' ? String(raw) : raw;
		const reading = readRequiredText(given, RESELLER_FIX, CODE);
		if ('fault' in reading) return reading;
		if (/^\d{1,15}$/.test(reading.value)) return { value: { mpnId: reading.value } };
		return { fault: 'is neither a partner ID nor a tenant ID', fix: RESELLER_FIX };
	}),
};

export const resellerTenantField: Field<string | undefined> = {
	property: {
		displayName: 'Indirect Reseller Tenant ID',
		name: 'indirectResellerTenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. b01b1487-b36e-4e6d-9b5e-0b58974c4b28',
		description:
			'For indirect providers: tenant ID of the reseller who serves the customer. Without it, the reseller is not linked.',
	},
	schema: optionalGuid(TENANT_FIX),
};

export const providerTenantField: Field<string | undefined> = {
	property: {
		displayName: 'Indirect Provider Tenant ID',
		name: 'indirectProviderTenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 484e548c-f5f3-4528-93a9-c16c6373cb59',
		description: 'Tenant ID of the indirect provider',
	},
	schema: optionalGuid(TENANT_FIX),
};
