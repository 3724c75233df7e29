/**
 * n8n loads every node at its start, also in a process that runs none. What only an execution needs is
 * loaded with the first one: no file that n8n's start reads imports it, except by `import()`.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { importsOf, reachableFrom, ROOT, sourcesIn } from './imports';

const FOLDER = 'nodes/MicrosoftPartnerCenter/';
const NODES = ['MicrosoftPartnerCenter.node.ts', 'MicrosoftPartnerCenterTrigger.node.ts'];

/** What is loaded at once with a file: type imports are gone by then. */
function loadedWith(file: string): string[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(path.join(ROOT, file), 'utf8'),
		ts.ScriptTarget.Latest,
	);
	const names = source.statements.flatMap((statement) => {
		if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
			return ts.isStringLiteral(statement.moduleSpecifier) ? [statement.moduleSpecifier.text] : [];
		}
		if (!ts.isImportDeclaration(statement)) return [];
		const { importClause, moduleSpecifier } = statement;
		const bindings = importClause?.namedBindings;
		const isTypes =
			importClause?.isTypeOnly === true ||
			(bindings !== undefined &&
				ts.isNamedImports(bindings) &&
				bindings.elements.every(({ isTypeOnly }) => isTypeOnly));
		return isTypes || !ts.isStringLiteral(moduleSpecifier) ? [] : [moduleSpecifier.text];
	});
	const resolved = names
		.filter((name) => name.startsWith('.'))
		.map((name) => path.posix.join(path.posix.dirname(file), name));
	return importsOf(file).filter((one) =>
		resolved.some((name) => [`${name}.ts`, `${name}/index.ts`].includes(one)),
	);
}

const loaded = [
	...reachableFrom(
		NODES.map((node) => FOLDER + node),
		loadedWith,
	),
];

it('reads the form of every operation, and runs none', () => {
	const ofOperations = sourcesIn(`${FOLDER}resources`).filter((file) => file.endsWith('.run.ts'));
	expect(ofOperations.length).toBeGreaterThan(10);
	for (const run of ofOperations) expect(loaded).toContain(run.replace('.run.ts', '.ts'));
	expect(loaded.filter((file) => file.endsWith('.run.ts'))).toEqual([]);
});

it('reads nothing that sends a request or polls', () => {
	const sending = [
		'client/PartnerCenterClient.ts',
		'client/Requester.ts',
		'client/throttle.ts',
		'n8n/client.ts',
		'n8n/transport.ts',
	];
	const polling = ['trigger/poll.ts', 'trigger/pollState.ts', 'n8n/listSearch.ts'];
	const needed = [...sending, ...polling].map((file) => FOLDER + file);
	for (const file of needed) expect(sourcesIn('nodes')).toContain(file);
	expect(loaded.filter((file) => needed.includes(file))).toEqual([]);
});
