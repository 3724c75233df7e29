/**
 * The node's form in the editor: found in the nodes panel by what a person wants to do, and every
 * field as the node's description has it.
 */
import type { INodeProperties } from 'n8n-workflow';

import { loadBuiltPackage } from '../../../dev/demo/builtPackage';
import { Canvas } from './browser/Canvas';
import type { CustomerMode } from './browser/CustomerField';
import { inBrowser, type Desk } from './browser/Desk';
import type { NodeForm } from './browser/NodeForm';
import { NodesPanel } from './browser/NodesPanel';
import { expectSoon } from './browser/soon';

const { description } = loadBuiltPackage().node;
const CONFIRM = { resource: 'customerAgreement', operation: 'confirm' };
const ALL_FIELDS = { width: 1440, height: 1900 };

const it = inBrowser();

/** The parameters that n8n shows for Confirm. */
const onConfirm = description.properties.filter(({ displayOptions }) =>
	Object.entries(CONFIRM).every(
		([name, value]) => displayOptions?.show?.[name]?.includes(value) ?? true,
	),
);
const shownForConfirm = onConfirm.filter(({ type }) => type !== 'callout');
const callouts = onConfirm.filter(({ type }) => type === 'callout');

async function addConfirm({ editor }: Desk): Promise<NodeForm> {
	const panel = new NodesPanel(editor);
	await panel.openForAction();
	await panel.search('confirm customer agreement');
	await panel.openEntry();
	return await panel.add('Confirm customer agreement');
}

/** What a select field lists: name and description of each option, as n8n sets them. */
function choicesOf({ options = [] }: INodeProperties): string[] {
	return options.map((option) =>
		'description' in option && option.description !== undefined
			? `${option.name}\n${option.description}`
			: option.name,
	);
}

function propertiesIn({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter(
		(option): option is INodeProperties => 'displayName' in option && 'type' in option,
	);
}

async function expectDescribed(form: NodeForm, property: INodeProperties): Promise<void> {
	const field = form.field(property.name);
	expect(await field.label()).toBe(property.displayName);
	expect(await field.isLabelCut()).toBe(false);
	if (property.description !== undefined) {
		expect(await field.hoverText()).toBe(property.description);
	}
	if (property.placeholder !== undefined) {
		expect(await field.placeholder()).toBe(property.placeholder);
	}
}

it('typing "confirm customer agreement" leads to a node that is set to Confirm', async (desk) => {
	const panel = new NodesPanel(desk.editor);
	await panel.openForAction();
	await panel.search('confirm customer agreement');
	expect(await panel.openEntry()).toEqual([
		'Download agreement document',
		'Get MCA metadata',
		'Create attestation',
		'Get attestation link',
		'Check domain',
		'Get customer',
		'Get many customers',
		'Validate address',
		'Confirm customer agreement',
		'Get many customer agreements',
		'Get customer agreement status',
		'Get indirect reseller agreement status',
		'Get many indirect resellers',
		'Get relationship link',
	]);
	const form = await panel.add('Confirm customer agreement');

	expect(await form.chosen('resource')).toBe('Customer Agreement');
	expect(await form.chosen('operation')).toBe('Confirm');
	await form.close();
	expect(await new Canvas(desk.editor).textOf('Confirm customer agreement')).toEqual([
		'Confirmed',
		'Already Exists',
		'Confirm customer agreement',
		'Confirm Customer Agreement',
	]);
});

it('typing "MCA metadata" leads to a node that is set to Get MCA Metadata', async ({ editor }) => {
	const panel = new NodesPanel(editor);
	await panel.openForAction();
	await panel.search('MCA metadata');
	await panel.openEntry();
	const form = await panel.add('Get MCA metadata');

	expect(await form.chosen('resource')).toBe('Agreement Template');
	expect(await form.chosen('operation')).toBe('Get MCA Metadata');
	expect(await form.chosen('agreementType')).toBe('Microsoft Customer Agreement');
});

it('typing "customer added" where a workflow starts leads to the trigger', async ({ editor }) => {
	const panel = new NodesPanel(editor);
	await panel.openForTrigger();
	await panel.search('customer added');
	expect(await panel.openEntry()).toEqual([
		'On agreement confirmed',
		'On any audit event',
		'On customer added',
		'On relationship accepted',
		'On relationship removed',
	]);
	expect(await panel.about()).toContain(
		'Microsoft Customer Agreement: the node confirms it and checks who accepted it, the trigger starts when',
	);
	const form = await panel.add('On customer added');

	expect(await form.chosen('event')).toBe('Customer Added');
	await form.close();
	expect(await new Canvas(editor).textOf('Microsoft Partner Center Trigger')).toContain(
		'Customer Added',
	);
});

it('every field of Confirm reads as it is described', async (desk) => {
	await desk.editor.page.setViewportSize(ALL_FIELDS);
	const form = await addConfirm(desk);
	expect(await form.labels()).toEqual(shownForConfirm.map(({ displayName }) => displayName));
	for (const property of shownForConfirm) {
		if (property.type === 'options') {
			// n8n adds an entry of its own, for calls that the node does not have.
			const choices = await form.field(property.name).choices();
			expect(choices.filter((text) => text !== 'Custom API Call')).toEqual(choicesOf(property));
		} else if (property.type === 'collection') {
			const { placeholder = '' } = property;
			const inside = propertiesIn(property);
			expect(await form.addable(placeholder)).toEqual(inside.map(({ displayName }) => displayName));
			for (const { displayName } of inside) await form.add(placeholder, displayName);
			for (const option of inside) await expectDescribed(form, option);
		} else {
			await expectDescribed(form, property);
		}
	}
});

it('Confirm says that Microsoft announced the end of the call, with a link to the page on it', async (desk) => {
	const form = await addConfirm(desk);
	expect(callouts).toHaveLength(1);
	const link = callouts[0]?.displayName.match(/href="([^"]+)"/)?.[1];
	expect(link).toMatch(/\/docs\/which-way-to-confirm\.md$/);
	expect(await form.calloutLink('Which way to confirm?')).toBe(link);
});

