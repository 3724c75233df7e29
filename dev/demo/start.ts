/**
 * `npm start`: the whole thing at work on one machine, from a workflow file to the branches that each customer takes.
 */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';

import { connectedCredentialFields, credentialFields } from '../emulator/credentialFields';
import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator/startEmulator';
import {
	CredentialStore,
	DataTables,
	parseWorkflow,
	runWorkflow,
	withCredential,
	type RunResult,
	type WorkflowFile,
} from '../engine/runWorkflow';
import {
	pinnedItems,
	shortTypeName,
	startNodeOf,
	withPartnerCenterAt,
} from '../engine/workflowFile';
import { HELP, parseArguments, type DemoArguments } from './arguments';
import { loadBuiltPackage } from './builtPackage';
import { coverageRows, renderCoverage, renderCoverageTotals } from './coverage';
import { stateWith } from './emulatorState';
import {
	indispensableNodes,
	isCallOfPartnerCenter,
	nodesOnItemsAlone,
	renderWays,
	waysOfNodes,
	withoutOtherRequests,
	whyNotHere,
} from './n8nNodes';
import { decodeText } from './readCsv';
import { formatOf, parseRecords, readRecords, type ParsedRecords } from './records';
import { renderTable, renderTotals, reportRows, withoutOneResult } from './report';
import { companiesIn, customersAct, partsOf, renderStory, stepsOf, type Step } from './story';

const ROOT = join(__dirname, '../..');
const WORKFLOW = 'workflows/confirm-customer-agreements.json';
const SAMPLE_CUSTOMERS = 'workflows/sample-customers.json';
const CREDENTIAL = { type: 'microsoftPartnerCenterOAuth2Api', id: 'demo', name: 'Emulator' };
const APP_CREDENTIAL = {
	type: 'microsoftPartnerCenterAppOnlyOAuth2Api',
	id: 'demo-app',
	name: 'Emulator, the app alone',
};
const WIDTH_WITHOUT_TERMINAL = 140;

const EMULATED =
	'A run against an emulator on this machine: nothing leaves it, and nobody is mailed.\nIt starts afresh: nothing of an earlier run is kept.';

const NEXT_STEPS = `Where to look next
  npm start -- --help                          your own customers, or another workflow
  npm start -- --workflow workflows/coverage-report.json
                                               who has accepted, and who may order
  npm run emulator                             the emulator by itself, to connect an n8n to
  npm test                                     all tests: minutes, and 450 MB more the first time
  docs/which-way-to-confirm.md                 what of this Microsoft takes today, and what to do
  docs/workflows.md                            what to import into n8n, for your CRM too
  README.md                                    "Start here", "Confirm", "Connect the credential"
`;

function print(text = ''): void {
	process.stdout.write(`${text}\n`);
}

