/** What lies in workflows/ is what a reader imports into n8n: it has to work there as it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { pinnedItems, startNodeOf, parseWorkflow } from '../../../dev/engine/workflowFile';
import { sampleState } from '../../../dev/emulator/sampleCustomers';
import { ROOT, start } from './command';

const read = (name: string) => readFileSync(join(ROOT, 'workflows', name), 'utf8');

const nodeSchema = z
	.object({
		id: z.string().uuid(),
		name: z.string().min(1),
		type: z.string().regex(/^(@[\w-]+\/)?[\w-]+\.\w+$/),
		typeVersion: z.number().positive(),
		position: z.tuple([z.number(), z.number()]),
		parameters: z.record(z.unknown()),
		onError: z.string().optional(),
	})
	.passthrough();
const linkSchema = z.object({
	node: z.string(),
	type: z.enum(['main', 'ai_tool', 'ai_languageModel', 'ai_memory']),
	index: z.number().int().nonnegative(),
});
const exportSchema = z.object({
	name: z.string().min(1),
	nodes: z.array(nodeSchema).min(1),
	connections: z.record(
		z
			.object({
				main: z.array(z.array(linkSchema)),
				ai_tool: z.array(z.array(linkSchema)),
				ai_languageModel: z.array(z.array(linkSchema)),
				ai_memory: z.array(z.array(linkSchema)),
			})
			.partial()
			.strict(),
	),
	active: z.literal(false),
	settings: z.object({ executionOrder: z.literal('v1') }).passthrough(),
	pinData: z.record(z.array(z.object({ json: z.record(z.unknown()) }))),
	tags: z.array(z.unknown()),
});
const noteSchema = z.object({ content: z.string() });
const packageSchema = z.object({ name: z.string() });

const files = readdirSync(join(ROOT, 'workflows')).filter(
	(name) => name.endsWith('.json') && name !== 'sample-customers.json',
);
const isOurs = ({ type }: { type: string }) => /\.microsoftPartnerCenter(Tool)?$/.test(type);
/** A workflow without our node calls the one that has it, or hears of those that have. */
const CALLS_ANOTHER = [
	'dynamics-365-dataverse.json',
	'dynamics-365-won.json',
	'pipedrive-deal-won.json',
	'salesforce-opportunity-won.json',
];
const ERROR_WORKFLOW = 'error-workflow.json';
/** Its trigger hands out tools, and no items. */
const MCP_SERVER = 'mcp-agreement-status.json';

