/** What n8n sees of the node: its description, and a short way into the operations. */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { ofThisBuild } from './n8n/build';
import { asListError } from './n8n/nodeErrors';
import { runItems } from './n8n/runItems';
import {
	authentication,
	chosenOperation,
	credentials,
	operationProperties,
	outputs,
	resourceList,
	SUBTITLE,
} from './resources';

/** The lists' code is loaded when one opens. */
function searchBy(name: 'searchCustomers' | 'searchLanguages' | 'searchCountries') {
	return async function search(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const lists = await ofThisBuild(import('./n8n/listSearch')).catch((error: unknown) => {
			throw asListError(this, error);
		});
		return await lists[name].call(this, filter, paginationToken);
	};
}

export class MicrosoftPartnerCenter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft Partner Center',
		name: 'microsoftPartnerCenter',
		icon: {
			light: 'file:microsoftPartnerCenter.svg',
			dark: 'file:microsoftPartnerCenter.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Confirm that customers accepted the Microsoft Customer Agreement',
		defaults: { name: 'Microsoft Partner Center' },
		usableAsTool: true,
		// Whoever has an attestation's link, or makes it from the id, can accept: n8n 2.20 and later hide both
		// in stored executions.
		sensitiveOutputFields: ['acceptanceUrl', 'attestationId'],
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials,
		properties: [authentication, resourceList, ...operationProperties],
	};

	methods = {
		listSearch: {
			searchCustomers: searchBy('searchCustomers'),
			searchLanguages: searchBy('searchLanguages'),
			searchCountries: searchBy('searchCountries'),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, chosenOperation(this));
	}
}
