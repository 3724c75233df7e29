/**
 * `GET /v1/customers/relationshiprequests`: the link by which any customer makes the partner its
 * reseller. Source: request-reseller-relationship on Microsoft Learn. How the link names an indirect
 * reseller is INVENTED: no page shows it.
 */
import { GUID } from '../state';
import { apiErrors } from './apiErrors';

const IDS = ['indirectCloudSolutionProviderId', 'indirectResellerId'] as const;

/** @throws ApiError 400 3000 for an id that is no GUID */
export function relationshipRequest(
	tenant: string,
	query: URLSearchParams,
): Record<string, unknown> {
	const asked = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
	const [provider, reseller] = IDS.map((name) => {
		const id = asked.get(name.toLowerCase()) ?? '';
		if (id !== '' && !GUID.test(id)) throw apiErrors.invalidProperty([name]);
		return id;
	});
	const partner = provider || tenant;
	const ofReseller = reseller ? `&indirectCSPId=${reseller}` : '';
	return {
		url: `https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=${partner}&msppId=0&DAP=false${ofReseller}#/BillingAccounts/partner-invitation`,
		attributes: { objectType: 'RelationshipRequest' },
	};
}