describe.each(files)('the workflow that n8n imports from %s', (file) => {
	const text = read(file);
	const { name: title, nodes, connections, pinData } = exportSchema.parse(JSON.parse(text));
	const names = nodes.map(({ name }) => name);

	it('has nodes with ids and names of their own', () => {
		expect(new Set(names).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it('has our node under the name that the installed package gives it', () => {
		const { name } = packageSchema.parse(
			JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
		);
		const ours = nodes.filter(isOurs);
		const calls = nodes.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow');
		expect(calls).toHaveLength(CALLS_ANOTHER.includes(file) ? 1 : 0);
		expect(ours.length > 0).toBe(calls.length === 0 && file !== ERROR_WORKFLOW);
		for (const { type } of ours) {
			expect(type.replace(/Tool$/, '')).toBe(`${name}.microsoftPartnerCenter`);
		}
	});

	it('carries no credential, no instance and no secret', () => {
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(text).not.toMatch(/instanceId|secret|token|password|bearer/i);
	});

	it('connects nodes that exist, and no node twice to the same output', () => {
		for (const [from, byType] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const [type, outputs] of Object.entries(byType)) {
				for (const links of outputs ?? []) {
					expect(new Set(links.map(({ node }) => node)).size).toBe(links.length);
					for (const link of links) {
						expect(names).toContain(link.node);
						expect(link.type).toBe(type);
					}
				}
			}
		}
	});

	it('leaves no node but notes without a connection', () => {
		const connected = new Set([
			...Object.keys(connections),
			...Object.values(connections).flatMap((byType) =>
				Object.values(byType).flatMap((outputs) => (outputs ?? []).flat().map(({ node }) => node)),
			),
		]);
		const alone = nodes.filter(
			({ name, type }) => !connected.has(name) && !/stickyNote/.test(type),
		);
		expect(alone).toEqual([]);
	});

	it('has a note that names the credential, and says whether somebody is mailed', () => {
		const [note] = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const { content } = noteSchema.parse(note?.parameters);
		expect(content).toContain('credential');
		expect(content).toMatch(/mail/);
	});

	it('refers in its expressions to nodes that exist', () => {
		const referred = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		for (const name of referred) expect(names).toContain(name);
	});

	it('wires the error output of every node that has one', () => {
		for (const node of nodes.filter(({ onError }) => onError === 'continueErrorOutput')) {
			const outputs = node.parameters.operation === 'confirm' ? 3 : 2;
			const main = connections[node.name]?.main ?? [];
			expect(main).toHaveLength(outputs);
			expect(main.at(-1)).not.toEqual([]);
			if (isOurs(node)) for (const links of main) expect(links).not.toEqual([]);
		}
	});

	it('never lets a failed confirmation stop the others', () => {
		const confirms = nodes.filter(
			(node) => isOurs(node) && node.parameters.operation === 'confirm',
		);
		// A tool has one output: what failed reaches the model as an item.
		for (const { onError, type } of confirms) {
			expect(onError).toBe(type.endsWith('Tool') ? 'continueRegularOutput' : 'continueErrorOutput');
		}
	});

	it('mails to addresses that are reserved for examples only', () => {
		const addresses = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)*/g) ?? [];
		for (const address of addresses.filter((one) => one !== '_opportunity@odata.bind')) {
			expect(address).toMatch(/(\.example|@example\.com|@odata\.bind)$/);
		}
	});

	it('starts at a trigger that has pinned items', () => {
		const workflow = parseWorkflow(text);
		const { name: start } = startNodeOf(workflow);
		expect(Object.keys(pinData).includes(start)).toBe(file !== MCP_SERVER);
		for (const pinned of Object.keys(pinData)) expect(names).toContain(pinned);
	});

	it('is told about in docs/workflows.md', () => {
		const docs = readFileSync(join(ROOT, 'docs/workflows.md'), 'utf8');
		expect(docs).toContain(`../workflows/${file}`);
		expect(title).not.toBe('');
	});
});

describe('the workflow of npm start', () => {
	const text = read('confirm-customer-agreements.json');
	const { nodes, connections, pinData } = exportSchema.parse(JSON.parse(text));

	it('leads each output of our node to the branch of its name', () => {
		const ours = nodes.find(isOurs);
		expect(ours?.onError).toBe('continueErrorOutput');
		expect(
			connections[ours?.name ?? '']?.main?.map((links) => links.map(({ node }) => node)),
		).toEqual([['Confirmed'], ['Already Exists'], ['Error']]);
	});

	it('starts at its trigger, whose pinned items are sample customers', () => {
		const workflow = parseWorkflow(text);
		const trigger = startNodeOf(workflow).name;
		expect(Object.keys(pinData)).toEqual([trigger]);
		const samples: unknown = JSON.parse(read('sample-customers.json'));
		const pinned = pinnedItems(workflow)[trigger]?.map(({ json }) => json) ?? [];
		expect(pinned).toHaveLength(3);
		expect(samples).toEqual(expect.arrayContaining(pinned));
	});

	it('maps every column of the sample customers that our node takes', () => {
		for (const column of ['customerId', 'firstName', 'lastName', 'email', 'dateAgreed']) {
			expect(text).toContain(`={{ $json.${column} }}`);
		}
		expect(text).toContain('={{ $json.phoneNumber }}');
	});
});

