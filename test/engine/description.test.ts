/** What n8n makes of the node's description: outputs, subtitle, defaults, the form of each operation. */
import '../../dev/engine/userFolder';
import { NodeHelpers, Workflow, type INode, type INodeTypes } from 'n8n-workflow';

import { loadNode } from './workplace';

const node = loadNode();
const { description } = node;
const nodeTypes = {
	getByName: () => node,
	getByNameAndVersion: () => node,
	getKnownTypes: () => ({}),
} as INodeTypes;

const resources = description.properties.find(({ name }) => name === 'resource')?.options ?? [];
const valueOf = (option: object) => ('value' in option ? String(option.value) : '');
const operations = resources.flatMap((resource) =>
	description.properties
		.filter(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(valueOf(resource)),
		)
		.flatMap(({ options = [] }) =>
			options.map((option) => [valueOf(resource), valueOf(option), option as { name: string }]),
		),
) as Array<[resource: string, operation: string, option: { name: string; action: string }]>;

function open(parameters: INode['parameters']) {
	const one: INode = {
		id: '1',
		name: 'Node',
		type: description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const workflow = new Workflow({ nodes: [one], connections: {}, active: false, nodeTypes });
	const [opened = one] = Object.values(workflow.nodes);
	return { workflow, opened };
}

it('a new node is set to Confirm, with the defaults that the documentation names', () => {
	const { opened } = open({});
	expect(opened.parameters).toMatchObject({
		resource: 'customerAgreement',
		operation: 'confirm',
		customerId: { mode: 'list', value: '' },
		additionalFields: {},
		options: {},
	});
});

it.each(operations)(
	'%s/%s has its outputs and a subtitle in words',
	async (resource, operation) => {
		const { workflow, opened } = open({ resource, operation });
		const outputs = NodeHelpers.getNodeOutputs(workflow, opened, description).map((output) =>
			typeof output === 'string' ? { type: output } : output,
		);
		const names = outputs.map(({ displayName }) => displayName);
		expect(names).toEqual(operation === 'confirm' ? ['Confirmed', 'Already Exists'] : [undefined]);
		const subtitle = workflow.expression.getSimpleParameterValue(
			opened,
			description.subtitle ?? '',
			'internal',
			{},
		);
		expect(String(subtitle).toLowerCase()).toBe(
			operations
				.find(([one, other]) => one === resource && other === operation)?.[2]
				.action.toLowerCase(),
		);
	},
);

it.each(operations)('%s/%s has an action for the nodes panel', (_resource, _operation, option) => {
	expect(option.action).toMatch(/^[A-Z]/);
	expect(option.action.split(' ').slice(1).join(' ')).toMatch(/^[a-z]|^MCA/);
});

it('every option that a person can add has a default of its own', () => {
	const collections = description.properties.filter(({ type }) => type === 'collection');
	expect(collections.length).toBeGreaterThan(0);
	for (const { options = [] } of collections) {
		for (const option of options) expect(option).toHaveProperty('default');
	}
});

it('can be used as a tool, and says what it is for in the nodes panel', () => {
	expect(description.usableAsTool).toBe(true);
	expect(description.description).toContain('Microsoft Customer Agreement');
});
