/** What n8n sees of the trigger: its description, and a short way into one poll. */
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { ofThisBuild } from './n8n/build';
import { authenticationProperty, shownWhere } from './n8n/credentials';
import { DEFAULT_EVENT, eventNames, eventOptions } from './trigger/events';
import { auditFilterProperties, searchAuditNames } from './trigger/filters';
import { asPollError } from './trigger/pollErrors';

export class MicrosoftPartnerCenterTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft Partner Center Trigger',
		name: 'microsoftPartnerCenterTrigger',
		icon: {
			light: 'file:microsoftPartnerCenter.svg',
			dark: 'file:microsoftPartnerCenter.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: `={{ (${JSON.stringify(eventNames)})[$parameter["event"]] }}`,
		// n8n lists the node and its trigger as one entry, under this description.
		description:
			'Microsoft Customer Agreement: the node confirms it and checks who accepted it, the trigger starts when one is confirmed, a customer is added, or anything else is recorded',
		defaults: { name: 'Microsoft Partner Center Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			shownWhere('appAndUser', { hide: { authentication: ['appOnly'] } }),
			shownWhere('appOnly', { show: { authentication: ['appOnly'] } }),
		],
		properties: [
			authenticationProperty,
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: eventOptions,
				default: DEFAULT_EVENT,
				description: 'What starts the workflow',
			},
			...auditFilterProperties,
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	};

	methods = { listSearch: searchAuditNames };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// Loaded with the first poll: n8n's start needs the description only.
		const { pollOnce } = await ofThisBuild(import('./trigger/poll')).catch((error: unknown) => {
			throw asPollError(this, error, false);
		});
		return await pollOnce(this);
	}
}
