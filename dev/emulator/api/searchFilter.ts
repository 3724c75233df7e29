/**
 * The query parameter `filter`: JSON with a field, a value and an operator. Names count without case;
 * the guide spells an operator `starts_with`, Microsoft's Swagger `StartsWith`, and both are sent.
 */
import { z } from 'zod';
import { apiErrors } from './apiErrors';
import { spelledAs } from './requestBody';

const filterSchema = z.object({ field: z.string(), value: z.string(), operator: z.string() });

export type SearchFilter = z.infer<typeof filterSchema>;

/** Undefined when nothing is filtered. @throws ApiError 400 800002 for anything but such JSON */
export function readFilter(query: URLSearchParams): SearchFilter | undefined {
	const text = query.get('filter') ?? '';
	if (text === '') return undefined;
	const filter = filterSchema.safeParse(spelledAs(filterSchema, jsonOf(text)));
	if (!filter.success) throw apiErrors.invalidInput();
	return filter.data;
}

/** A field or an operator in the one form that all its spellings have in common. */
export function plainName(name: string): string {
	return name.toLowerCase().replaceAll('_', '');
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
