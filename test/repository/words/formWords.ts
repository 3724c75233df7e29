/** The words of the forms: everything that n8n shows of a node or a credential before it runs. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { credentialTypes, nodeTypes } from './shippedFiles';

export type FormWordKind =
	| 'name'
	| 'output'
	| 'label'
	| 'choice'
	| 'mode'
	| 'action'
	| 'description'
	| 'whether'
	| 'hint'
	| 'notice'
	| 'placeholder';

export interface FormWord {
	/** Of the node or the credential. */
	of: string;
	/** Path of the field or choice in the form, by labels. */
	where: string;
	kind: FormWordKind;
	text: string;
}

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Where n8n shows it: `customerAgreement/confirm`, or nothing when it always does. */
function shownFor({ displayOptions }: INodeProperties): string {
	const { resource = [], operation = [] } = displayOptions?.show ?? {};
	const text = [resource, operation].map((one) => (one as string[]).join(', ')).filter(Boolean);
	return text.length === 0 ? '' : ` (${text.join('/')})`;
}

function wordsOfEntry(of: string, path: string[], entry: Entry): FormWord[] {
	const words: FormWord[] = [];
	const at = (kind: FormWordKind, where: string[], text: string | undefined) => {
		if (text !== undefined && text !== '') words.push({ of, where: where.join(' › '), kind, text });
	};
	if (!('displayName' in entry)) {
		const where = [...path, entry.name];
		at('choice', where, entry.name);
		at('action', where, entry.action);
		at('description', where, entry.description);
		return words;
	}
	const isProperty = 'type' in entry;
	if (isProperty && entry.type === 'hidden') return [];
	if (isProperty && (entry.type === 'notice' || entry.type === 'callout')) {
		at('notice', [...path, entry.name], entry.displayName);
		return words;
	}
	const where = [...path, `${entry.displayName}${isProperty ? shownFor(entry) : ''}`];
	at('label', where, entry.displayName);
	if (isProperty) {
		at(entry.type === 'boolean' ? 'whether' : 'description', where, entry.description);
		at('hint', where, entry.hint);
		at('placeholder', where, entry.placeholder);
		at('notice', where, entry.builderHint?.propertyHint);
		for (const mode of entry.modes ?? []) {
			at('mode', [...where, mode.displayName], mode.displayName);
			at('hint', [...where, mode.displayName], mode.hint);
			at('placeholder', [...where, mode.displayName], mode.placeholder);
			at('notice', [...where, mode.displayName], mode.typeOptions?.slowLoadNotice?.message);
			const rules = mode.validation ?? [];
			for (const rule of rules) {
				if (!('type' in rule)) continue;
				const message: unknown = Reflect.get(rule.properties, 'errorMessage');
				if (typeof message === 'string') at('hint', [...where, mode.displayName], message);
			}
		}
	}
	const inner = isProperty ? (entry.options ?? []) : entry.values;
	return [...words, ...inner.flatMap((one) => wordsOfEntry(of, where, one))];
}

/** The names of the outputs; they stand in the expression that n8n evaluates per operation. */
function outputNames(outputs: unknown): string[] {
	const names = [...String(outputs).matchAll(/"displayName":\s*"([^"]+)"/g)].map(
		([, name]) => name,
	);
	return names.filter((name) => name !== undefined);
}

/** Of every registered node and credential, in the order of the form. */
export function formWords(): FormWord[] {
	const ofNodes = nodeTypes.flatMap(({ description }): FormWord[] => {
		const of = description.displayName;
		return [
			{ of, where: 'Node', kind: 'name', text: of },
			{ of, where: 'Node', kind: 'description', text: description.description },
			...outputNames(description.outputs).map((text): FormWord => ({
				of,
				where: 'Output',
				kind: 'output',
				text,
			})),
			...description.properties.flatMap((property) => wordsOfEntry(of, [], property)),
		];
	});
	const ofCredentials = credentialTypes.flatMap(({ displayName, properties, test }): FormWord[] => [
		{ of: displayName, where: 'Credential', kind: 'name', text: displayName },
		...(test?.rules ?? []).map((rule): FormWord => ({
			of: displayName,
			where: 'Test',
			kind: 'notice',
			text: rule.properties.message,
		})),
		...properties.flatMap((property) => wordsOfEntry(displayName, [], property)),
	]);
	return [...ofNodes, ...ofCredentials];
}
