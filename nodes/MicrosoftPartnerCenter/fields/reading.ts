/** How a field's value is read: what it was read as, or what is wrong with it and the next step. */
import { z } from 'zod';

import type { Schema } from './field';

/** Why a value can't be used. */
export interface ValueFault {
	/** What follows the label in a message, such as `is empty` in "'Email' is empty". */
	fault: string;
	/** What to do next, as a sentence of its own. */
	fix: string;
}

export type Reading<V> = { value: V } | ValueFault;

/** @returns the schema that reads a value so; the issue of a value that can't be used carries the `fix` */
export function schemaOfReader<V>(read: (raw: unknown) => Reading<V>): Schema<V> {
	return z.unknown().transform((raw, context) => {
		const reading = read(raw);
		if ('value' in reading) return reading.value;
		const { fault: message, fix } = reading;
		context.addIssue({ code: 'custom', message, params: { fix } });
		return z.NEVER;
	});
}

/** @returns what a value is that is no text, in words */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'a yes/no value';
	if (typeof value === 'number') return 'a number';
	return 'an object';
}

/**
 * For patterns of large sets of letters. V8 builds the set where one is written as `/…/`, also in a function
 * that is not called, and n8n's start would wait for it.
 *
 * @param source of the pattern, as `String.raw`
 * @returns the pattern, built with its first use
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
	let built: RegExp | undefined;
	return () => (built ??= new RegExp(source, flags));
}
