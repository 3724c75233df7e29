/**
 * One object per field: what the form shows of it, and how its value is read. Its label, its path
 * and the value that it has where nobody filled it in are derived from what the form shows, so that
 * a message can't name another field than the one on the screen.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

/** A group of optional fields that the user adds one by one, such as 'Options'. */
export type Collection = Omit<INodeProperties, 'options'> & { type: 'collection' };

/** What the form shows. An element without a schema is a notice, or an option that its operation reads by itself. */
export interface FormElement {
	readonly property: INodeProperties;
	/** The group that it stands in; none for the form itself. */
	readonly collection?: Collection;
}

/** What reading a value may depend on besides the value; n8n's context of an execution is one. */
export interface Workflow {
	/** @returns the IANA name of the time zone in the workflow's settings */
	getTimezone(): string;
}

/** How a value is read, whatever a person or an expression put there. */
export type Schema<V> = z.ZodType<V, z.ZodTypeDef, unknown>;

/** A field whose value is read for each item; `V` is what it is read as. */
export interface Field<V = unknown> extends FormElement {
	readonly schema: Schema<V> | ((workflow: Workflow) => Schema<V>);
}

/** @returns what the user calls the field, for messages */
export function labelOf({ property }: FormElement): string {
	return property.displayName;
}

/** @returns where n8n keeps the value, e.g. `options.timeout` */
export function pathOf({ property, collection }: FormElement): string {
	return collection === undefined ? property.name : `${collection.name}.${property.name}`;
}

/** @returns the value of a field that the user did not add, as n8n would hand it over */
export function defaultOf({ property }: FormElement): INodeProperties['default'] {
	const value = property.default;
	const isLocator = property.type === 'resourceLocator' && typeof value === 'object';
	return isLocator && value !== null ? { __rl: true, ...value } : value;
}

/** @returns the schema that reads the field's value in that workflow */
export function schemaOf<V>({ schema }: Field<V>, workflow: Workflow): Schema<V> {
	return typeof schema === 'function' ? schema(workflow) : schema;
}
