/**
 * The node types a run can use: the real ones it was given, n8n's own where they are at hand, and a stand-in for every other node of the workflow.
 */
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';

import type { N8nNodes } from './n8nNodes';
import { isExecutable, shortTypeName, type WorkflowFile } from './workflowFile';

interface Connectors {
	inputs: number;
	outputs: number;
}

/** How many inputs and outputs the workflow's connections need of each node type. */
function connectorsByType(workflow: WorkflowFile): Map<string, Connectors> {
	const byType = new Map<string, Connectors>();
	const typeOf = new Map(workflow.nodes.map((node) => [node.name, node.type]));
	const need = (name: string, inputs: number, outputs: number) => {
		const type = typeOf.get(name);
		if (type === undefined) return;
		const known = byType.get(type) ?? { inputs: 1, outputs: 1 };
		byType.set(type, {
			inputs: Math.max(known.inputs, inputs),
			outputs: Math.max(known.outputs, outputs),
		});
	};
	for (const node of workflow.nodes.filter(isExecutable)) need(node.name, 1, 1);
	for (const [source, { main }] of Object.entries(workflow.connections)) {
		for (const [output, links] of (main ?? []).entries()) {
			if ((links?.length ?? 0) > 0) need(source, 1, output + 1);
			for (const link of links ?? []) need(link.node, link.index + 1, 1);
		}
	}
	return byType;
}

/** A node that hands its items on: the trigger's on the way in, and any node's that is not ours. */
class StandIn implements INodeType {
	description: INodeTypeDescription;

	constructor(type: string, { inputs, outputs }: Connectors) {
		const main = (count: number) => Array<'main'>(count).fill(NodeConnectionTypes.Main);
		this.description = {
			displayName: shortTypeName(type),
			name: type,
			group: ['transform'],
			version: 1,
			description: 'Hands its items on',
			defaults: {},
			inputs: main(inputs),
			outputs: main(outputs),
			properties: [],
		};
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const sources = this.getExecuteData().data.main ?? [];
		return [sources.flatMap((items) => items ?? [])];
	}
}

/** The variant of a node that n8n generates for agents: the same node with an `ai_tool` output. */
function asTool(nodeType: INodeType): INodeType {
	const description: INodeTypeDescription = {
		...nodeType.description,
		name: `${nodeType.description.name}Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	delete description.usableAsTool;
	const tool: INodeType = Object.create(nodeType);
	tool.description = description;
	return tool;
}

/**
 * The node types of one workflow. A real type answers to its short name (`microsoftPartnerCenter`)
 * and to the name that exports carry (`<package>.microsoftPartnerCenter`).
 */
export class EngineNodeTypes implements INodeTypes {
	private readonly real = new Map<string, INodeType>();

	private readonly standIns: Map<string, StandIn>;

	constructor(
		nodeTypes: INodeType[],
		workflow: WorkflowFile,
		private readonly n8nNodes?: Pick<N8nNodes, 'get'>,
	) {
		for (const nodeType of nodeTypes) {
			this.real.set(shortTypeName(nodeType.description.name), nodeType);
			if (nodeType.description.usableAsTool) {
				this.real.set(`${shortTypeName(nodeType.description.name)}Tool`, asTool(nodeType));
			}
		}
		this.standIns = new Map(
			[...connectorsByType(workflow)].map(([type, need]) => [type, new StandIn(type, need)]),
		);
	}

	/** Whether the workflow's node of this type runs for real. */
	isReal(type: string): boolean {
		return this.find(type) !== undefined;
	}

	getByName(type: string): INodeType {
		return this.getByNameAndVersion(type);
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return (
			this.find(type, version) ??
			this.standIns.get(type) ??
			new StandIn(type, { inputs: 1, outputs: 1 })
		);
	}

	getKnownTypes() {
		return {};
	}

	/** n8n's own nodes share short names with nobody's: `n8n-nodes-base.set` is never ours. */
	private find(type: string, version?: number): INodeType | undefined {
		if (type.startsWith('n8n-nodes-base.')) return this.n8nNodes?.get(type, version);
		return this.real.get(shortTypeName(type));
	}
}
