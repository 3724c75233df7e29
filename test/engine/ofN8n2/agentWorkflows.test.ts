/**
 * The workflows whose nodes are tools of an AI: what reads can't write, and what writes stands behind
 * n8n's human review. The AI nodes need some hundred packages to run, so here is what they are called
 * and what they ask for, from n8n's own files; an agent in n8n itself is in `test/system/e2e/tool.test.ts`.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type IDataObject, type INode, type INodeTypeDescription } from 'n8n-workflow';

import { runWorkflow, type WorkflowFile } from '../../../dev/engine/runWorkflow';
import { n8nNodes } from '../n8nNodes';
import { open } from '../place';
import { ScriptedAgent } from '../scriptedAgent';
import {
	agreementsOf,
	CREDENTIAL_TYPE,
	customerId,
	customers,
	loadCredentialType,
	loadNode,
	node,
	writes,
	type Workplace,
} from '../workplace';
import { read } from '../subWorkflow';

const AGENT = 'agent-confirms-after-approval.json';
const MCP = 'mcp-agreement-status.json';
const STATUS = 'Get Agreement Status';
const CONFIRM = 'Confirm Agreement';
const REVIEW = 'Ask a Person';

const ENGINES = path.join(__dirname, '../../../dev/hosts/engines');
const AI_NODES = '@n8n/n8n-nodes-langchain.';
const TOOL = 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTool';

const find = ({ nodes }: WorkflowFile, name: string): INode => {
	const found = nodes.find((one) => one.name === name);
	if (found === undefined) throw new Error(`no node ${name}`);
	return found;
};

type Converted = { description: INodeTypeDescription };

/** n8n's own code that makes a tool, or a human review, of a node. */
function generate(kind: 'hitl-tools' | 'ai-tools', description: INodeTypeDescription) {
	const file = path.join(ENGINES, `n8n-2-server/dist/tool-generation/${kind}.js`);
	if (!existsSync(file)) throw new Error('Run npm run engines first: it brings this file of n8n');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- jest's own require: it maps n8n-workflow to this engine's
	const code = require(file) as Record<string, (item: Converted) => Converted>;
	const name = kind === 'hitl-tools' ? 'convertNodeToHitlTool' : 'convertNodeToAiTool';
	return code[name]?.({ description: structuredClone(description) }).description;
}

/** What n8n 2.41 knows of a node of this type and version. */
function descriptionOf({ type, typeVersion }: INode): INodeTypeDescription | undefined {
	if (type === TOOL) return generate('ai-tools', loadNode().description);
	if (type.endsWith('HitlTool')) {
		const reviewed = n8nNodes.get(type.replace(/HitlTool$/, ''), typeVersion);
		return reviewed && generate('hitl-tools', reviewed.description);
	}
	if (!type.startsWith(AI_NODES)) return n8nNodes.get(type, typeVersion)?.description;
	const file = path.join(ENGINES, 'n8n-2-ai-nodes/dist/types/nodes.json');
	if (!existsSync(file))
		throw new Error("Run npm run engines first: it brings the AI nodes' types");
	const all = JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[];
	return all.find(
		({ name, version }) => AI_NODES + name === type && [version].flat().includes(typeVersion),
	);
}

const executable = (file: string): INode[] =>
	read(file).nodes.filter(({ type }) => !type.endsWith('.stickyNote'));

describe.each([AGENT, MCP])('%s', (file) => {
	it.each(executable(file).map((one): [string, INode] => [one.name, one]))(
		'has in "%s" a type and a version of n8n 2.41, every parameter of it, and none that it lacks',
		(_name, one) => {
			const type = descriptionOf(one);
			expect(`.${type?.name}`).toBe(one.type.slice(one.type.lastIndexOf('.')));
			expect([type?.version].flat()).toContain(one.typeVersion);
			if (type === undefined) return;
			const shown = NodeHelpers.getNodeParameters(
				...([type.properties, one.parameters, true, false, one, type] as const),
			);
			expect(shown).toMatchObject(one.parameters);
			const opened = { ...one, parameters: shown ?? {} };
			expect(NodeHelpers.getNodeParametersIssues(type.properties, opened, type)).toBeNull();
		},
	);

	it('connects each tool with a connection that both of its ends have', () => {
		const workflow = read(file);
		const links = Object.entries(workflow.connections).flatMap(([from, byType]) =>
			Object.entries(byType).flatMap(([kind, outputs]) =>
				outputs.flatMap((output) => (output ?? []).map(({ node: to }) => ({ from, kind, to }))),
			),
		);
		expect(links).not.toEqual([]);
		for (const { from, kind, to } of links) {
			const ends = [
				descriptionOf(find(workflow, from))?.outputs,
				descriptionOf(find(workflow, to))?.inputs,
			];
			// The agent's and the chat's are expressions; they name the kinds of connection too.
			for (const end of ends)
				expect([from, to, JSON.stringify(end)]).toEqual([from, to, expect.stringContaining(kind)]);
		}
	});
});

/** Which nodes a tool answers to. */
const usersOf = ({ connections }: WorkflowFile, name: string): string[] =>
	(connections[name]?.ai_tool ?? []).flatMap((links) => (links ?? []).map((link) => link.node));

/**
 * The nodes that write to Partner Center, and that anything but a human review can call: a model by
 * `ai_tool`, or the workflow by `main`.
 */
