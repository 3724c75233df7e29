/**
 * The same job in four workflows: this package's node, the HTTP Request node as people build it, a
 * naive node, and n8n's No Operation in their place.
 */
import { CREDENTIAL, CREDENTIAL_TYPE, importable } from '../n8n/sampleContent';
import type { ImportableWorkflow } from '../n8n/sampleContent';

export const OURS = 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenter';
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** A workflow of the bench, and the nodes in it that do the job. */
export interface Contender {
	workflow: ImportableWorkflow;
	nodes: string[];
}

interface BenchNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: object;
	onError?: string;
	needsCredential?: boolean;
	webhookId?: string;
}

const customers = (count: number, first = 0, name = 'Customers'): BenchNode => ({
	name,
	type: 'n8n-nodes-bench.benchCustomers',
	parameters: { count, first },
});

/** Nodes in a row, first output to the next. */
function inARow(
	id: string,
	job: string[],
	nodes: BenchNode[],
	start: BenchNode = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
): Contender {
	const row: BenchNode[] = [start, ...nodes];
	const workflow = {
		name: id,
		nodes: row.map(({ name, type, typeVersion = 1, parameters = {}, onError, ...more }, place) => ({
			id: `${id}${place}`,
			name,
			type,
			typeVersion,
			position: [place * 220, 0],
			parameters,
			...(onError === undefined ? {} : { onError }),
			...(more.webhookId === undefined ? {} : { webhookId: more.webhookId }),
			...(more.needsCredential === true ? { credentials: { [CREDENTIAL_TYPE]: CREDENTIAL } } : {}),
		})),
		connections: Object.fromEntries(
			row
				.slice(0, -1)
				.map(({ name }, place) => [
					name,
					{ main: [[{ node: row[place + 1]?.name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1', timezone: 'Europe/Amsterdam' },
	};
	return { workflow: importable(workflow, id.replace(/[^a-z0-9]/gi, '')), nodes: job };
}

const contact = {
	firstName: '={{ $json.firstName }}',
	lastName: '={{ $json.lastName }}',
	email: '={{ $json.email }}',
};
const dateAgreed = '={{ $json.dateAgreed }}';
const byId = { __rl: true, mode: 'id', value: '={{ $json.customerId }}' };

const confirmNode = (name = 'Confirm', maxConcurrency?: number): BenchNode => ({
	name,
	type: OURS,
	onError: 'continueErrorOutput',
	parameters: {
		resource: 'customerAgreement',
		operation: 'confirm',
		customerId: byId,
		...contact,
		dateAgreed,
		// The rivals do not read the agreement that stands in the way either.
		options: {
			includeExisting: false,
			...(maxConcurrency === undefined ? {} : { maxConcurrency }),
		},
	},
});

/**
 * Confirm, with everything from expressions.
 *
 * @param maxConcurrency default the node's own
 */
export function confirm(count: number, maxConcurrency?: number): Contender {
	return inARow(
		`benchConfirm${count}${maxConcurrency === undefined ? '' : `at${maxConcurrency}`}`,
		['Confirm'],
		[customers(count), confirmNode('Confirm', maxConcurrency)],
	);
}

/** So many customers more are confirmed first: then the process is as warm as an n8n that runs. */
function warmedUp(id: string, count: number, warmUp: number, job: BenchNode): Contender {
	return inARow(
		id,
		[job.name],
		[customers(warmUp, count, 'Warm-up Customers'), confirmNode('Warm-up'), customers(count), job],
	);
}

/** Confirm in a process that is warm. */
export function warmConfirm(count: number, warmUp: number): Contender {
	return warmedUp(`benchWarmConfirm${count}`, count, warmUp, confirmNode());
}

/** Get Status, as it is set up from the start. */
export function getStatus(count: number): Contender {
	return inARow(
		`benchGetStatus${count}`,
		['Get Status'],
		[
			customers(count),
			{
				name: 'Get Status',
				type: OURS,
				parameters: {
					resource: 'customerAgreement',
					operation: 'getStatus',
					customerId: byId,
				},
			},
		],
	);
}

export function naive(count: number): Contender {
	return inARow(
		`benchNaive${count}`,
		['Naive'],
		[
			customers(count),
			{
				name: 'Naive',
				type: 'n8n-nodes-bench.naiveConfirm',
				needsCredential: true,
				parameters: { customerId: '={{ $json.customerId }}', ...contact, dateAgreed },
			},
		],
	);
}

/** The template once, a POST for each item with its answer's status left alone, and an If on the code. */
function httpRequestNodes(baseUrl: string): { metadata: BenchNode; rest: BenchNode[] } {
	const signedIn = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: CREDENTIAL_TYPE,
	};
	const body = `={
  "primaryContact": {
    "firstName": "{{ $json.firstName }}",
    "lastName": "{{ $json.lastName }}",
    "email": "{{ $json.email }}"
  },
  "templateId": "{{ $('Metadata').first().json.items[0].templateId }}",
  "dateAgreed": "{{ $json.dateAgreed }}",
  "type": "MicrosoftCustomerAgreement"
}`;
	return {
		metadata: {
			name: 'Metadata',
			type: HTTP_REQUEST,
			typeVersion: 4.2,
			needsCredential: true,
			parameters: {
				url: `${baseUrl}/v1/agreements?agreementType=MicrosoftCustomerAgreement`,
				...signedIn,
				options: {},
			},
		},
		rest: [
			{
				name: 'Confirm',
				type: HTTP_REQUEST,
				typeVersion: 4.2,
				needsCredential: true,
				parameters: {
					method: 'POST',
					url: `=${baseUrl}/v1/customers/{{ $json.customerId }}/agreements`,
					...signedIn,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: body,
					options: { response: { response: { neverError: true } } },
				},
			},
			{
				name: 'If',
				type: 'n8n-nodes-base.if',
				typeVersion: 2.2,
				parameters: {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
						conditions: [
							{
								id: 'code',
								leftValue: '={{ $json.code }}',
								rightValue: 600061,
								operator: { type: 'number', operation: 'equals' },
							},
						],
						combinator: 'and',
					},
					looseTypeValidation: true,
					options: {},
				},
			},
		],
	};
}

/** For a list of customers. */
export function httpRequest(count: number, baseUrl: string): Contender {
	const { metadata, rest } = httpRequestNodes(baseUrl);
	return inARow(
		`benchHttpRequest${count}`,
		['Metadata', 'Confirm', 'If'],
		[metadata, customers(count), ...rest],
	);
}

/** The deal of the webhook's body as an item; behind Metadata, the item before is not the webhook's. */
const DEAL: BenchNode = {
	name: 'Deal',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput: "={{ $('Start').first().json.body.customers[0] }}",
		options: {},
	},
};

/** The same nodes behind a webhook, which answers with what the last of them gives out, or at once. */
function behindWebhook(
	path: string,
	nodes: BenchNode[],
	responseMode: 'lastNode' | 'onReceived' = 'lastNode',
): ImportableWorkflow {
	const { workflow } = inARow(path, [], nodes, {
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode,
			...(responseMode === 'lastNode' ? { responseData: 'allEntries' } : {}),
		},
		webhookId: path,
	});
	return workflow;
}

/** One deal, by the HTTP Request node. */
export function httpRequestDeal(baseUrl: string): ImportableWorkflow {
	const { metadata, rest } = httpRequestNodes(baseUrl);
	const [confirmation, decision] = rest;
	if (confirmation === undefined || decision === undefined) throw new Error('no nodes');
	return behindWebhook('bench-http-request', [metadata, DEAL, confirmation, decision]);
}

const NOTHING: BenchNode[] = [DEAL, { name: 'Nothing', type: 'n8n-nodes-base.noOp' }];

/** One deal, and nothing done with it: what n8n itself takes. */
export function noOperationDeal(): ImportableWorkflow {
	return behindWebhook('bench-no-operation', NOTHING);
}

/** The same for a caller that does not wait for the execution. */
export function noOperationLoad(): ImportableWorkflow {
	return behindWebhook('bench-no-operation-load', NOTHING, 'onReceived');
}

/** The same with a node that does nothing: what n8n itself takes for that many items. */
export function warmNoOperation(count: number, warmUp: number): Contender {
	return warmedUp(`benchWarmNoOp${count}`, count, warmUp, {
		name: 'Nothing',
		type: 'n8n-nodes-base.noOp',
	});
}
