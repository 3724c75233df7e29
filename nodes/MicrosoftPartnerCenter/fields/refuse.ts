/**
 * How a field refuses a value: words that finish the sentence "'Label' …", and the next step, which
 * comes along as the issue's `fix`.
 */
import { z } from 'zod';

/** Where a schema puts what is wrong: zod's own context of a transform. */
export interface Issues {
	addIssue(issue: { code: 'custom'; message: string; params: { fix: string } }): void;
}

/**
 * @param message finishes the sentence "'Label' …"
 * @param fix what to do next, as a sentence of its own
 */
export function refuse(issues: Issues, message: string, fix: string): never {
	issues.addIssue({ code: 'custom', message, params: { fix } });
	return z.NEVER;
}

/** @returns what a value is that is no text, in words */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return 'a yes/no value';
	if (typeof value === 'number') return 'a number';
	return 'an object';
}