describe('the sample customers', () => {
	const customers = z
		.array(
			z
				.object({
					companyName: z.string().min(1),
					customerId: z.string().min(1),
					firstName: z.string().min(1),
					lastName: z.string().min(1),
					email: z.string().min(1),
					phoneNumber: z.string(),
					dateAgreed: z.union([z.string().min(1), z.number()]),
				})
				.strict(),
		)
		.parse(JSON.parse(read('sample-customers.json')));
	const names = customers.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
	const guid = (id: string) => id.replace(/[{}]/g, '').toLowerCase();
	const known = new Map(sampleState.customers.map((customer) => [guid(customer.id), customer]));

	it('are twelve at least', () => {
		expect(customers.length).toBeGreaterThanOrEqual(12);
	});

	it.each([...'őűåöşğıİü'])('have a name with %s', (letter) => {
		expect(names.filter((name) => name.includes(letter))).not.toEqual([]);
	});

	it('have composed letters, as people type them', () => {
		for (const name of names) expect(name).toBe(name.normalize('NFC'));
	});

	it('have Dutch and Japanese names', () => {
		expect(names.some((name) => /\bvan de[nr]? \p{Lu}/u.test(name))).toBe(true);
		expect(names.some((name) => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana} ]+$/u.test(name))).toBe(
			true,
		);
	});

	it('have dates as days, as times in UTC and with an offset, and as milliseconds', () => {
		const dates = customers.map(({ dateAgreed }) => dateAgreed);
		expect(dates).toContainEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d$/));
		expect(dates).toContainEqual(expect.stringMatching(/T.*Z$/));
		expect(dates).toContainEqual(expect.stringMatching(/T.*[+-]\d\d:\d\d$/));
		expect(dates).toContainEqual(expect.any(Number));
	});

	it('have one customer twice', () => {
		const all = customers.map((customer) => JSON.stringify(customer));
		expect(all.filter((customer, index) => all.indexOf(customer) !== index)).toHaveLength(1);
	});

	it('have an id in braces and capitals, a customer without phone, and one whom nobody knows', () => {
		expect(customers.some(({ customerId }) => /^\{[0-9A-F-]{36}\}$/.test(customerId))).toBe(true);
		expect(customers.some(({ phoneNumber }) => phoneNumber === '')).toBe(true);
		const unknown = customers.filter(({ customerId }) => !known.has(guid(customerId)));
		expect(unknown.map(({ companyName }) => companyName)).toEqual(['Fourth Coffee']);
	});

	it('have an address that is none, a date in the future, and a customer without relationship', () => {
		expect(customers.filter(({ email }) => !email.includes('@'))).toHaveLength(1);
		expect(
			customers.filter(({ dateAgreed }) => new Date(dateAgreed).getUTCFullYear() > 2900),
		).toHaveLength(1);
		expect(
			customers.filter(
				({ customerId }) => known.get(guid(customerId))?.relationshipToPartner === 'none',
			),
		).toHaveLength(1);
	});

	it('are called as the emulator calls them', () => {
		for (const { customerId, companyName } of customers) {
			const name = known.get(guid(customerId))?.companyName;
			expect([undefined, companyName]).toContain(name);
		}
	});

	it('can mail nobody: every address is in a domain that is reserved for examples', () => {
		for (const { email } of customers) expect(email).toMatch(/\.example$/);
	});
});

describe('npm start with the coverage report', () => {
	it('prints who accepted how, and who needs action and why', async () => {
		const { status, stdout, stderr } = await start([
			'--workflow',
			'workflows/coverage-report.json',
		]);
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		const lines = stdout.split('\n');
		for (const line of [
			/Fabrikam .*partner confirmed .*2024-03-18 Femke van der Meulen .*yes/,
			/Trey Research .*direct .*yes/,
			/Contoso .*none .*no .*never confirmed/,
			/Humongous Insurance .*2021-11-05 Sanne IJsbrandts .*no .*no .*The last acceptance/,
			/Alpine Ski House .*not readable .*no .*no .*no active reseller/,
			/Litware .*yes .*no .*Microsoft is reviewing/,
			/Tailspin Toys .*yes .*yes/,
			/^14 items: Current 6 · May order 5 · Needs action \(not current\) 8$/,
		]) {
			expect(lines).toContainEqual(expect.stringMatching(line));
		}
	}, 60_000);
});

describe('npm start with a workflow that n8n has to run', () => {
	it.each([
		['pipedrive-deal-won.json', 'it calls another workflow'],
		['salesforce-opportunity-won.json', 'it calls another workflow'],
		['agent-confirms-after-approval.json', 'is a tool of an AI'],
		['error-workflow.json', 'it has no Microsoft Partner Center node'],
	])(
		'says why it does not show %s, and where to',
		async (file, reason) => {
			const { status, stderr } = await start(['--workflow', `workflows/${file}`]);
			expect(status).not.toBe(0);
			expect(stderr).toContain(reason);
		},
		60_000,
	);
});

