/**
 * The indirect resellers of a provider, and whether one has signed the Microsoft Partner Agreement.
 * Sources: retrieve-a-list-of-indirect-resellers and verify-indirect-reseller-mpa-status on Microsoft
 * Learn. An id that no reseller has is answered with false: INVENTED.
 */
import type { EmulatorContext } from '../EmulatorContext';
import { GUID, type IndirectReseller } from '../state';
import { ApiError, apiErrors } from './apiErrors';
import { pageOf, readSize, type CollectionPage } from './collectionPages';

const RELATIONSHIP_TYPE = 'IsIndirectCloudSolutionProviderOf';

/** @throws ApiError 400 3000 for another type of relationship */
export function indirectResellers(
	context: Pick<EmulatorContext, 'baseUrl' | 'switches' | 'store'>,
	query: URLSearchParams,
	continuationToken: string | undefined,
): CollectionPage<Record<string, unknown>> {
	const type = query.get('relationship_type') ?? '';
	if (type.toLowerCase() !== RELATIONSHIP_TYPE.toLowerCase()) {
		throw apiErrors.invalidProperty(['relationship_type']);
	}
	const size = readSize(query, context.switches.defaultPageSize);
	const page = pageOf(context, context.store.state.indirectResellers, {
		path: '/relationships',
		parameters: { relationship_type: RELATIONSHIP_TYPE, size: query.get('size') ?? undefined },
		size,
		seekOperation: query.get('seekOperation'),
		continuationToken,
	});
	return { ...page, items: page.items.map(relationshipResource) };
}

function relationshipResource({ id, name, mpnId, location, state }: IndirectReseller) {
	return {
		id,
		name,
		relationshipType: 'is_indirect_cloud_solution_provider_of',
		state,
		mpnId,
		location,
		attributes: { objectType: 'PartnerRelationship' },
	};
}

/** @throws ApiError 400: 2000 for an id of the wrong form, or both; 2001 for none */
export function partnerAgreementStatus(
	context: Pick<EmulatorContext, 'store'>,
	query: URLSearchParams,
): { isAgreementSigned: boolean } {
	const asked = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
	const [mpnId, tenantId] = [asked.get('mpnid') ?? '', asked.get('tenantid') ?? ''];
	if (mpnId === '' && tenantId === '') {
		throw refusal(2001, 'Both MPN Id and Tenant Id cannot be empty.');
	}
	if (mpnId !== '' && tenantId !== '') {
		throw refusal(2000, 'Both MPN Id and Tenant Id should not be passed.');
	}
	if (mpnId !== '' && !/^\d+$/.test(mpnId)) throw refusal(2000, 'MPN Id must be numeric.');
	if (tenantId !== '' && !GUID.test(tenantId)) throw refusal(2000, 'Tenant Id must be a GUID.');
	const found = context.store.state.indirectResellers.find(
		(one) => one.mpnId === mpnId || one.id.toLowerCase() === tenantId.toLowerCase(),
	);
	return { isAgreementSigned: found?.agreementSigned ?? false };
}

function refusal(code: number, description: string): ApiError {
	return new ApiError(400, { code, description, data: [], source: 'PartnerApiServiceControllers' });
}
