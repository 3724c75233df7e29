/** What n8n sees of the node: its description, and a short way into the operations. */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { searchCountries, searchCustomers, searchLanguages } from './n8n/listSearch';
import { runItems } from './n8n/runItems';
import {
	authentication,
	chosenOperation,
	credentials,
	operationProperties,
	resources,
} from './resources';

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
		subtitle:
			'={{ ({ "agreementTemplate/downloadDocument": "Download Agreement Document", "agreementTemplate/getMetadata": "Get MCA Metadata", "attestation/create": "Create Attestation", "customer/get": "Get Customer", "customer/getAll": "Get Many Customers", "customerAgreement/confirm": "Confirm Customer Agreement", "customerAgreement/getAll": "Get Many Customer Agreements", "customerAgreement/getStatus": "Get Customer Agreement Status" })[$parameter["resource"] + "/" + $parameter["operation"]] }}',
		description: 'Confirm that customers accepted the Microsoft Customer Agreement',
		defaults: { name: 'Microsoft Partner Center' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs:
			'={{ $parameter["resource"] === "customerAgreement" && $parameter["operation"] === "confirm" ? [{ "type": "main", "displayName": "Confirmed" }, { "type": "main", "displayName": "Already Exists" }] : [{ "type": "main" }] }}',
		credentials,
		properties: [
			authentication,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resources.map(({ option }) => option),
				default: 'customerAgreement',
			},
			...operationProperties,
		],
	};

	methods = { listSearch: { searchCustomers, searchLanguages, searchCountries } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, chosenOperation(this));
	}
}
