/** Reads a value as a field does: what it was read as, or what is said of it, with a next step. */
import { schemaOf, type Field, type Schema } from '../../nodes/MicrosoftPartnerCenter/fields/field';

export interface Fault {
	fault: string;
}

/**
 * @param reader a field, in a workflow whose time zone is UTC, or a schema
 * @returns the value, or `{ fault }` with the words that finish "'Label' …"
 */
export function readWith<V>(reader: Field<V> | Schema<V>, value: unknown): V | Fault {
	const schema = 'property' in reader ? schemaOf(reader, { getTimezone: () => 'UTC' }) : reader;
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const issue = result.error.issues[0] as { message: string; params?: { fix?: string } };
	expect(issue.params?.fix).toMatch(/\w{3,}.*\.$/);
	return fault(issue.message);
}

export const fault = (text: string): Fault => ({ fault: text });
