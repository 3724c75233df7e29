/** Relationship → Get Link: the link by which a customer makes the partner its reseller. */
import type { RelationshipRequest } from '../../client/Relationships';
import { readOptionFields } from '../../fields/callOptions';
import { ADDITIONAL_FIELDS, formOf, inCollection } from '../../fields/form';
import { providerTenantField, resellerTenantField } from '../../fields/indirectReseller';
import type { Operation } from '../../n8n/operation';
import { readFields } from '../../n8n/parameters';
import { callOptionsOfOneExecution } from '../callOptions';
import { oneOutputRun } from '../oneOutput';

const form = formOf({
	...inCollection(ADDITIONAL_FIELDS, {
		provider: providerTenantField,
		reseller: resellerTenantField,
	}),
	...readOptionFields,
});

function requestFor(
	provider: string | undefined,
	reseller: string | undefined,
): RelationshipRequest {
	return {
		...(provider === undefined ? {} : { indirectCloudSolutionProviderId: provider }),
		...(reseller === undefined ? {} : { indirectResellerId: reseller }),
	};
}

export const getLink: Operation = {
	option: {
		name: 'Get Link',
		value: 'getLink',
		action: 'Get relationship link',
		description: 'Get the link by which a customer accepts you as its reseller',
	},
	fields: form.properties,
	outputs: ['Link'],
	signIn: 'appAndUser',
	start: (context, access) =>
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
		}),
};
