/**
 * The table of operations: what the user sees of each, and the file that runs it. That one is loaded with
 * the operation's first execution, so that n8n's start does not wait for it.
 */
import type {
	ExpressionString,
	IExecuteFunctions,
	INodeCredentialDescription,
	INodeProperties,
} from 'n8n-workflow';

import { inOneLine } from '../client/oneLine';
import { BUILD } from '../n8n/build';
import { authenticationProperty, shownWhere, type AcceptedSignIn } from '../n8n/credentials';
import { failingRun, type Operation, type Resource } from '../n8n/operation';
import { FieldFaults } from '../n8n/parameters';
import { downloadDocument } from './agreementTemplate/downloadDocument';
import { getMetadata } from './agreementTemplate/getMetadata';
import { create as createAttestation } from './attestation/create';
import { getLink as getAttestationLink } from './attestation/getLink';
import { checkDomain } from './customer/checkDomain';
import { get as getCustomer } from './customer/get';
import { getMany as getManyCustomers } from './customer/getMany';
import { validateAddress } from './customer/validateAddress';
import { confirm } from './customerAgreement/confirm';
import { getMany as getManyAgreements } from './customerAgreement/getMany';
import { getStatus } from './customerAgreement/getStatus';
import { getAgreementStatus } from './indirectReseller/getAgreementStatus';
import { getMany as getManyResellers } from './indirectReseller/getMany';
import { getLink as getRelationshipLink } from './relationship/getLink';

export const resources: readonly Resource[] = [
	{
		option: { name: 'Agreement Template', value: 'agreementTemplate' },
		defaultOperation: 'downloadDocument',
		operations: [
			{
				...downloadDocument,
				load: async () => await import('./agreementTemplate/downloadDocument.run'),
			},
			{ ...getMetadata, load: async () => await import('./agreementTemplate/getMetadata.run') },
		],
	},
	{
		option: { name: 'Attestation', value: 'attestation' },
		defaultOperation: 'create',
		operations: [
			{ ...createAttestation, load: async () => await import('./attestation/create.run') },
			{ ...getAttestationLink, load: async () => await import('./attestation/getLink.run') },
		],
	},
	{
		option: { name: 'Customer', value: 'customer' },
		defaultOperation: 'get',
		operations: [
			{ ...checkDomain, load: async () => await import('./customer/checkDomain.run') },
			{ ...getCustomer, load: async () => await import('./customer/get.run') },
			{ ...getManyCustomers, load: async () => await import('./customer/getMany.run') },
			{ ...validateAddress, load: async () => await import('./customer/validateAddress.run') },
		],
	},
	{
		option: { name: 'Customer Agreement', value: 'customerAgreement' },
		defaultOperation: 'confirm',
		operations: [
			{ ...confirm, load: async () => await import('./customerAgreement/confirm.run') },
			{ ...getManyAgreements, load: async () => await import('./customerAgreement/getMany.run') },
			{ ...getStatus, load: async () => await import('./customerAgreement/getStatus.run') },
		],
	},
	{
		option: { name: 'Indirect Reseller', value: 'indirectReseller' },
		defaultOperation: 'getAll',
		operations: [
			{
				...getAgreementStatus,
				load: async () => await import('./indirectReseller/getAgreementStatus.run'),
			},
			{ ...getManyResellers, load: async () => await import('./indirectReseller/getMany.run') },
		],
	},
	{
		option: { name: 'Relationship', value: 'relationship' },
		defaultOperation: 'getLink',
		operations: [
			{ ...getRelationshipLink, load: async () => await import('./relationship/getLink.run') },
		],
	},
];

function resourcesThatTake(accepted: AcceptedSignIn): string[] {
	return resources
		.filter(({ operations }) => operations.every(({ signIn }) => signIn === accepted))
		.map(({ option }) => String(option.value));
}

/** Where there is a choice of credentials. */
export const authentication: INodeProperties = {
	...authenticationProperty,
	displayOptions: { show: { resource: resourcesThatTake('either') } },
};

/** Hidden rather than shown by a condition: where there is no choice, 'Authentication' has no value. */
export const credentials: INodeCredentialDescription[] = [
	shownWhere('appAndUser', {
		hide: { resource: resourcesThatTake('appOnly'), authentication: ['appOnly'] },
	}),
	shownWhere('appOnly', {
		hide: { resource: resourcesThatTake('appAndUser'), authentication: ['appAndUser'] },
	}),
];

/** @returns the operation that the node's form is set to */
export function chosenOperation(context: IExecuteFunctions): Operation {
	const { resource, operation } = context.getNode().parameters;
	return (
		resources
			.find(({ option }) => option.value === resource)
			?.operations.find(({ option }) => option.value === operation) ??
		missingOperation(`${String(resource)}: ${String(operation)}`)
	);
}

/** A saved workflow may name an operation that does not exist: every item fails, and says so. */
function missingOperation(name: string): Operation {
	const fault = {
		label: 'Operation',
		fault: `does not exist: "${inOneLine(name)}"`,
		fix: "Select an operation in the node's form.",
	};
	const start = () => failingRun(new FieldFaults([fault]));
	return {
		option: { name, value: name, action: name },
		fields: [],
		outputs: [name],
		signIn: 'either',
		load: async () => await Promise.resolve({ start, build: BUILD }),
	};
}

export const resourceList: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ option }) => option),
	default: 'customerAgreement',
};

const operationList: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

/** The Operation list of each resource, and the fields of each operation. */
export const operationProperties: INodeProperties[] = resources.flatMap((resource) => {
	const show = { resource: [resource.option.value] };
	const options = resource.operations.map(({ option }) => option);
	const list: INodeProperties = {
		...operationList,
		displayOptions: { show },
		options,
		default: resource.defaultOperation,
	};
	const fields = resource.operations.flatMap((operation) =>
		operation.fields.map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, ...show, operation: [operation.option.value] },
			},
		})),
	);
	return [list, ...fields];
});

const all = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource: String(resource.option.value),
		operation: String(operation.option.value),
		action: operation.option.action,
		outputNames: operation.outputs,
	})),
);

const inTitleCase = (text: string) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const titles = all.map(
	({ resource, operation, action }) => `"${resource}/${operation}": "${inTitleCase(action)}"`,
);

/** What the canvas shows below the node's name: the action of the operation. */
export const SUBTITLE = `={{ ({ ${titles.join(', ')} })[$parameter["resource"] + "/" + $parameter["operation"]] }}`;

const severalOutputs = all
	.filter(({ outputNames }) => outputNames.length > 1)
	.map(({ resource, operation, outputNames }) => {
		const chosen = `$parameter["resource"] === "${resource}" && $parameter["operation"] === "${operation}"`;
		const named = outputNames.map((name) => `{ "type": "main", "displayName": "${name}" }`);
		return `${chosen} ? [${named.join(', ')}] : `;
	});

/** The outputs of the operation: several have names, one has none. */
export const outputs: ExpressionString = `={{ ${severalOutputs.join('')}[{ "type": "main" }] }}`;
