/**
 * The copy of zod that runs is n8n's, or whatever stands beside this package. Since zod 4.6, a property of
 * `z.unknown()` has to be there; in zod 3 it may be absent. So an object's own says `.optional()`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { ROOT, sourcesIn } from './imports';

/** `z.object({ … })` whose properties all may be absent. */
const isPartial = (object: ts.Node) => {
	const call = object.parent;
	const chained = call.parent;
	return ts.isPropertyAccessExpression(chained) && chained.name.text === 'partial';
};

function unknownsIn(name: string, text: string): string[] {
	const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const isUnknown =
			ts.isPropertyAssignment(node) && /^z\.(unknown|any)\(\)$/.test(node.initializer.getText());
		if (isUnknown && !isPartial(node.parent)) found.push(`${name}: ${node.getText()}`);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** A call's own `schema: z.unknown()` is no property of an object that is read. */
const isRead = (found: string) => !/: schema: /.test(found);

it('what may be absent says so, whatever zod makes of it', () => {
	const files = ['nodes', 'credentials'].flatMap(sourcesIn).filter((file) => file.endsWith('.ts'));
	const found = files.flatMap((file) =>
		unknownsIn(file, readFileSync(path.join(ROOT, file), 'utf8')),
	);
	expect(found.length).toBeGreaterThan(0);
	expect(found.filter(isRead)).toEqual([]);
});

it('one that does not say so is found', () => {
	expect(unknownsIn('a.ts', 'z.object({ a: z.unknown(), b: z.any().optional() })')).toEqual([
		'a.ts: a: z.unknown()',
	]);
	expect(unknownsIn('a.ts', 'z.object({ a: z.unknown() }).partial()')).toEqual([]);
});
