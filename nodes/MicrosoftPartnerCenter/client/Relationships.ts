/** The partner's relationships: with customers by way of a link, and with indirect resellers. */
import { z } from 'zod';

import { readAll } from './paging';
import type { CallOptions, Requester } from './Requester';

/** Whose relationship the link asks for, where it is not only the partner's own. */
export interface RelationshipRequest {
	/** The indirect provider's tenant ID; a GUID. */
	indirectCloudSolutionProviderId?: string;
	/** The indirect reseller's tenant ID; a GUID. Without it, the reseller is not linked. */
	indirectResellerId?: string;
}

const linkSchema = z.object({ url: z.string().url() }).passthrough();

/** An indirect reseller of the partner, as `GET /v1/relationships` lists it. */
const indirectResellerSchema = z
	.object({
		id: z.string().min(1),
		name: z.string().nullish(),
		relationshipType: z.string().nullish(),
		state: z.string().nullish(),
		mpnId: z.union([z.string(), z.number()]).nullish(),
		location: z.string().nullish(),
	})
	.passthrough();
export type IndirectReseller = z.infer<typeof indirectResellerSchema>;

const agreementStatusSchema = z.object({ isAgreementSigned: z.boolean() }).passthrough();

/** How the Microsoft Partner Agreement's status names a reseller: one of the two. */
export type ResellerIdentity = { mpnId: string } | { tenantId: string };

export class Relationships {
	constructor(private readonly requester: Requester) {}

	/**
	 * The link by which a customer accepts the partner as its reseller. It is the same for every
	 * customer, and says nothing of who used it.
	 *
	 * `GET /v1/customers/relationshiprequests`, App+User only
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/request-reseller-relationship
	 */
	async getLink(request: RelationshipRequest, call: CallOptions): Promise<string> {
		const query = new URLSearchParams({ ...request }).toString();
		const path = '/v1/customers/relationshiprequests';
		const read = await this.requester.read(
			{
				path: query === '' ? path : `${path}?${query}`,
				schema: linkSchema,
				expected: 'a link',
			},
			call,
		);
		return read.value.url;
	}

	/**
	 * The partner's indirect resellers, page by page.
	 *
	 * `GET /v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf`, App+User only
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/retrieve-a-list-of-indirect-resellers
	 */
	listIndirectResellers(call: CallOptions): AsyncGenerator<IndirectReseller, void, undefined> {
		return readAll(
			this.requester,
			'/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf',
			indirectResellerSchema,
			call,
		);
	}

	/**
	 * Whether an indirect reseller has signed the Microsoft Partner Agreement; that is the reseller's
	 * own, not a customer's.
	 *
	 * `GET /v1/compliance/csp/agreementstatus?mpnId={id}` or `?tenantId={guid}`, App+User only
	 *
	 * @throws {PartnerCenterError}
	 * @see https://learn.microsoft.com/partner-center/developer/verify-indirect-reseller-mpa-status
	 */
	async hasSignedPartnerAgreement(reseller: ResellerIdentity, call: CallOptions): Promise<boolean> {
		const query = new URLSearchParams({ ...reseller }).toString();
		const read = await this.requester.read(
			{
				path: `/v1/compliance/csp/agreementstatus?${query}`,
				schema: agreementStatusSchema,
				expected: 'a status',
			},
			call,
		);
		return read.value.isAgreementSigned;
	}
}
