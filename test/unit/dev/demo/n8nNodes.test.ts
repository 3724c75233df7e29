import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';

import {
	indispensableNodes,
	isCallOfPartnerCenter,
	renderWays,
	waysOfNodes,
	whyNotHere,
} from '../../../../dev/demo/n8nNodes';
import { parseWorkflow, type WorkflowFile } from '../../../../dev/engine/workflowFile';

const node = (name: string, type: string) => ({ name, type: `n8n-nodes-base.${type}` });
const link = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

const workflow: WorkflowFile = parseWorkflow(
	JSON.stringify({
		nodes: [
			node('Note', 'stickyNote'),
			node('Start', 'webhook'),
			node('Read', 'hubspot'),
			node('Won?', 'filter'),
			node('Mark', 'hubspot'),
			node('Never', 'hubspot'),
		],
		connections: { Start: link('Read'), Read: link('Won?'), 'Won?': link('Mark') },
		pinData: { Start: [{}], Read: [{}] },
	}),
);
const ran = {
	runData: { Start: [], Read: [], 'Won?': [], Mark: [] },
	inputs: () => [{ json: {} }],
};

describe('what npm start says of the nodes', () => {
	const ways = waysOfNodes(workflow, ran, (type) => type.endsWith('.filter'));

	it('tells those that ran from those that were pinned or handed past', () => {
		expect(ways).toEqual({ real: ['Won?'], pinned: ['Read'], handedPast: ['Mark (1 item)'] });
	});

	it('is one line for each way', () => {
		expect(renderWays(ways, true)).toEqual([
			'Ran here: Won?.',
			'Gave out their pinned items: Read.',
			'Did not run here, and handed their items on: Mark (1 item).',
		]);
	});

	it("names what brings n8n's own nodes where they are not there", () => {
		expect(renderWays(ways, false).at(-1)).toContain('npm run engines');
		expect(renderWays({ real: ['A'], pinned: [], handedPast: [] }, false)).toEqual([
			'Ran here: A.',
		]);
	});
});

describe('a workflow that npm start can not show', () => {
	const why = (...types: string[]) =>
		whyNotHere(
			{ name: '', nodes: types.map((type) => ({ type }) as INode), connections: {} },
			'ours',
			'Ours',
		);

	it.each([
		['its Ours node is a tool of an AI', ['n8n-nodes-base.set', 'package.oursTool']],
		['it calls another workflow', ['n8n-nodes-base.executeWorkflow']],
		['it has no Ours node', ['n8n-nodes-base.set']],
	])('is told why: %s', (reason, types) => {
		expect(why(...types)).toContain(reason);
	});
});

describe('a workflow can do without n8n’s own nodes', () => {
	const folder = path.join(__dirname, '../../../../workflows');
	const needed = (file: string) => {
		const one = parseWorkflow(readFileSync(path.join(folder, file), 'utf8'));
		const ours = one.nodes.filter(
			(node) => isCallOfPartnerCenter(node) || node.type.endsWith('.microsoftPartnerCenter'),
		);
		return indispensableNodes(one, ours);
	};

	it('unless one of ours reads the fields that they make, or it has a Data Table', () => {
		const files = readdirSync(folder).filter(
			(file) => file.endsWith('.json') && file !== 'sample-customers.json',
		);
		// As docs/try-it.md says.
		expect(files.filter((file) => needed(file).length > 0)).toEqual([
			'attestation-deal-won.json',
			'attestation-in-crm.json',
			'hubspot-deal-won.json',
			'onboarding.json',
			'order-refused.json',
		]);
		expect(needed('hubspot-deal-won.json')).toEqual(['Your Values']);
	});

	it('when what they would make is pinned, or stands behind', () => {
		const set = node('Set', 'set');
		const ours = { ...node('Ours', 'x'), parameters: { email: '={{ $json.email }}' } };
		const around = (nodes: object[], connections: object, pinData: object = {}) => {
			const text = JSON.stringify({ nodes, connections, pinData });
			const one = parseWorkflow(text);
			return indispensableNodes(
				one,
				one.nodes.filter(({ name }) => name === 'Ours'),
			);
		};
		expect(around([set, ours], { Set: link('Ours') })).toEqual(['Set']);
		expect(around([set, ours], { Set: link('Ours') }, { Set: [{}] })).toEqual([]);
		expect(around([set, ours], { Ours: link('Set') })).toEqual([]);
		expect(around([node('If', 'if'), ours], { If: link('Ours') })).toEqual([]);
	});
});
