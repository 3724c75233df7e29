/**
 * Runs an exported workflow in n8n's own engine, in this process: our nodes and, where they are at hand, n8n's own for real, every other node handing items on.
 */
import './userFolder';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	deepCopy,
	NodeHelpers,
	Workflow,
	type ExecutionError,
	type ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IRunData,
	type IRunExecutionData,
	type ITaskData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { runCode } from './codeRunner';
import { CredentialStore, EngineCredentialsHelper } from './credentials';
import type { DataTables } from './dataTables';
import type { N8nNodes } from './n8nNodes';
import { EngineNodeTypes } from './nodeTypes';
import { isExecutable, pinnedItems, startNodeOf, type WorkflowFile } from './workflowFile';

export { CredentialStore, EngineCredentialsHelper } from './credentials';
export { DataTables } from './dataTables';
export { userFolder, removeUserFolder } from './userFolder';
export { parseWorkflow, withCredential, type WorkflowFile } from './workflowFile';

export interface RunOptions {
	workflow: WorkflowFile;
	/** The node types that run for real; every other node of the workflow hands its items on. */
	nodeTypes: INodeType[];
	/** n8n's own nodes that run for real as well; default: none, they hand their items on. */
	n8nNodes?: Pick<N8nNodes, 'get'>;
	/** The credential types whose defaults and `$self` expressions are resolved. */
	credentialTypes?: ICredentialType[];
	credentials?: CredentialStore;
	/** Takes the place of the engine's own helper, for instance n8n's `CredentialsHelper`. */
	credentialsHelper?: ICredentialsHelper;
	/** The items that the start node emits; default: its pinned items, else one empty item. */
	input?: INodeExecutionData[];
	/** The node to start from; default: the one that no items come into. */
	startNode?: string;
	mode?: WorkflowExecuteMode;
	/** The workflow's time zone; default: the one in its settings. */
	timeZone?: string;
	/** Stops the execution as n8n's stop button does. */
	signal?: AbortSignal;
	/** What nodes remembered from earlier runs (`getWorkflowStaticData`). */
	staticData?: IDataObject;
	/** The instance's Data Tables; default: none, as where n8n has switched them off. */
	dataTables?: DataTables;
	/** Further fields of n8n's `IWorkflowExecuteAdditionalData`, over the defaults. */
	additionalData?: Partial<IWorkflowExecuteAdditionalData>;
}

export interface RunResult {
	/** n8n's word for how the execution ended: `success`, `error` or `canceled`. */
	status: string;
	/** What stopped the execution, where something did. */
	error?: ExecutionError;
	/** n8n's record of every run of every node. */
	runData: IRunData;
	/** A node's items by output, over all of its runs; empty for a node that never ran. */
	outputs(nodeName: string): INodeExecutionData[][];
	/** The items that came into a node's first input, over all of its runs. */
	inputs(nodeName: string): INodeExecutionData[];
	/** What n8n's editor calls each main output of a node; `Output 1` and so on where it has no name. */
	outputNames(nodeName: string): string[];
	/** The hints that n8n shows with a node's output. */
	hints(nodeName: string): NodeExecutionHint[];
	/** What nodes sent to the browser's console during a manual run. */
	uiMessages: Array<{ type: string; data: unknown }>;
	/** What nodes remember for the next run. */
	staticData: IDataObject;
	full: IRun;
}

let executions = 0;

function workflowRecord({ nodes, connections, name, id }: WorkflowFile): IWorkflowBase {
	return {
		id: id ?? 'workflow',
		name,
		nodes,
		connections,
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
	};
}

