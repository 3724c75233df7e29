/** Which of n8n's own nodes `npm start` runs for real, and what it says about the others. */
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { N8nNodes } from '../engine/n8nNodes';
import type { RunResult } from '../engine/runWorkflow';
import { isExecutable, pinnedItems, startNodeOf, type WorkflowFile } from '../engine/workflowFile';

const PREFIX = 'n8n-nodes-base.';

/**
 * They work on the items alone, or on tables of this process: they reach nobody, read no file and run
 * no code of the workflow.
 */
const ON_ITEMS_ALONE = new Set(
	[
		'aggregate',
		'compareDatasets',
		'convertToFile',
		'dataTable',
		'dateTime',
		'filter',
		'if',
		'limit',
		'merge',
		'noOp',
		'removeDuplicates',
		'set',
		'splitInBatches',
		'splitOut',
		'stopAndError',
		'summarize',
		'switch',
	].map((name) => PREFIX + name),
);

const HTTP_REQUEST = `${PREFIX}httpRequest`;

/** n8n's HTTP Request with this package's credential. */
export function isCallOfPartnerCenter({ type, parameters }: INode): boolean {
	return (
		type === HTTP_REQUEST && /^microsoftPartnerCenter/.test(String(parameters.nodeCredentialType))
	);
}

/**
 * The workflow with a stand-in for each HTTP Request but those to Partner Center, which is the
 * emulator here: the others would reach a CRM.
 */
export function withoutOtherRequests(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.type === HTTP_REQUEST && !isCallOfPartnerCenter(node)
			? { ...node, type: `${HTTP_REQUEST}.standIn`, typeVersion: 1 }
			: node,
	);
	return { ...workflow, nodes };
}

/** n8n's own nodes for a run on this machine; undefined where `npm run engines` has not brought them. */
export function nodesOnItemsAlone(): Pick<N8nNodes, 'get'> | undefined {
	const installed = N8nNodes.in(join(__dirname, '../hosts/engines/n8n-2/nodes'));
	return (
		installed && {
			get: (type, version) =>
				ON_ITEMS_ALONE.has(type) || type === HTTP_REQUEST
					? installed.get(type, version)
					: undefined,
		}
	);
}

/** They make fields or items that were not there before: handing items on is not the same. */
const MAKE_FIELDS = new Set(
	['aggregate', 'dataTable', 'dateTime', 'set', 'splitOut', 'summarize'].map(
		(name) => PREFIX + name,
	),
);

/**
 * Which of n8n's own nodes a workflow can't do without: those whose fields one of our nodes reads, and
 * every Data Table.
 *
 * @param ours the nodes that call Partner Center
 */
export function indispensableNodes(workflow: WorkflowFile, ours: INode[]): string[] {
	const pinned = pinnedItems(workflow);
	const isRead = (name: string) =>
		ours.some((node) => {
			const parameters = JSON.stringify(node.parameters);
			const isBehind = (workflow.connections[name]?.main ?? [])
				.flatMap((output) => output ?? [])
				.some((to) => to.node === node.name);
			return parameters.includes(`$('${name}')`) || (isBehind && parameters.includes('$json'));
		});
	return workflow.nodes
		.filter(isExecutable)
		.filter(({ name, type }) => MAKE_FIELDS.has(type) && pinned[name] === undefined)
		.filter(({ name, type }) => type === `${PREFIX}dataTable` || isRead(name))
		.map(({ name }) => name);
}

const EXECUTE_WORKFLOW = `${PREFIX}executeWorkflow`;

/**
 * Why a workflow without a node of this package can't be shown by `npm start`.
 *
 * @param node the name of this package's node, such as `microsoftPartnerCenter`
 * @param displayName what n8n calls it
 */
export function whyNotHere({ nodes }: WorkflowFile, node: string, displayName: string): string {
	if (nodes.some(({ type }) => type.endsWith(`.${node}Tool`))) {
		return `its ${displayName} node is a tool of an AI, and the AI runs in n8n only: import the file there (npm run editor brings an n8n)`;
	}
	if (nodes.some(({ type }) => type === EXECUTE_WORKFLOW)) {
		return `it calls another workflow, which n8n has to find: import both there (npm run editor brings an n8n), or see the one that it calls with npm start -- --workflow workflows/confirm-an-agreement.json`;
	}
	return `it has no ${displayName} node`;
}

const countOf = ({ length }: unknown[]) => (length === 1 ? '1 item' : `${length} items`);

/** How each node of a run came to its items. */
export function waysOfNodes(
	workflow: WorkflowFile,
	{ runData, inputs }: Pick<RunResult, 'runData' | 'inputs'>,
	isReal: (type: string, version: number) => boolean,
): { real: string[]; pinned: string[]; handedPast: string[] } {
	const ways = { real: [] as string[], pinned: [] as string[], handedPast: [] as string[] };
	const start = startNodeOf(workflow).name;
	const pinned = pinnedItems(workflow);
	for (const { name, type, typeVersion } of workflow.nodes.filter(isExecutable)) {
		if (runData[name] === undefined || name === start) continue;
		if (pinned[name] !== undefined) ways.pinned.push(name);
		else if (isReal(type, typeVersion)) ways.real.push(name);
		else ways.handedPast.push(`${name} (${countOf(inputs(name))})`);
	}
	return ways;
}

/** A line for each way, for a person; n8n's nodes come into it only where there are some. */
export function renderWays(
	{ real, pinned, handedPast }: ReturnType<typeof waysOfNodes>,
	installed: boolean,
): string[] {
	const lines: Array<[string, string[]]> = [
		['Ran here', real],
		['Gave out their pinned items', pinned],
		['Did not run here, and handed their items on', handedPast],
	];
	return [
		...lines
			.filter(([, names]) => names.length > 0)
			.map(([way, names]) => `${way}: ${names.join(', ')}.`),
		...(installed || handedPast.length === 0
			? []
			: ["n8n's own Filter, If, Edit Fields and the like run for real after npm run engines."]),
	];
}
