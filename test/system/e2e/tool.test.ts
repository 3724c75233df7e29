/**
 * The node as a tool of n8n's own AI Agent: n8n generates the tool, hands its description to the
 * model, fills its fields with what the model chose, runs it and passes the answer back. The model
 * is a script (`standIns/ChatModel.ts`). The variable N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE is
 * not set here; `load.test.ts` runs with it.
 */
import {
	importable,
	importCredential,
	importCredentials,
	importWorkflows,
	signedInData,
} from '../../../dev/n8n/sampleContent';
import type { Session } from '../../../dev/n8n/Session';
import { manyCustomers } from './customers';
import { runInEditor, type Execution } from './executions';
import { openPlace, type Place } from './place';
import { ChatModel } from './standIns/ChatModel';
import { nodeTypes } from './typeFiles';

const TOOL = 'n8n-nodes-microsoft-partner-center.microsoftPartnerCenterTool';
const MODEL_CREDENTIAL = { id: 'scriptedModel', name: 'Scripted model' };
/** The newest AI Agent of each major. */
const AGENT_VERSION = { '1': 3, '2': 3.1 };

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
/** What the newest agents make of a tool without an item. */
const NOTHING = '""';

const customers = manyCustomers(3);
const idOf = (number: number): string => customers[number - 1]?.id ?? '';

const fromModel = (name: string, description: string): string =>
	`={{ $fromAI('${name}', '${description}', 'string') }}`;

const confirmParameters = {
	resource: 'customerAgreement',
	operation: 'confirm',
	customerId: { __rl: true, mode: 'id', value: fromModel('customer', 'Microsoft ID') },
	firstName: fromModel('firstName', 'given name'),
	lastName: fromModel('lastName', 'family name'),
	email: fromModel('email', 'e-mail address'),
	dateAgreed: fromModel('date', 'when the person accepted'),
};

function agentWith(id: string, version: number, tool: object) {
	const node = (name: string, type: string, typeVersion: number, more: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		...more,
	});
	const to = (target: string, type: string) => ({
		[type]: [[{ node: target, type, index: 0 }]],
	});
	return importable(
		{
			name: `Agent ${id}`,
			settings: { executionOrder: 'v1' },
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, { parameters: {} }),
				node('AI Agent', '@n8n/n8n-nodes-langchain.agent', version, {
					parameters: { promptType: 'define', text: 'Confirm what I told you.', options: {} },
				}),
				node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
					parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
					credentials: { openAiApi: MODEL_CREDENTIAL },
				}),
				node('Partner Center', TOOL, 1, tool),
			],
			connections: {
				Start: to('AI Agent', 'main'),
				Model: to('AI Agent', 'ai_languageModel'),
				'Partner Center': to('AI Agent', 'ai_tool'),
			},
		},
		id,
	);
}

let model: ChatModel;
let place: Place;
let session: Session;

beforeAll(async () => {
	model = await ChatModel.open();
	place = await openPlace({
		emulator: { state: { customers } },
		environment: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: undefined },
	});
	await importCredential(place.n8n, await signedInData(place.emulator));
	await importCredentials(place.n8n, [
		{ ...MODEL_CREDENTIAL, type: 'openAiApi', data: { apiKey: 'none', url: model.url } },
	]);
	const version = AGENT_VERSION[place.installed.major];
	const confirm = { parameters: confirmParameters };
	await importWorkflows(place.n8n, [
		agentWith('confirm', version, confirm),
		agentWith('olderAgent', 2.2, confirm),
		agentWith('continue', version, { ...confirm, onError: 'continueRegularOutput' }),
		agentWith('olderContinue', 2.2, { ...confirm, onError: 'continueRegularOutput' }),
		agentWith('errorOutput', version, { ...confirm, onError: 'continueErrorOutput' }),
		agentWith('dryRun', version, {
			parameters: { ...confirmParameters, options: { dryRun: true } },
		}),
	]);
	({ session } = await place.serve());
});
beforeEach(() => place.emulator.reset());
afterAll(async () => {
	await place.close();
	await model.close();
});

const chosen = (number: number, more: object = {}) => ({
	call: {
		customer: idOf(number),
		firstName: 'Femke',
		lastName: 'van der Meulen',
		email: 'femke@fabrikam.example',
		date: '2025-06-12',
		...more,
	},
});

