/** Which file imports which, as it stands in the sources: type imports and `require` count as well. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The project's folder. */
export const ROOT = path.join(__dirname, '../../..');
const ENDINGS = ['', '.ts', '.js', '.cjs', '.mjs', '/index.ts'];

/** The sources below a folder, by their paths from the root; what was installed or built is none. */
export function sourcesIn(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
		.filter((file) => /\.(ts|js|cjs|mjs)$/.test(file))
		.filter((file) => !/\/(node_modules|dist)\//.test(file))
		.sort();
}

/**
 * The files of this repository that a file imports; packages, and what is built, are left out.
 *
 * @throws Error when it names a source that does not exist
 */
export function importsOf(file: string): string[] {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	return ts
		.preProcessFile(text, true, true)
		.importedFiles.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'))
		.map((name) => path.posix.join(path.posix.dirname(file), name))
		.filter((name) => !name.startsWith('dist/'))
		.map((name) => {
			const found = ENDINGS.map((ending) => name + ending).find(
				(one) => path.posix.extname(one) !== '' && existsSync(path.join(ROOT, one)),
			);
			if (found === undefined) throw new Error(`${file} imports ${name}, which does not exist`);
			return found;
		});
}

export type Graph = ReadonlyMap<string, readonly string[]>;

export function graphOf(files: readonly string[]): Graph {
	return new Map(files.map((file) => [file, importsOf(file)]));
}

/** Everything that can be reached from these files, themselves included. */
export function reachableFrom(
	starts: readonly string[],
	next: (file: string) => readonly string[],
): Set<string> {
	const reached = new Set<string>();
	const rest = [...starts];
	for (let file = rest.pop(); file !== undefined; file = rest.pop()) {
		if (reached.has(file)) continue;
		reached.add(file);
		rest.push(...next(file));
	}
	return reached;
}

/** Files that import each other, directly or by way of others: one sorted list for each circle. */
export function circlesIn(graph: Graph): string[][] {
	const reach = new Map(
		[...graph].map(([file, imported]) => [
			file,
			reachableFrom(imported, (one) => graph.get(one) ?? []),
		]),
	);
	const circles = [...graph.keys()]
		.filter((file) => reach.get(file)?.has(file))
		.map((file) =>
			[...graph.keys()]
				.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file))
				.sort(),
		);
	return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
}
