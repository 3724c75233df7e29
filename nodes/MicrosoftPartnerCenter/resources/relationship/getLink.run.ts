/** What Relationship → Get Link does with an item. */
import type { RelationshipRequest } from '../../client/Relationships';
import type { StartOperation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';
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

export const start: StartOperation = (context, access) =>
	oneOutputRun(context, access, ({ client }) => {
		const callOptions = callOptionsOfOneExecution();
		return (item) => {
			const { provider, reseller, ...options } = readFields(context, item, form.fields);
			const call = callOptions(options);
			const request = requestFor(provider, reseller);
			return async () => {
				const relationshipUrl = await client.relationships.getLink(request, call);
				return [{ json: { relationshipUrl } }];
			};
		};
	});
