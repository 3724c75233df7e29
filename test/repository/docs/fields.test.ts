/** Every field and every option of an operation is in a table of the page that describes it. */
import type { INodeProperties } from 'n8n-workflow';

import { loadNode } from '../../engine/workplace';
import { operations } from './operations';
import { pageNamed } from './pages';

/** Those that have a page of their own, or share one with what they are used for. */
const PAGES: Readonly<Record<string, string>> = {
	'customerAgreement/confirm': 'docs/operations/confirm.md',
	'customerAgreement/getAll': 'docs/operations/who-lacks-the-agreement.md',
	'customerAgreement/getStatus': 'docs/operations/who-lacks-the-agreement.md',
	'attestation/create': 'docs/operations/attestation.md',
	'attestation/getLink': 'docs/operations/attestation.md',
	'customer/checkDomain': 'docs/operations/new-customer.md',
	'customer/validateAddress': 'docs/operations/new-customer.md',
	'indirectReseller/getAll': 'docs/operations/new-customer.md',
	'indirectReseller/getAgreementStatus': 'docs/operations/new-customer.md',
	'relationship/getLink': 'docs/operations/new-customer.md',
};
const THE_OTHERS = 'docs/operations/reference.md';

const { properties } = loadNode().description;

/** Collections hold fields of their own, a notice or callout is none; everything else is a field itself. */
function labelsOf(property: INodeProperties): string[] {
	if (property.type === 'notice' || property.type === 'callout') return [];
	if (property.type !== 'collection') return [property.displayName];
	return (property.options ?? []).flatMap((option) =>
		'displayName' in option ? [option.displayName] : [],
	);
}

const shown = ({ displayOptions }: INodeProperties, resource: string, operation: string) =>
	displayOptions?.show?.resource?.includes(resource) === true &&
	displayOptions.show.operation?.includes(operation) === true;

it.each(
	operations.map(({ resource, operation }) => [`${resource}/${operation}`, resource, operation]),
)('%s: its page names every field and option', (key, resource, operation) => {
	const { rows } = pageNamed(PAGES[key] ?? THE_OTHERS);
	const labels = properties
		.filter((property) => shown(property, resource, operation))
		.flatMap(labelsOf);
	expect(labels.length).toBeGreaterThan(2);
	const missing = labels.filter(
		(label) => !rows.some(({ cells }) => cells.join(' ').includes(label)),
	);
	expect(missing).toEqual([]);
});

it('Confirm’s options have the defaults that its page names', () => {
	const { rows } = pageNamed('docs/operations/confirm.md');
	const collection = properties.find(
		(property) => property.name === 'options' && shown(property, 'customerAgreement', 'confirm'),
	);
	const inWords = (value: unknown) =>
		value === '' ? 'empty' : value === true ? 'on' : value === false ? 'off' : String(value);
	const defaults = (collection?.options ?? []).flatMap((option) =>
		'default' in option ? [[option.displayName, inWords(option.default)]] : [],
	);
	expect(defaults).not.toEqual([]);
	const written = rows.flatMap(({ cells: [label, value] }) =>
		defaults.some(([name]) => name === label) ? [[label, value]] : [],
	);
	expect(new Map(written as Array<[string, string]>)).toEqual(
		new Map(defaults as Array<[string, string]>),
	);
});
