/** Says which field of a JSON file is wrong, and what is wrong with it. */
import type { ZodError, ZodIssue } from 'zod';

/** One line per problem, such as `customers.0.id must be a GUID`. */
export function fieldProblems(error: ZodError): string[] {
	return error.issues
		.flatMap(closestOf)
		.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
}

/** Of a union, the alternative that was followed furthest is the one that was meant. */
function closestOf(issue: ZodIssue): ZodIssue[] {
	if (issue.code !== 'invalid_union') return [issue];
	const alternatives = issue.unionErrors.map(({ issues }) => issues.flatMap(closestOf));
	const depth = (issues: readonly ZodIssue[]) => Math.max(...issues.map(({ path }) => path.length));
	return alternatives.reduce((best, next) => (depth(next) > depth(best) ? next : best));
}
