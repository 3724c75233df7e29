/** A field whose value is chosen from a list of suggestions, or entered where the list lacks it. */
import type { INodeProperties } from 'n8n-workflow';

interface SuggestingField {
	displayName: string;
	name: string;
	/** The node's method that searches the suggestions. */
	searchListMethod: string;
	/** How a value is entered that is not in the list. */
	entered: { displayName: string; name: string; placeholder: string };
}

/** @returns what the form shows: a resource locator, which opens with an empty choice from the list */
export function suggesting({
	displayName,
	name,
	searchListMethod,
	entered,
}: SuggestingField): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ ...entered, type: 'string' },
		],
	};
}

/** @returns the value of a resource locator; any other value as it is, such as that of an expression */
export function locatedValue(raw: unknown): unknown {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
	return isLocator ? raw.value : raw;
}
