/** n8n's rules for its gallery of templates, held by every workflow of this repository: rule by workflow. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseWorkflow, type WorkflowFile } from '../../../dev/engine/runWorkflow';
import { ROOT } from './pages';

const FOLDER = path.join(ROOT, 'workflows');
const files = readdirSync(FOLDER).filter(
	(file) => file.endsWith('.json') && file !== 'sample-customers.json',
);
const read = (file: string) => parseWorkflow(readFileSync(path.join(FOLDER, file), 'utf8'));

interface Note {
	content: string;
	width: number;
	height: number;
	color?: number;
	position: [number, number];
}

const WHITE = 7;
const notesOf = ({ nodes }: WorkflowFile): Note[] =>
	nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters, position }) => ({ ...(parameters as unknown as Note), position }));
const yellowOf = (workflow: WorkflowFile) =>
	notesOf(workflow).filter(({ color }) => color === undefined);
const whiteOf = (workflow: WorkflowFile) =>
	notesOf(workflow).filter(({ color }) => color === WHITE);
const stepsOf = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
const words = (text: string) => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

/** Names keep their capitals in a sentence. */
const NAMES =
	/\b(Microsoft|Customer|Agreement|HubSpot|Salesforce|Pipedrive|Dynamics|Dataverse|Partner|Center|HaloPSA|CRM)\b/g;

/** What n8n draws: so many characters in a line of a note, and pixels for each line. */
const CHARACTER = 6.6;
const LINE = 22;
function heightOf({ content, width }: Note): number {
	const perLine = Math.floor((width - 40) / CHARACTER);
	return content
		.split('\n')
		.filter((line) => line !== '')
		.reduce((sum, line) => sum + LINE * Math.ceil(line.length / perLine), 0);
}

/** What a person has to change: hosts of their own, and addresses. */
const TO_CHANGE =
	/https:\/\/(?!api\.partnercenter|learn\.microsoft)[\w.-]+\.\w+|[\w.-]+@(?!odata\b)[\w-]+\.\w+/;

const GIVES_OUT = /(Trigger|\.(webhook|extractFromFile|code))$/;

const HEADINGS = [
	'Who is this for',
	'What it does',
	'How to set up',
	'Requirements',
	'How to customise',
];

const rules: Record<string, (workflow: WorkflowFile, file: string) => void> = {
	'the title begins with a verb, in sentence case, in 80 characters': ({ name }) => {
		expect(name).toMatch(/^(Confirm|Have|Open|Reconfirm|Report|Start|Take)\b/);
		expect(name.length).toBeLessThanOrEqual(80);
		expect(name.slice(1).replace(NAMES, '')).not.toMatch(/\b[A-Z][a-z]/);
	},
	'one yellow note holds the description, in 100 to 300 words': (workflow) => {
		const [yellow, ...more] = yellowOf(workflow);
		expect(more).toEqual([]);
		const { content = '' } = yellow ?? {};
		expect(words(content)).toBeGreaterThanOrEqual(100);
		expect(words(content)).toBeLessThanOrEqual(300);
		expect(content).toMatch(/^## /);
		expect(content).toContain(`## ${workflow.name}`);
		expect(content).toContain('## How it works');
		expect(content).toContain('## Setup');
	},
	'it asks for an Error Workflow, and says that the node is of the community': (workflow) => {
		const [{ content } = { content: '' }] = yellowOf(workflow);
		expect(content).toContain('Error Workflow');
		expect(content).toContain('community node');
	},
	'white notes stand beside a step, in 50 words at most': (workflow) => {
		const notes = whiteOf(workflow);
		expect(notes.length + 1).toBe(notesOf(workflow).length);
		expect(notes).not.toEqual([]);
		for (const { content, position, width } of notes) {
			expect(words(content)).toBeLessThanOrEqual(50);
			const near = stepsOf(workflow).some(
				(step) =>
					Math.abs(step.position[0] + 48 - (position[0] + width / 2)) <= 220 &&
					Math.abs(step.position[1] - position[1]) <= 320,
			);
			expect([content, near]).toEqual([content, true]);
		}
	},
	'every note is as tall as its text': (workflow) => {
		for (const note of notesOf(workflow)) {
			expect(note.height).toBeGreaterThanOrEqual(heightOf(note));
			expect(note.height).toBeLessThanOrEqual(2.2 * heightOf(note) + 60);
		}
	},
	'no step lies on a note': (workflow) => {
		for (const { position, width, height, content } of notesOf(workflow)) {
			for (const { name, position: at } of stepsOf(workflow)) {
				const covers =
					at[0] + 96 > position[0] &&
					at[0] < position[0] + width &&
					at[1] + 96 > position[1] &&
					at[1] < position[1] + height;
				expect([content.slice(0, 30), name, covers]).toEqual([content.slice(0, 30), name, false]);
			}
		}
	},
	'hosts and addresses to change stand in one Set node': (workflow) => {
		for (const { name, parameters } of stepsOf(workflow)) {
			if (name === 'Your Values') continue;
			// Nothing in the code of a Code node is to be changed; its comments name sources.
			const fields = { ...parameters, jsCode: undefined };
			expect([name, TO_CHANGE.exec(JSON.stringify(fields))?.[0]]).toEqual([name, undefined]);
		}
	},
	'what is pinned gives out items or reads: what writes always does so itself': (workflow) => {
		for (const name of Object.keys(workflow.pinData ?? {})) {
			const pinned = stepsOf(workflow).find((one) => one.name === name);
			const { operation, method = 'GET' } = pinned?.parameters ?? {};
			const reads =
				GIVES_OUT.test(pinned?.type ?? '') ||
				['get', 'query'].includes(String(operation)) ||
				(pinned?.type === 'n8n-nodes-base.httpRequest' && method === 'GET');
			expect([name, reads]).toEqual([name, true]);
		}
	},
	"a description has the gallery's five headings": ({ name }, file) => {
		const description = path.join(FOLDER, 'descriptions', file.replace('.json', '.md'));
		const text = readFileSync(description, 'utf8');
		expect(text).toContain(`# ${name}\n`);
		expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
		expect(text).toContain('community node');
	},
};

describe.each(Object.entries(rules))('%s', (_rule, holds) => {
	it.each(files)('%s', (file) => holds(read(file), file));
});
