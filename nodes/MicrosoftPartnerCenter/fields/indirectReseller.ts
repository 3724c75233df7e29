/** The fields that name an indirect reseller, and an indirect provider. */
import { z } from 'zod';

import type { ResellerIdentity } from '../client/Relationships';
import type { Field } from './field';
import { optionalGuid, parseCleanGuid } from './guid';
import { CODE, readRequiredText } from './readText';
import { refuse } from './refuse';

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
	schema: z.unknown().transform((value, issues): ResellerIdentity => {
		const tenantId = typeof value === 'string' ? parseCleanGuid(value) : undefined;
		if (tenantId !== undefined) return { tenantId };
		const given = typeof value === 'number' ? String(value) : value;
		const text: unknown = readRequiredText(given, issues, RESELLER_FIX, CODE);
		if (typeof text !== 'string') return z.NEVER;
		if (/^\d{1,15}$/.test(text)) return { mpnId: text };
		return refuse(issues, 'is neither a partner ID nor a tenant ID', RESELLER_FIX);
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