describe('npm start with a workflow of a CRM', () => {
	it('says which nodes ran for real, which were pinned and which were handed past', async () => {
		const { status, stdout, stderr } = await start([
			'--workflow',
			'workflows/hubspot-deal-won.json',
		]);
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		expect(stdout).toMatch(/^Ran here: .*Confirm Agreement.*\.$/m);
		expect(stdout).toMatch(/^Gave out their pinned items: Get Deal, Get Company, Get Contact\.$/m);
		expect(stdout).toMatch(
			/^Did not run here, and handed their items on: .*Mark Deal \(3 items\), Create Task \(1 item\)\.$/m,
		);
		expect(stdout).toMatch(/^3 items: Confirmed 2 · Already Exists 1 · Error 0$/m);
	}, 60_000);
});

describe('npm start with a workflow of several parts', () => {
	it('tells the story of a new customer, from the relationship to "may order"', async () => {
		const { status, stdout, stderr } = await start(['--workflow', 'workflows/onboarding.json']);
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		expect(stdout).toMatch(/^Take a new customer from the won deal to the first order /);
		expect(stdout).toContain('PROVISIONAL: the emulator makes up most of the enhanced attestation');
		const story = [
			'Get Relationship',
			'accepts the relationship',
			'may order: no, The agreement was never confirmed.',
			'Create Attestation',
			'opens the link, and accepts the agreement',
			'answered with HTTP 201',
			'may order: yes',
		];
		const places = story.map((words) => stdout.indexOf(words));
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places).not.toContain(-1);
		expect(stdout).toContain('until the last call (Create Agreement)');
		expect(stdout).toMatch(/^Ran here: .*Create Agreement/m);
		expect(stdout).toMatch(
			/^Did not run here, and handed their items on: .*Update CRM \(1 item\)/m,
		);
		expect(stdout).toMatch(
			/which-way-to-confirm\.md +what of this Microsoft takes today, and what to do/,
		);
	}, 60_000);

	it('finishes the attestations of won deals on the next morning', async () => {
		const { status, stdout, stderr } = await start([
			'--workflow',
			'workflows/attestation-deal-won.json',
		]);
		expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
		expect(stdout).toContain("'Signatory Last Name' is empty");
		expect(stdout.match(/may order: yes/g)).toHaveLength(3);
	}, 60_000);
});

describe('a file that is no export of n8n', () => {
	const nodes = [{ name: 'A', type: 'n8n-nodes-base.noOp' }];
	const refusal = (file: unknown) => () => parseWorkflow(JSON.stringify(file));

	it.each([
		[[], 'no list of nodes, or no connections'],
		[{ nodes: 'A', connections: {} }, 'no list of nodes, or no connections'],
		[{ nodes, connections: null }, 'no list of nodes, or no connections'],
		[{ nodes: [null], connections: {} }, 'no name or no type'],
		[{ nodes, connections: { A: null } }, 'the connections of "A" are no lists of links'],
		[{ nodes, connections: { A: { main: {} } } }, 'the connections of "A"'],
		[{ nodes, connections: { A: { main: [[null]] } } }, 'the connections of "A"'],
		[{ nodes, connections: { A: { main: [[{ node: 1 }]] } } }, 'the connections of "A"'],
		[{ nodes, connections: {}, pinData: { A: 5 } }, 'the pinned data of "A" is no list of items'],
		[{ nodes, connections: {}, pinData: { A: ['x'] } }, 'the pinned data of "A"'],
		[{ nodes, connections: {}, pinData: [] }, 'its pinned data has no node names'],
	])('is refused with words: %j', (file, words) => {
		expect(refusal(file)).toThrow(words);
	});

	it.each([
		{ nodes, connections: { A: { main: [null, [{ node: 'B', type: 'main', index: 0 }]] } } },
		{ nodes, connections: {}, pinData: null },
		{ nodes, connections: {}, pinData: { A: [{ json: {} }, { plain: 1 }] } },
	])('is told from what n8n itself writes: %j', (file) => {
		const workflow = parseWorkflow(JSON.stringify(file));
		expect(startNodeOf(workflow).parameters).toEqual({});
		expect(pinnedItems(workflow)).toEqual(expect.any(Object));
	});
});