it('the modes of Customer say what each takes', async (desk) => {
	const form = await addConfirm(desk);
	const [customer] = shownForConfirm.filter(({ type }) => type === 'resourceLocator');
	expect(await form.customer.modes()).toEqual(['From list', 'By ID', 'By URL', 'By Domain']);
	for (const { name, placeholder, hint } of customer?.modes ?? []) {
		await form.customer.chooseMode(name as CustomerMode);
		expect(await form.customer.placeholder()).toBe(placeholder);
		if (hint !== undefined) await form.field('customerId').expectHint(hint);
	}
});

it('required fields that are empty are marked, on the canvas and in the form, until they are filled', async (desk) => {
	const form = await addConfirm(desk);
	await form.close();
	const canvas = new Canvas(desk.editor);
	const required = shownForConfirm.filter((property) => property.required === true);
	const issues = await canvas.issuesOf('Confirm customer agreement');
	for (const { displayName } of required) {
		expect(issues).toContain(`Parameter "${displayName}" is required.`);
	}

	await canvas.openForm('Confirm customer agreement');
	for (const { name, displayName } of required) {
		expect(await form.field(name).mark()).toContain(`Parameter "${displayName}" is required.`);
	}
	await form.field('firstName').fill('Maria');
	await expectSoon(() => form.field('firstName').mark(), undefined);
});

it('one customer, picked from the list, by ID, by its page and by domain, is confirmed once', async (desk) => {
	const { emulator } = desk;
	const form = await addConfirm(desk);
	expect(await form.customer.openList()).toHaveLength(emulator.state.customers.length);
	await form.customer.search('nor');
	const northwind = 'Northwind Traders (northwindtraders.onmicrosoft.com)';
	await expectSoon(() => form.customer.found(), [northwind]);
	await form.customer.pick(northwind);
	expect(await form.customer.shows()).toBe(northwind);
	await form.field('firstName').fill('Łukasz');
	await form.field('lastName').fill('Wójcik');
	await form.field('email').fill('lukasz.wojcik@northwindtraders.example');
	await form.field('dateAgreed').pickDay('2025-06-12');

	await form.executeStep();
	await expectSoon(
		() => form.output.branches(),
		['Confirmed Branch (1 item)', 'Already Exists Branch'],
	);
	const confirmed = emulator.state.customers.find(
		({ companyName }) => companyName === 'Northwind Traders',
	);
	expect(confirmed?.agreements).toMatchObject([
		{ primaryContact: { firstName: 'Łukasz' }, dateAgreed: '2025-06-12T00:00:00.000Z' },
	]);

	for (const [mode, text] of [
		['id', '4cd01ca6-16bc-478d-893a-ac4d327c871f'],
		[
			'url',
			'https://partner.microsoft.com/dashboard/v2/customers/4cd01ca6-16bc-478d-893a-ac4d327c871f/account',
		],
		['domain', 'northwindtraders.onmicrosoft.com'],
	] as const) {
		await form.customer.chooseMode(mode);
		await form.customer.type(text);
		await form.executeStep();
		await expectSoon(
			() => form.output.branches(),
			['Confirmed Branch', 'Already Exists Branch (1 item)'],
		);
	}
	expect(confirmed?.agreements).toHaveLength(1);
});
