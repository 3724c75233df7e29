/** As an AI tool: n8n's own tool invocation, with a scripted agent in place of a model. */
import { runWorkflow } from '../../dev/engine/runWorkflow';
import type { INodeExecutionData } from 'n8n-workflow';

import { open } from './place';
import { ScriptedAgent } from './scriptedAgent';
import {
	agreementsOf,
	CREDENTIAL_TYPE,
	customerId,
	customers,
	loadCredentialType,
	loadNode,
	workflowAround,
	type Workplace,
} from './workplace';

const { nodes } = workflowAround();
const [trigger, confirm] = nodes;

async function callTool(place: Workplace, calls: object[], settings: object = {}) {
	if (trigger === undefined || confirm === undefined) throw new Error('no workflow');
	const fromModel = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;
	const result = await runWorkflow({
		nodeTypes: [loadNode(), new ScriptedAgent()],
		credentialTypes: [loadCredentialType()],
		credentials: place.credentials,
		input: calls.map((json) => ({ json: json as INodeExecutionData['json'] })),
		workflow: {
			name: 'Agent',
			nodes: [
				trigger,
				{ ...trigger, id: 'Agent', name: 'Agent', type: 'scriptedAgent' },
				{
					...confirm,
					type: `${confirm.type}Tool`,
					credentials: { [CREDENTIAL_TYPE]: { id: '1', name: 'Partner Center' } },
					parameters: {
						...confirm.parameters,
						descriptionType: 'manual',
						toolDescription: 'Confirms that a customer accepted the agreement',
						customerId: { __rl: true, mode: 'id', value: fromModel('customer') },
						firstName: fromModel('firstName'),
						lastName: fromModel('lastName'),
						email: fromModel('email'),
						dateAgreed: fromModel('date'),
						additionalFields: {},
					},
					...settings,
				},
			],
			connections: {
				Customers: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Confirm: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
		},
	});
	expect(result.error).toBeUndefined();
	return (result.outputs('Agent')[0] ?? []).map(({ json }) => {
		const answer = String(json.answer);
		return answer.startsWith('[') ? (JSON.parse(answer) as unknown) : answer;
	});
}

const args = (number: number, more: object = {}) => ({
	customer: customerId(number),
	firstName: 'Tania',
	lastName: 'Carr',
	email: 'tania@contoso.example',
	date: '2024-06-14',
	...more,
});

describe('as an AI tool', () => {
	it('answers one list whose items say by outcome which branch they took', async () => {
		const place = await open({ state: { customers: customers(2) } });
		const answers = await callTool(place, [args(1), args(1), args(2)]);
		expect(answers).toMatchObject([
			[{ outcome: 'confirmed', customerId: customerId(1) }],
			[{ outcome: 'alreadyExists', customerId: customerId(1), code: 600061 }],
			[{ outcome: 'confirmed', customerId: customerId(2) }],
		]);
		expect(agreementsOf(place.emulator)).toBe(2);
	});

	it('with Always Output Data the list holds what became of the calls, and no more', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const calls = [args(1), args(1), args(9)];
		const more = { alwaysOutputData: true, onError: 'continueRegularOutput' };
		expect(await callTool(place, calls, more)).toMatchObject([
			[{ outcome: 'confirmed' }],
			[{ outcome: 'alreadyExists' }],
			[{ outcome: 'failed' }],
		]);
		expect(await callTool(place, [args(1)], more)).toHaveLength(1);
	});

	it('tells the agent who needs action', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const [answer] = await callTool(place, [args(1)], {
			parameters: {
				resource: 'customerAgreement',
				operation: 'getStatus',
				customerId: { __rl: true, mode: 'id', value: "={{ $fromAI('customer', '', 'string') }}" },
				options: {},
			},
		});
		expect(answer).toMatchObject([
			{
				customerId: customerId(1),
				needsAction: true,
				reason: 'The agreement was never confirmed.',
			},
		]);
	});

	it('tells the agent in words what it can’t use', async () => {
		const place = await open({ state: { customers: customers(1) } });
		const [answer] = await callTool(place, [args(1, { email: 'tania' })]);
		expect(answer).toMatch(/refused: 'Email' is not an e-mail address: "tania" \[Item 0\]/);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'with On Error %s a failure reaches the agent as an item that says so',
		async (onError) => {
			const place = await open({ state: { customers: customers(1) } });
			const [answer] = await callTool(place, [args(9)], { onError });
			expect(answer).toMatchObject([
				{ error: expect.stringContaining('does not know this customer') },
			]);
			expect(JSON.stringify(answer)).not.toContain('"confirmed"');
		},
	);
});