function unreviewed(workflow: WorkflowFile): string[] {
	const isReview = (name: string) => find(workflow, name).type.endsWith('HitlTool');
	return workflow.nodes
		.filter(({ type }) => type.includes('.microsoftPartnerCenter'))
		.filter(({ parameters }) => !/^get/.test(String(parameters.operation)))
		.filter(({ name, type }) => {
			const users = usersOf(workflow, name);
			return type !== TOOL || users.length === 0 || !users.every(isReview);
		})
		.map(({ name }) => name);
}

const connect = (workflow: WorkflowFile, from: string, ...to: string[]): WorkflowFile => ({
	...workflow,
	connections: {
		...workflow.connections,
		[from]: { ai_tool: [to.map((name) => ({ node: name, type: 'ai_tool', index: 0 }))] },
	},
});

describe('The agent confirms after approval only', () => {
	const workflow = read(AGENT);

	it('since what writes is connected to the human review, and that to the agent', () => {
		expect(unreviewed(workflow)).toEqual([]);
		expect(usersOf(workflow, CONFIRM)).toEqual([REVIEW]);
		expect(usersOf(workflow, REVIEW)).toEqual(['AI Agent']);
		expect(usersOf(workflow, STATUS)).toEqual(['AI Agent']);
		expect(find(workflow, CONFIRM).parameters.operation).toBe('confirm');
	});

	it('since the person can decline', () => {
		expect(find(workflow, REVIEW).parameters.approvalOptions).toMatchObject({
			values: { approvalType: 'double' },
		});
	});

	it('since the person is shown what is to be confirmed', () => {
		const { message } = find(workflow, REVIEW).parameters;
		expect(message).toContain('$tool.parameters');
	});

	it.each([
		['the review is cut out', connect(workflow, CONFIRM, 'AI Agent')],
		['there is a way around the review', connect(workflow, CONFIRM, REVIEW, 'AI Agent')],
		[
			'the tool that reads is made one that confirms',
			{
				...workflow,
				nodes: workflow.nodes.map((one) =>
					one.name === STATUS
						? { ...one, parameters: { ...one.parameters, operation: 'confirm' } }
						: one,
				),
			},
		],
	])('and it is seen where %s', (_name, changed) => {
		expect(unreviewed(changed)).not.toEqual([]);
	});

	it('and the MCP server has nothing that writes', () => {
		const mcp = read(MCP);
		const ours = mcp.nodes.filter(({ type }) => type.includes('.microsoftPartnerCenter'));
		expect(ours.map(({ parameters }) => parameters.operation)).toEqual(['getStatus']);
		expect(unreviewed(mcp)).toEqual([]);
	});
});

/** Calls one tool of a file as an agent does, with these arguments. */
async function callTool(place: Workplace, file: string, name: string, args: IDataObject) {
	const tool = find(read(file), name);
	const start = node('Start', 'n8n-nodes-base.manualTrigger');
	const result = await runWorkflow({
		nodeTypes: [loadNode(), new ScriptedAgent()],
		credentialTypes: [loadCredentialType()],
		credentials: place.credentials,
		input: [{ json: args }],
		workflow: {
			name: 'Agent',
			nodes: [
				start,
				node('Agent', 'scriptedAgent'),
				{ ...tool, credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Partner Center' } } },
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				[name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
	});
	expect(result.error?.message).toBeUndefined();
	const { answer, fields } = result.outputs('Agent')[0]?.[0]?.json ?? {};
	return { answer: JSON.parse(String(answer)) as unknown, fields };
}

describe.each([AGENT, MCP])('The tool that reads, of %s', (file) => {
	it('says whether the customer has the agreement, and takes nothing but the customer', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const called = await callTool(place, file, STATUS, { customer: customerId(1) });
		expect(called.fields).toEqual(['customer']);
		expect(called.answer).toMatchObject([{ customerId: customerId(1), needsAction: true }]);
	});

	it('confirms nothing, whatever a model asks of it', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const { answer } = await callTool(place, file, STATUS, {
			customer: customerId(1),
			operation: 'confirm',
			resource: 'customerAgreement',
			firstName: 'Tania',
			lastName: 'Carr',
			email: 'tania@contoso.example',
			dateAgreed: '2025-06-12',
		});
		expect(answer).toMatchObject([{ needsAction: true }]);
		expect(writes(place.emulator)).toEqual([]);
		expect(agreementsOf(place.emulator)).toBe(0);
	});

	it('tells the model of a customer who is not there, and goes on', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const { answer } = await callTool(place, file, STATUS, { customer: customerId(9) });
		expect(answer).toMatchObject([
			{ error: expect.stringContaining('does not know this customer') },
		]);
	});
});

it('The tool that confirms does so with the fields that it is called with', async () => {
	const place = await open({ state: { customers: customers(1) } });
	const { answer } = await callTool(place, AGENT, CONFIRM, {
		customer: customerId(1),
		firstName: 'Tania',
		lastName: 'Carr',
		email: 'tania@contoso.example',
		dateAgreed: '2025-06-12',
	});
	expect(answer).toMatchObject([{ outcome: 'confirmed', customerId: customerId(1) }]);
	expect(agreementsOf(place.emulator)).toBe(1);
});
