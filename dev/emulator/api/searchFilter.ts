/** The query parameter `filter`: JSON with a field, a value and an operator. */
import { z } from 'zod';
import { apiErrors } from './apiErrors';

const filterSchema = z.object({ Field: z.string(), Value: z.string(), Operator: z.string() });

export type SearchFilter = z.infer<typeof filterSchema>;

/** Undefined when nothing is filtered. @throws ApiError 400 800002 for anything but such JSON */
export function readFilter(query: URLSearchParams): SearchFilter | undefined {
	const text = query.get('filter') ?? '';
	if (text === '') return undefined;
	const filter = filterSchema.safeParse(jsonOf(text));
	if (!filter.success) throw apiErrors.invalidInput();
	return filter.data;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
