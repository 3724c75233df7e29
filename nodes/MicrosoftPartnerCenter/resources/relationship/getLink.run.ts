/** What Relationship → Get Link does with an item. */
import type { RelationshipRequest } from '../../client/Relationships';
import { runOf } from '../runs';
import { form } from './getLink';

function requestFor(
	provider: string | undefined,
	reseller: string | undefined,
): RelationshipRequest {
	return {
		...(provider === undefined ? {} : { indirectCloudSolutionProviderId: provider }),
		...(reseller === undefined ? {} : { indirectResellerId: reseller }),
	};
}

export const start = runOf(form, async ({ provider, reseller }, call, { client }) => {
	const request = requestFor(provider, reseller);
	const relationshipUrl = await client.relationships.getLink(request, call);
	return [{ json: { relationshipUrl } }];
});
