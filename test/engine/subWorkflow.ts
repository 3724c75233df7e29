/**
 * A workflow that calls confirm-an-agreement.json: n8n's server looks a sub-workflow up and runs it;
 * here, the file is run in the same engine, and its last node's items come back, as from the server.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject, INode, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

import { sampleState } from '../../dev/emulator/sampleCustomers';
import type { EmulatorStateInput } from '../../dev/emulator/state';
import { parseWorkflow, type RunResult, type WorkflowFile } from '../../dev/engine/runWorkflow';
import { runForReal } from './internet';
import { place } from './place';
import { writes } from './workplace';

export const read = (file: string): WorkflowFile =>
	parseWorkflow(readFileSync(path.join(__dirname, '../../workflows', file), 'utf8'));

/** What a person puts into "Your Values": the ID that the imported sub-workflow has. */
const SUB_WORKFLOW_ID = 'ConfirmAgreement1';

/** The caller as a person sets it up. */
function setUp(workflow: WorkflowFile): WorkflowFile {
	const text = JSON.stringify(workflow);
	return parseWorkflow(text.replaceAll('ID of the sub-workflow', SUB_WORKFLOW_ID));
}

/** A workflow whose Confirm Agreement is changed, in its settings or its parameters. */
export function withConfirm(workflow: WorkflowFile, change: Partial<INode>): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Confirm Agreement'
			? { ...node, ...change, parameters: { ...node.parameters, ...change.parameters } }
			: node,
	);
	return { ...workflow, nodes };
}

export interface SubWorkflow {
	/** Takes the place of the file's Confirm Agreement, or of parts of it. */
	confirm?: Partial<INode>;
	/** The server does not find the sub-workflow, or may not run it. */
	fails?: string;
	/** Which of its answers come back; default all. */
	keeps?: (reference: unknown) => boolean;
}

/** Runs the caller on these items of its trigger; default: those that its file has pinned. */
export async function runWithSubWorkflow(
	file: string,
	records?: object[],
	{ confirm = {}, fails, keeps = () => true }: SubWorkflow = {},
): Promise<RunResult> {
	const runs: IRunExecutionData[] = [];
	const subWorkflow = withConfirm(read('confirm-an-agreement.json'), confirm);
	const executeWorkflow = async (
		{ id }: { id?: string },
		_: unknown,
		{ inputData }: { inputData?: INodeExecutionData[] },
	) => {
		if (fails !== undefined) throw new Error(fails);
		if (id !== SUB_WORKFLOW_ID) throw new Error(`Workflow does not exist: ${String(id)}`);
		const { full } = await runForReal(subWorkflow, { input: inputData ?? [] });
		const { runData, lastNodeExecuted = '', error } = full.data.resultData;
		if (error) throw error;
		runs.push(full.data);
		const answers = structuredClone(runData[lastNodeExecuted]?.at(-1)?.data?.main ?? []);
		return {
			executionId: String(runs.length - 1),
			data: answers.map((output) => (output ?? []).filter(({ json }) => keeps(json.reference))),
		};
	};
	return await runForReal(setUp(read(file)), {
		...(records && { input: records.map((json) => ({ json: json as IDataObject })) }),
		additionalData: {
			executeWorkflow,
			getRunExecutionData: async (id: string) => runs[Number(id)],
		},
	});
}

/** The sample customers, all of whose agreements are of this day. */
export const agreedOn = (dateAgreed: string): EmulatorStateInput => ({
	...sampleState,
	customers: sampleState.customers.map(({ agreements = [], ...one }) => ({
		...one,
		agreements: agreements.map((agreement) => ({ ...agreement, dateAgreed })),
	})),
});

/** What Confirm learns of an agreement that exists where its date can't be read, or is not asked for. */
export const WITHOUT_DATE: Array<[string, () => void, Partial<INode>]> = [
	[
		'cannot be read',
		() =>
			place.emulator.faults.script([
				{
					match: { method: 'GET', path: 'customers/[^/]+/agreements' },
					times: 999,
					what: 'status-500',
				},
			]),
		{ parameters: { options: { maxRetries: 0 } } },
	],
	['is not asked for', () => undefined, { parameters: { options: { includeExisting: false } } }],
];

/** The companies of the customers that were confirmed, by name. */
export const written = (): string[] =>
	writes(place.emulator)
		.filter(({ status }) => status === 201)
		.map(({ path: target }) => /customers\/([^/]+)/.exec(target)?.[1] ?? '')
		.map((id) => place.emulator.state.customers.find((one) => one.id === id)?.companyName ?? id)
		.sort();
