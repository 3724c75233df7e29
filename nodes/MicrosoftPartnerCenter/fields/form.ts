/** Makes a form of fields: what n8n shows, and what is read for each item. */
import type { INodeProperties } from 'n8n-workflow';

import type { Collection, Field, FormElement } from './field';

export const ADDITIONAL_FIELDS: Collection = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
};

export const FILTERS: Collection = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
};

export const OPTIONS: Collection = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
};

type Elements = Record<string, FormElement>;

/** The elements that have a schema. */
type FieldsOf<E extends Elements> = {
	[K in keyof E as E[K] extends Field ? K : never]: E[K];
};

export interface Form<E extends Elements = Elements> {
	/** For the node's description. */
	properties: INodeProperties[];
	/** For `readFields`. */
	fields: FieldsOf<E>;
}

/** @returns the same fields, to be added by the user one by one */
export function inCollection<E extends Elements>(collection: Collection, elements: E): E {
	const entries = Object.entries(elements).map(([key, one]) => [key, { ...one, collection }]);
	return Object.fromEntries(entries) as E;
}

/**
 * @param differently what the form shows otherwise here: whether it is required, its description …
 * @returns a field that is read like the given one
 */
export function shownAs<V>(field: Field<V>, differently: Partial<INodeProperties>): Field<V> {
	return { ...field, property: { ...field.property, ...differently } };
}

/** @returns the element without its schema: it is shown here, and its value is read elsewhere */
export function shownOnly({ property, collection }: FormElement): FormElement {
	return collection === undefined ? { property } : { property, collection };
}

/**
 * @param elements in the order in which the form shows them and messages name them; a collection
 *   stands where its first field does, and lists its fields by their labels, as n8n wants it
 */
export function formOf<E extends Elements>(elements: E): Form<E> {
	const all = Object.entries(elements);
	const properties: INodeProperties[] = [];
	for (const [, { property, collection }] of all) {
		if (collection === undefined) properties.push(property);
		else if (properties.every(({ name }) => name !== collection.name)) {
			properties.push({ ...collection, options: optionsIn(collection, elements) });
		}
	}
	const read = all.filter(([, element]) => 'schema' in element);
	return { properties, fields: Object.fromEntries(read) as FieldsOf<E> };
}

function optionsIn({ name }: Collection, elements: Elements): INodeProperties[] {
	return Object.values(elements)
		.filter(({ collection }) => collection?.name === name)
		.map(({ property }) => property)
		.sort((one, other) => (one.displayName < other.displayName ? -1 : 1));
}