/** What surrounds an execution in an n8n instance: addresses, variables, hooks, the credentials. */
function surroundings(
	hooks: ExecutionLifecycleHooks,
	credentialsHelper: ICredentialsHelper,
	uiMessages: RunResult['uiMessages'],
	overrides: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const unavailable = (what: string) => () => {
		throw new Error(`${what} is not available outside an n8n instance`);
	};
	const instance = 'http://localhost:5678/';
	const additionalData: IWorkflowExecuteAdditionalData = {
		credentialsHelper,
		hooks,
		executionId: hooks.executionId,
		currentNodeExecutionIndex: 0,
		executeWorkflow: unavailable('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: runCode,
		logAiEvent: () => undefined,
		setExecutionStatus: () => undefined,
		sendDataToUI: (type, data) => uiMessages.push({ type, data }),
		restApiUrl: `${instance}rest`,
		instanceBaseUrl: instance,
		formBaseUrl: `${instance}form`,
		formWaitingBaseUrl: `${instance}form-waiting`,
		formTestBaseUrl: `${instance}form-test`,
		webhookBaseUrl: `${instance}webhook`,
		webhookWaitingBaseUrl: `${instance}webhook-waiting`,
		webhookTestBaseUrl: `${instance}webhook-test`,
		mcpBaseUrl: `${instance}mcp`,
		mcpTestBaseUrl: `${instance}mcp-test`,
		externalSecretsProxy: new ExternalSecretsProxy(),
		variables: {},
		userId: 'user',
	};
	return Object.assign(additionalData, overrides);
}

/** The execution's first record: the start node on the stack, with the items that it emits. */
function firstRecord(options: RunOptions, nodeTypes: EngineNodeTypes): IRunExecutionData {
	const { workflow, input, mode = 'manual' } = options;
	const start = startNodeOf(workflow, options.startNode);
	const { [start.name]: pinned, ...pinData } = pinnedItems(workflow);
	const items = input ?? pinned;
	// a real trigger would go and look for items of its own: given some, it is pinned to them
	if (items && nodeTypes.isReal(start.type)) pinData[start.name] = items;
	const resultData = { ...(mode === 'manual' && { pinData }), runData: {} };
	const nodeExecutionStack = [
		{ node: start, data: { main: [items ?? [{ json: {} }]] }, source: null },
	];
	// n8n 1.119 has no such function yet, and takes the record as it is
	if (typeof createRunExecutionData !== 'function') {
		const nothing = { contextData: {}, metadata: {}, waitingExecution: {} };
		const executionData = { ...nothing, waitingExecutionSource: {}, nodeExecutionStack };
		return { startData: {}, resultData, executionData } as unknown as IRunExecutionData;
	}
	return createRunExecutionData({ resultData, executionData: { nodeExecutionStack } });
}

/** An execution that n8n refused to start, for instance because a required field is empty. */
function refused(data: IRunExecutionData, mode: WorkflowExecuteMode, error: unknown): IRun {
	const now = new Date();
	data.resultData.error = error as ExecutionError;
	return { data, mode, startedAt: now, stoppedAt: now, storedAt: 'db', status: 'error' };
}

/**
 * Runs a workflow once and answers when it has ended, well or not.
 *
 * @returns n8n's own record of the execution, and the parts of it that are usually looked at
 * @throws Error when the workflow has no node to start from
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	const { mode = 'manual', timeZone } = options;
	const file = structuredClone(options.workflow);
	file.nodes = file.nodes.filter(isExecutable);
	const settings = {
		executionOrder: 'v1' as const,
		...file.settings,
		...(timeZone !== undefined && { timezone: timeZone }),
	};
	const nodeTypes = new EngineNodeTypes(options.nodeTypes, file, options.n8nNodes);
	const workflow = new Workflow({
		id: file.id ?? 'workflow',
		name: file.name,
		nodes: file.nodes,
		connections: file.connections,
		active: false,
		nodeTypes,
		settings,
		...(options.staticData && { staticData: structuredClone(options.staticData) }),
	});
	const hooks = new ExecutionLifecycleHooks(mode, String(++executions), workflowRecord(file));
	const credentialsHelper =
		options.credentialsHelper ??
		new EngineCredentialsHelper(
			options.credentialTypes ?? [],
			options.credentials ?? new CredentialStore({}),
		);
	const uiMessages: RunResult['uiMessages'] = [];
	const record = firstRecord({ ...options, workflow: file }, nodeTypes);
	const { dataTables } = options;
	const additionalData = surroundings(hooks, credentialsHelper, uiMessages, {
		...(dataTables && { 'data-table': { dataTableProxyProvider: dataTables } }),
		...options.additionalData,
	});

	let full: IRun;
	try {
		const running = new WorkflowExecute(additionalData, mode, record).processRunExecutionData(
			workflow,
		);
		const stop = () => running.cancel();
		if (options.signal?.aborted) stop();
		options.signal?.addEventListener('abort', stop, { once: true });
		full = await running;
		options.signal?.removeEventListener('abort', stop);
	} catch (error) {
		full = refused(record, mode, error);
	}

	const { runData, error } = full.data.resultData;
	return {
		status: full.status,
		...(error && { error }),
		runData,
		outputs: (nodeName) => mergeRuns(runData[nodeName] ?? []),
		inputs: (nodeName) => (runData[nodeName] ?? []).flatMap((run) => inputOf(run, runData)),
		outputNames: (nodeName) => outputNames(workflow, nodeName),
		hints: (nodeName) => (runData[nodeName] ?? []).flatMap(({ hints }) => hints ?? []),
		uiMessages,
		staticData: deepCopy(workflow.staticData),
		full,
	};
}

/** The items of all runs of a node, output by output. */
function mergeRuns(runs: IRunData[string]): INodeExecutionData[][] {
	const merged: INodeExecutionData[][] = [];
	for (const run of runs) {
		for (const [output, items] of (run.data?.main ?? []).entries()) {
			(merged[output] ??= []).push(...(items ?? []));
		}
	}
	return merged;
}

/** What the node before a run of a node handed to it. */
function inputOf(run: ITaskData, runData: IRunData): INodeExecutionData[] {
	const source = run.source[0];
	if (!source) return [];
	const before = runData[source.previousNode]?.[source.previousNodeRun ?? 0];
	return before?.data?.main?.[source.previousNodeOutput ?? 0] ?? [];
}

function outputNames(workflow: Workflow, nodeName: string): string[] {
	const node = workflow.getNode(nodeName);
	if (!node) return [];
	const { description } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return NodeHelpers.getNodeOutputs(workflow, node, description)
		.map((output) => (typeof output === 'string' ? { type: output, displayName: '' } : output))
		.filter(({ type }) => type === 'main')
		.map(({ displayName }, index) => displayName || `Output ${index + 1}`);
}
