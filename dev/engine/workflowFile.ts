/** A workflow as n8n exports it: reading one, and the questions that running it asks of it. */
import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IPinData,
	IWorkflowSettings,
} from 'n8n-workflow';

/** What n8n's "Download" writes, as far as running it is concerned. */
export interface WorkflowFile {
	id?: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** Pinned items by node name; n8n writes them with `json`, older exports without. */
	pinData?: Record<string, Array<INodeExecutionData | IDataObject>>;
}

const MICROSOFTS_ADDRESS = 'https://api.partnercenter.microsoft.com';
const LAST_CALL_UNCHECKED = /"name":"lastCallChecked","value":"no"/;
const NOT_EXECUTED = new Set(['n8n-nodes-base.stickyNote']);

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNode(value: unknown): boolean {
	return isRecord(value) && typeof value.name === 'string' && typeof value.type === 'string';
}

function isLink(value: unknown): boolean {
	return isRecord(value) && typeof value.node === 'string' && typeof value.index === 'number';
}

/** One node's links by type and output; n8n writes null for an output that leads nowhere. */
function areLinks(value: unknown): boolean {
	const isOutput = (links: unknown) =>
		links === null || (Array.isArray(links) && links.every(isLink));
	return (
		isRecord(value) &&
		Object.values(value).every((outputs) => Array.isArray(outputs) && outputs.every(isOutput))
	);
}

function arePins(value: unknown): boolean {
	return Array.isArray(value) && value.every(isRecord);
}

/** The first node whose entry is not as n8n writes it. */
function misfit(entries: Record<string, unknown>, fits: (value: unknown) => boolean) {
	return Object.entries(entries).find(([, value]) => !fits(value))?.[0];
}

const NO_EXPORT = 'it is not a workflow that n8n exported';

/** @throws Error with one clear line that says what is missing, or where it is broken */
function assertWorkflowFile(value: unknown): asserts value is WorkflowFile {
	if (!isRecord(value) || !Array.isArray(value.nodes) || !isRecord(value.connections)) {
		throw new Error(`${NO_EXPORT}: no list of nodes, or no connections`);
	}
	if (!value.nodes.every(isNode)) {
		throw new Error(`${NO_EXPORT}: one of its nodes has no name or no type`);
	}
	const from = misfit(value.connections, areLinks);
	if (from !== undefined) {
		throw new Error(`${NO_EXPORT}: the connections of "${from}" are no lists of links`);
	}
	const { pinData = {} } = value;
	// n8n writes null where nothing is pinned
	if (pinData === null) delete value.pinData;
	else if (!isRecord(pinData)) throw new Error(`${NO_EXPORT}: its pinned data has no node names`);
	else {
		const pinned = misfit(pinData, arePins);
		if (pinned !== undefined) {
			throw new Error(`${NO_EXPORT}: the pinned data of "${pinned}" is no list of items`);
		}
	}
}

/**
 * The workflow in the text of an exported file.
 *
 * @throws Error with one clear line when the text is no JSON, or no workflow
 */
export function parseWorkflow(text: string): WorkflowFile {
	let value: unknown;
	try {
		value = JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (error) {
		throw new Error(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
	assertWorkflowFile(value);
	const nodes = value.nodes.map((node) => ({ ...node, parameters: node.parameters ?? {} }));
	return { ...value, nodes, name: value.name ?? 'Workflow' };
}

/** The last part of a node type's name: `n8n-nodes-base.noOp` → `noOp`. */
export function shortTypeName(type: string): string {
	return type.slice(type.lastIndexOf('.') + 1);
}

/** Whether n8n's engine ever runs this node: sticky notes are only looked at. */
export function isExecutable(node: INode): boolean {
	return !NOT_EXECUTED.has(node.type);
}

function mainTargets(connections: IConnections): Set<string> {
	const targets = new Set<string>();
	for (const byType of Object.values(connections)) {
		for (const links of byType.main ?? []) for (const link of links ?? []) targets.add(link.node);
	}
	return targets;
}

/** A model or tool of an agent: it has connections out, and none of them carries items. */
function isSubNode(node: INode, connections: IConnections): boolean {
	const types = Object.keys(connections[node.name] ?? {});
	return types.length > 0 && !types.includes('main');
}

/**
 * The node that a run starts from: the one that no items come into. Of several, a trigger that leads
 * somewhere is taken first, as in n8n's editor.
 *
 * @param name the node to start from instead
 * @throws Error when there is none
 */
export function startNodeOf(workflow: WorkflowFile, name?: string): INode {
	if (name !== undefined) {
		const named = workflow.nodes.find((node) => node.name === name);
		if (!named) throw new Error(`The workflow has no node named "${name}"`);
		return named;
	}
	const targets = mainTargets(workflow.connections);
	const candidates = workflow.nodes.filter(
		(node) =>
			isExecutable(node) &&
			node.disabled !== true &&
			!targets.has(node.name) &&
			!isSubNode(node, workflow.connections),
	);
	const rank = (node: INode) =>
		(workflow.connections[node.name]?.main?.some((links) => (links?.length ?? 0) > 0) ? 2 : 0) +
		(/trigger$/i.test(shortTypeName(node.type)) ? 1 : 0);
	const [start] = [...candidates].sort((a, b) => rank(b) - rank(a));
	if (!start) throw new Error('The workflow has no node to start from');
	return start;
}

function isItem(value: INodeExecutionData | IDataObject): value is INodeExecutionData {
	return isRecord(value.json);
}

/** The workflow's pinned items, each in the form that the engine expects. */
export function pinnedItems(workflow: WorkflowFile): IPinData {
	return Object.fromEntries(
		Object.entries(workflow.pinData ?? {}).map(([name, items]) => [
			name,
			items.map((item) => (isItem(item) ? item : { json: item })),
		]),
	);
}

/**
 * A copy of the workflow whose nodes of these types use the credential with this id, as if a person
 * had chosen it in each node's panel, n8n's HTTP Request with this predefined type included. Exports
 * carry ids of the instance they came from, or none.
 */
export function withCredential(
	workflow: WorkflowFile,
	nodeTypes: INodeType[],
	credential: { type: string; id: string; name: string },
): WorkflowFile {
	const users = new Set(
		nodeTypes
			.filter(({ description }) =>
				description.credentials?.some(({ name }) => name === credential.type),
			)
			.map(({ description }) => description.name),
	);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			users.has(shortTypeName(node.type)) || node.parameters.nodeCredentialType === credential.type
				? {
						...node,
						credentials: {
							...node.credentials,
							[credential.type]: { id: credential.id, name: credential.name },
						},
					}
				: node,
		),
	};
}

/**
 * The workflow as a person sets it up for the emulator: where its Set node "Your Values" has Microsoft's
 * address, the emulator's is put in its place, and the last call of an attestation counts as checked.
 */
export function withPartnerCenterAt<
	N extends { name: string; parameters?: unknown },
	W extends { nodes: N[] },
>(workflow: W, baseUrl: string): W {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Your Values'
			? {
					...node,
					parameters: JSON.parse(
						JSON.stringify(node.parameters)
							.replace(MICROSOFTS_ADDRESS, baseUrl)
							.replace(LAST_CALL_UNCHECKED, (text) => text.replace('"no"', '"yes"')),
					) as N['parameters'],
				}
			: node,
	);
	return { ...workflow, nodes };
}