/** Where a person's path leads: npm runs scripts in the package's folder, and says where it was called. */
function fromHere(path: string): string {
	return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** A file of this package, as seen from where npm was called. */
function shipped(path: string): string {
	return relative(fromHere('.'), join(ROOT, path));
}

/** Reads a file and hands its text on; whatever goes wrong is one line that starts with its name. */
function readAs<T>(path: string, parse: (text: string) => T): T {
	let bytes: Buffer;
	try {
		bytes = readFileSync(fromHere(path));
	} catch (error) {
		const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		throw new Error(`${path}: ${missing ? 'there is no such file' : 'it cannot be read'}`);
	}
	try {
		return parse(decodeText(bytes));
	} catch (error) {
		throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Where the run begins: of several triggers, at the first part of the story. */
function firstNodeOf(workflow: WorkflowFile): INode {
	const parts = partsOf(workflow);
	return (parts.length > 1 ? parts[0] : undefined) ?? startNodeOf(workflow);
}

/** Pinned items of later nodes win over what comes in, as in n8n's editor. */
function notesOnPins(workflow: WorkflowFile, input: string): string[] {
	const start = firstNodeOf(workflow).name;
	return Object.keys(pinnedItems(workflow))
		.filter((name) => name !== start)
		.map(
			(name) => `"${name}" is pinned: what follows it runs on its pinned items, not on ${input}.`,
		);
}

/** The items to run on: the file that was named, else what the workflow has pinned, else the samples. */
function chooseRecords(
	{ input, workflow: otherWorkflow }: DemoArguments,
	workflow: WorkflowFile,
): ParsedRecords & { samples: boolean } {
	if (input !== undefined) {
		const own = readAs(input, (text): ParsedRecords => {
			const format = formatOf(input, text);
			return otherWorkflow === undefined ? parseRecords(text, format) : readRecords(text, format);
		});
		return { ...own, notes: [...own.notes, ...notesOnPins(workflow, input)], samples: false };
	}
	const pinned =
		otherWorkflow === undefined ? undefined : pinnedItems(workflow)[firstNodeOf(workflow).name];
	if (pinned !== undefined && pinned.length > 0) {
		const records = pinned.map(({ json }) => json);
		const places = records.map((_, index) => `pinned item ${index}`);
		return { records, places, notes: ['Runs on its pinned items.'], samples: false };
	}
	const sampleRecords = readAs(shipped(SAMPLE_CUSTOMERS), (text) => parseRecords(text, 'json'));
	return { ...sampleRecords, samples: true };
}

/** A user has connected the first; nobody connects the second, n8n asks for its token. */
async function signedInCredentials(emulator: Emulator): Promise<CredentialStore> {
	const oauthTokenData = await emulator.issueTokens({ kind: 'user', mfa: true });
	return new CredentialStore({
		[CREDENTIAL.id]: {
			type: CREDENTIAL.type,
			data: connectedCredentialFields(emulator.baseUrl, oauthTokenData),
		},
		[APP_CREDENTIAL.id]: { type: APP_CREDENTIAL.type, data: credentialFields(emulator.baseUrl) },
	});
}

const PREVIEW: EmulatorOptions = { attestation: 'preview' };
const PREVIEW_NOTE =
	'PROVISIONAL: the emulator makes up most of the enhanced attestation: its answers, its page and the last call; see docs/which-way-to-confirm.md.';
const STORY_NOTE =
	'This workflow has several triggers. They start one after the other; in between, customers follow the links that they were sent.';

function countOf({ length }: unknown[]): string {
	return length === 1 ? '1 item' : `${length} items`;
}

/** Why an execution ended before its end. */
function whyItStopped({ status, error }: RunResult): string {
	if (!error) return `The workflow ended as "${status}"`;
	const node = 'node' in error && error.node ? ` at "${error.node.name}"` : '';
	const words = [error.message, error.description].filter((part) => !!part).join(' ');
	return `The workflow stopped${node}: ${words}`;
}

/** What is shown of one of our nodes: Get Status as coverage; what only led up to that as a count. */
function resultOf(
	result: RunResult,
	{ name, parameters }: INode,
	leadsToCoverage: boolean,
): string {
	const columns = process.stdout.columns ?? WIDTH_WITHOUT_TERMINAL;
	if (parameters.operation === 'getStatus') {
		const rows = coverageRows(result, name);
		return `${renderCoverage(rows, columns)}\n${countOf(rows)}: ${renderCoverageTotals(rows)}`;
	}
	const rows = reportRows(result, name);
	if (leadsToCoverage && parameters.resource === 'customer') return countOf(rows);
	const totals = renderTotals(rows, result.outputNames(name));
	return `${renderTable(rows, columns)}\n${countOf(rows)}: ${totals}`;
}

function report(result: RunResult, nodes: INode[]): void {
	const showsCoverage = nodes.some(({ parameters }) => parameters.operation === 'getStatus');
	for (const node of nodes) {
		if (nodes.length > 1) print(node.name);
		print(resultOf(result, node, showsCoverage));
		for (const { message } of result.hints(node.name)) print(`The node's hint: ${message}`);
		print();
	}
}

/** @throws Error that names each place of a file which did not come back with one result */
function assertEveryRowCameBack(result: RunResult, nodes: INode[], places: string[]): void {
	for (const { name, parameters } of nodes) {
		// What comes into a node behind another one is no longer the file's rows.
		if (parameters.operation !== 'confirm' || result.inputs(name).length !== places.length)
			continue;
		const lost = withoutOneResult(result, name).map((index) => places[index]);
		if (lost.length > 0) throw new Error(`Not back with one result each: ${lost.join(', ')}`);
	}
}

interface Show {
	workflow: WorkflowFile;
	ours: INode[];
	emulator: Emulator;
	records: IDataObject[];
	/** Runs the workflow, or the part of it that starts at this trigger. */
	execute: (input: IDataObject[] | undefined, startNode?: string) => Promise<RunResult>;
}

/** What came into each node over all runs of a story. */
function inOne(results: RunResult[]): Pick<RunResult, 'runData' | 'inputs'> {
	return {
		runData: Object.assign({}, ...results.map(({ runData }) => runData)) as RunResult['runData'],
		inputs: (name) =>
			results
				.filter(({ runData }) => runData[name] !== undefined)
				.flatMap((one) => one.inputs(name)),
	};
}

/** Which nodes ran, which gave out their pinned items, and which only handed their items on. */
function printWays(
	workflow: WorkflowFile,
	ours: INode[],
	ran: Pick<RunResult, 'runData' | 'inputs'>,
	triggers: string[] = [],
): void {
	const n8nNodes = nodesOnItemsAlone();
	const isReal = (type: string, version: number) =>
		ours.some((one) => one.type === type) || n8nNodes?.get(type, version) !== undefined;
	const ways = waysOfNodes(workflow, ran, isReal);
	const pinned = ways.pinned.filter((name) => !triggers.includes(name));
	for (const line of renderWays({ ...ways, pinned }, n8nNodes !== undefined)) print(line);
	print();
}

const lastCallNote = (names: string[]) =>
	`An acceptance alone creates no agreement: "may order" stays "no" until the last call (${names.join(', ')}).`;

/** More mornings than any of the workflows needs. */
const MAX_LAST_PARTS = 3;

/** Each part of a workflow with several triggers, with what customers do in between. */
async function tellStory({ workflow, ours, emulator, records, execute }: Show): Promise<void> {
	const pins = pinnedItems(workflow);
	const shown = [...ours, ...workflow.nodes.filter(isCallOfPartnerCenter)];
	const parts = partsOf(workflow).map(({ name }) => name);
	const last = parts.at(-1) ?? '';
	const steps: Step[] = [];
	const results: RunResult[] = [];
	const runPart = async (name: string) => {
		const input = name === parts[0] ? records : pins[name]?.map(({ json }) => json);
		const result = await execute(input, name);
		results.push(result);
		steps.push(...stepsOf(result, name, shown));
		const acts = await customersAct(emulator, companiesIn(records));
		steps.push(...acts);
		return acts.length > 0;
	};
	let hasMore = false;
	for (const name of parts) hasMore = await runPart(name);
	for (let more = 1; hasMore && more < MAX_LAST_PARTS; more++) hasMore = await runPart(last);
	print(renderStory(steps, process.stdout.columns ?? WIDTH_WITHOUT_TERMINAL));
	const lastCalls = workflow.nodes.filter(isCallOfPartnerCenter).map(({ name }) => name);
	if (lastCalls.length > 0) print(lastCallNote(lastCalls));
	print();
	printWays(workflow, ours, inOne(results), parts);
}

async function showOneRun(show: Show, given: DemoArguments, places: string[]): Promise<void> {
	const { workflow, ours, records, execute } = show;
	const result = await execute(records);
	if (given.workflow !== undefined) printWays(workflow, ours, result);
	report(result, ours);
	assertEveryRowCameBack(result, ours, places);
}

async function run(given: DemoArguments): Promise<void> {
	const { node, credentialTypes } = loadBuiltPackage();
	const path = given.workflow ?? shipped(WORKFLOW);
	const file = [CREDENTIAL, APP_CREDENTIAL].reduce(
		(one, credential) => withCredential(one, [node], credential),
		readAs(path, parseWorkflow),
	);
	const ours = file.nodes.filter(
		({ type, disabled }) => shortTypeName(type) === node.description.name && disabled !== true,
	);
	if (ours.length === 0) {
		const { name, displayName } = node.description;
		throw new Error(`${path}: ${whyNotHere(file, name, displayName)}`);
	}
	const n8nNodes = nodesOnItemsAlone();
	const calls = [...ours, ...file.nodes.filter(isCallOfPartnerCenter)];
	const [indispensable] = n8nNodes === undefined ? indispensableNodes(file, calls) : [];
	if (indispensable !== undefined) {
		throw new Error(
			`${path}: "${indispensable}" has to run for real, as n8n's own node. Bring n8n's nodes with npm run engines, once: about 2 minutes, 450 MB`,
		);
	}
	const { records, places, notes, samples } = chooseRecords(given, file);
	const { state, added } = samples ? { state: undefined, added: 0 } : stateWith(records);
	const isStory = partsOf(file).length > 1;

	const isPreview = ours.some(({ parameters }) => parameters.resource === 'attestation');
	const emulator = await startEmulator({
		...(state === undefined ? {} : { state }),
		...(isPreview ? PREVIEW : {}),
	});
	try {
		print(`${file.name} (${path}), ${countOf(records)}`);
		print(EMULATED);
		for (const note of notes) print(note);
		if (isPreview) print(PREVIEW_NOTE);
		if (isStory) print(STORY_NOTE);
		if (added > 0) {
			print(
				`${added} ${added === 1 ? 'customer' : 'customers'} made known to the emulator: ` +
					'the real Partner Center knows only the customers of the partner who signs in.',
			);
		}
		print();
		const workflow = withoutOtherRequests(withPartnerCenterAt(file, emulator.baseUrl));
		const credentials = await signedInCredentials(emulator);
		const dataTables = new DataTables();
		const execute: Show['execute'] = async (input, startNode) => {
			const result = await runWorkflow({
				workflow,
				nodeTypes: [node],
				...(n8nNodes && { n8nNodes }),
				credentialTypes,
				credentials,
				dataTables,
				...(input && { input: input.map((json) => ({ json })) }),
				...(startNode !== undefined && { startNode }),
			});
			if (result.status !== 'success') throw new Error(whyItStopped(result));
			return result;
		};
		const show: Show = { workflow, ours, emulator, records, execute };
		if (isStory) await tellStory(show);
		else await showOneRun(show, given, places);
		print(NEXT_STEPS);
	} finally {
		await emulator.close();
	}
}

async function main(): Promise<void> {
	const given = parseArguments(process.argv.slice(2));
	if (given.help) process.stdout.write(HELP);
	else await run(given);
}

/** Parsers and nodes quote what they were given, line breaks included. */
function inOneLine(message: unknown): string {
	return String(message).replace(/\s+/g, ' ').trim();
}

/** Ends the process once everything is written: n8n-core's timers would keep it waiting. */
function end(stream: NodeJS.WriteStream, lastLine: string, status: number): void {
	stream.write(lastLine, () => process.exit(status));
}

// A reader that has seen enough, such as head, closes the pipe.
process.stdout.once('error', () => process.exit(0));
process.once('SIGINT', () => process.exit(130));

main().then(
	() => end(process.stdout, '', 0),
	(error: unknown) =>
		end(process.stderr, `${inOneLine(error instanceof Error ? error.message : error)}\n`, 1),
);
