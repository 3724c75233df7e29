import { renderWays, waysOfNodes } from '../../../../dev/demo/n8nNodes';
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
			'Ran for real: Won?.',
			'Gave out their pinned items: Read.',
			'Handed their items on, and did nothing: Mark (1 item).',
		]);
	});

	it("names what brings n8n's own nodes where they are not there", () => {
		expect(renderWays(ways, false).at(-1)).toContain('npm run engines');
		expect(renderWays({ real: ['A'], pinned: [], handedPast: [] }, false)).toEqual([
			'Ran for real: A.',
		]);
	});
});