async function run(workflowId: string): Promise<Execution> {
	const execution = await runInEditor(session, place.installed.major, workflowId, 'Start');
	expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success' });
	return execution;
}

/** Each answer that came to the model, parsed where it is JSON. */
const answers = (): unknown[] =>
	model.toolAnswers.map((text) => (/^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text));

const agreements = (): number[] =>
	place.emulator.state.customers.map((customer) => customer.agreements.length);

test('n8n generates the tool from the node, with its fields and one connection to an agent', async () => {
	const tool = (await nodeTypes(session)).find(({ name }) => name === TOOL);

	expect(tool).toMatchObject({
		displayName: 'Microsoft Partner Center Tool',
		outputs: ['ai_tool'],
	});
	expect(tool?.properties.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['toolDescription', 'resource', 'operation', 'customerId', 'email']),
	);
});

test('the model is told of the fields that it may fill, and of nothing else', async () => {
	model.script({ text: 'Nothing to do.' });
	await run('confirm');

	const [tool] = model.requests[0]?.tools ?? [];
	expect(Object.keys(tool?.function.parameters.properties ?? {}).sort()).toEqual(
		['customer', 'date', 'email', 'firstName', 'lastName'].sort(),
	);
	expect(tool?.function.parameters.properties.customer).toMatchObject({
		type: 'string',
		description: 'Microsoft ID',
	});
	expect(tool?.function.description).toEqual(expect.any(String));
});

test.each(['confirm', 'olderAgent'])(
	'each call answers one list that says by outcome what became of it (workflow "%s")',
	async (workflowId) => {
		model.script(chosen(1), chosen(1), chosen(2), { text: 'Done.' });

		const execution = await run(workflowId);

		expect(answers()).toEqual([
			[expect.objectContaining({ outcome: 'confirmed', customerId: idOf(1) })],
			[expect.objectContaining({ outcome: 'alreadyExists', customerId: idOf(1) })],
			[expect.objectContaining({ outcome: 'confirmed', customerId: idOf(2) })],
		]);
		expect(agreements()).toEqual([1, 1, 0]);
		expect(execution.outputs('AI Agent')).toEqual([[{ output: 'Done.' }]]);
	},
);

const refused = chosen(1, { customer: UNKNOWN });
const WORDS = 'does not know this customer';

test.each(['continue', 'olderContinue'])(
	'with On Error "Continue" a refused item reaches the model, and the agent goes on (workflow "%s")',
	async (workflowId) => {
		model.script(refused, chosen(1), { text: 'Done.' });

		const execution = await run(workflowId);

		expect(answers()).toEqual([
			[
				expect.objectContaining({
					outcome: 'failed',
					error: expect.stringContaining(WORDS),
					message: expect.stringContaining("Check 'Customer'"),
				}),
			],
			[expect.objectContaining({ outcome: 'confirmed' })],
		]);
		expect(execution.outputs('AI Agent')).toEqual([[{ output: 'Done.' }]]);
	},
);

// The table of docs/operations/ai-tool.md: what n8n's agents make of the other two settings, which the node can't change.
test('with On Error "Stop Workflow", an agent of version 2 has an empty answer', async () => {
	model.script(refused, { text: 'Done.' });

	await run('olderAgent');

	expect(answers()).toEqual(['']);
});

test('with On Error "Stop Workflow", the newest agent passes the words on in 2.x, and ends the run in 1.123', async () => {
	model.script(refused, { text: 'Done.' });

	const { major } = place.installed;
	const execution = await runInEditor(session, major, 'confirm', 'Start');

	if (major === '1') {
		expect(execution.status).toBe('error');
		expect(execution.error).toContain(WORDS);
		return;
	}
	expect(execution.status).toBe('success');
	expect(answers()).toEqual([[{ error: expect.stringContaining(WORDS) }]]);
});

test('with an error output, the newest agent has an empty answer, also of what was confirmed', async () => {
	model.script(chosen(1), { text: 'Done.' });

	await run('errorOutput');

	expect(answers()).toEqual([NOTHING]);
	expect(agreements()).toEqual([1, 0, 0]);
});

test('a dry run says what would be, and writes nothing', async () => {
	model.script(chosen(1), { text: 'Done.' });

	await run('dryRun');

	expect(answers()).toEqual([
		[expect.objectContaining({ outcome: 'wouldConfirm', customerId: idOf(1) })],
	]);
	expect(agreements()).toEqual([0, 0, 0]);
});
