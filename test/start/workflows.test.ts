// What lies in workflows/ is what a reader imports into n8n: it has to work there as it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { pinnedItems, startNodeOf, parseWorkflow } from '../../engine/workflowFile';
import { sampleState } from '../../emulator/sampleCustomers';
import { ROOT } from './command';

const read = (name: string) => readFileSync(join(ROOT, 'workflows', name), 'utf8');

const nodeSchema = z
	.object({
		id: z.string().uuid(),
		name: z.string().min(1),
		type: z.string().regex(/^(@[\w-]+\/)?[\w-]+\.\w+$/),
		typeVersion: z.number().positive(),
		position: z.tuple([z.number(), z.number()]),
		parameters: z.record(z.unknown()),
	})
	.passthrough();
const linkSchema = z.object({
	node: z.string(),
	type: z.literal('main'),
	index: z.number().int().nonnegative(),
});
const exportSchema = z.object({
	name: z.string().min(1),
	nodes: z.array(nodeSchema).min(1),
	connections: z.record(z.object({ main: z.array(z.array(linkSchema)) }).strict()),
	active: z.literal(false),
	settings: z.object({ executionOrder: z.literal('v1') }).passthrough(),
	pinData: z.record(z.array(z.object({ json: z.record(z.unknown()) }))),
	tags: z.array(z.unknown()),
});
const packageSchema = z.object({ name: z.string() });

describe('the workflow that n8n imports', () => {
	const text = read('confirm-customer-agreements.json');
	const { nodes, connections, pinData } = exportSchema.parse(JSON.parse(text));
	const names = nodes.map(({ name }) => name);

	it('has nodes with ids and names of their own', () => {
		expect(new Set(names).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it('has our node under the name that the installed package gives it', () => {
		const { name } = packageSchema.parse(
			JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
		);
		expect(nodes.map(({ type }) => type)).toContain(`${name}.microsoftPartnerCenter`);
	});

	it('carries no credential, no instance and no secret', () => {
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(text).not.toMatch(/instanceId|secret|token|password|bearer/i);
	});

	it('connects nodes that exist', () => {
		for (const [from, { main }] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) expect(names).toContain(node);
		}
	});

	it('leads each output of our node to the branch of its name', () => {
		const ours = nodes.find(({ type }) => type.endsWith('.microsoftPartnerCenter'));
		expect(ours?.onError).toBe('continueErrorOutput');
		expect(
			connections[ours?.name ?? '']?.main.map((links) => links.map(({ node }) => node)),
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
