/** n8n's own nodes do their work in the engine, of both majors: what the workflows' tests rest on. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers } from 'n8n-workflow';

import { partsOf } from '../../dev/demo/story';
import { parseWorkflow, runWorkflow, type WorkflowFile } from '../../dev/engine/runWorkflow';
import { needsN8n2 } from '../system/e2e/outcomes';
import { n8nNodes } from './n8nNodes';
import { engine, json, node } from './workplace';

const FOLDER = path.join(__dirname, '../../workflows');
const N8N = 'n8n-nodes-base.';
/**
 * A note is only looked at; a wait of days has no clock here; n8n's server makes the human review:
 * `ofN8n2/agentWorkflows.test.ts` has its description.
 */
const NOT_RUN = ['stickyNote', 'wait', 'emailSendHitlTool'];

const readWorkflow = (file: string) => parseWorkflow(readFileSync(path.join(FOLDER, file), 'utf8'));
const isOfThisMajor = (file: string) => engine === 'n8n-2' || !needsN8n2(readWorkflow(file));
const files = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json') && file !== 'sample-customers.json')
	.filter(isOfThisMajor);

/** Every type of n8n's own that a workflow of this repository uses behind its triggers. */
const used = files
	.map(readWorkflow)
	.flatMap((workflow) => workflow.nodes.filter((one) => !partsOf(workflow).includes(one)))
	.filter(({ type }) => type.startsWith(N8N))
	.map(({ type, typeVersion }): [string, number] => [type.slice(N8N.length), typeVersion])
	.filter(([type]) => !NOT_RUN.includes(type));

/** Further ones that such workflows are often built with. */
const FURTHER = [
	'aggregate',
	'compareDatasets',
	'dateTime',
	'itemLists',
	'limit',
	'microsoftDynamicsCrm',
	'removeDuplicates',
	'sort',
	'splitInBatches',
	'splitOut',
	'spreadsheetFile',
	'stopAndError',
	'summarize',
	'switch',
];

describe(`n8n's own nodes (${engine})`, () => {
	it.each([...new Map(used.map((one) => [one.join(' '), one])).values()])(
		'%s, version %d, is here, with a place for every version that a workflow has',
		(type, version) => {
			const { name, version: known } = n8nNodes.get(N8N + type, version)?.description ?? {};
			expect(name).toBe(type);
			expect([known].flat()).toContain(version);
		},
	);

	it.each(files)('take every parameter that %s has, and miss none', (file) => {
		for (const one of readWorkflow(file).nodes) {
			const type = n8nNodes.get(one.type, one.typeVersion)?.description;
			// When a polling trigger looks is a parameter that n8n's server adds.
			if (!type?.inputs.length) continue;
			const { properties } = type;
			const shown = NodeHelpers.getNodeParameters(
				...([properties, one.parameters, true, false, one, type] as const),
			);
			expect([one.name, shown]).toMatchObject([one.name, one.parameters]);
			const opened = { ...one, parameters: shown ?? {} };
			const issues = NodeHelpers.getNodeParametersIssues(properties, opened, type);
			expect([one.name, issues]).toEqual([one.name, null]);
		}
	});

	it.each(FURTHER)('%s is here', (type) => {
		expect(n8nNodes.get(N8N + type)?.description.name).toBe(type);
	});

	it('read a file, change its rows and write a file', async () => {
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		const workflow: WorkflowFile = {
			name: 'Rows',
			nodes: [
				node('Start', `${N8N}manualTrigger`),
				{
					...node('Read', `${N8N}extractFromFile`),
					parameters: { operation: 'csv', binaryPropertyName: 'data', options: {} },
				},
				{
					...node('Change', `${N8N}set`),
					typeVersion: 3.4,
					parameters: {
						assignments: {
							assignments: [{ id: '1', name: 'day', value: '={{ $json.date }}!', type: 'string' }],
						},
						options: {},
					},
				},
				{
					...node('Write', `${N8N}convertToFile`),
					typeVersion: 1.1,
					parameters: { operation: 'csv', options: {} },
				},
			],
			connections: { Start: to('Read'), Read: to('Change'), Change: to('Write') },
		};
		const file = { data: Buffer.from('name,date\nContoso,1\nFabrikam,2').toString('base64') };
		const result = await runWorkflow({
			workflow,
			nodeTypes: [],
			n8nNodes,
			input: [{ json: {}, binary: { data: { ...file, mimeType: 'text/csv' } } }],
		});

		expect(result.error?.message).toBeUndefined();
		expect(json(result.outputs('Change').flat())).toEqual([{ day: '1!' }, { day: '2!' }]);
		const [written] = result.outputs('Write').flat();
		const text = Buffer.from(written?.binary?.data?.data ?? '', 'base64').toString('utf8');
		expect(
			text
				.replace(/^\uFEFF/, '')
				.trim()
				.split(/\r?\n/),
		).toEqual(['day', '1!', '2!']);
	});
});
