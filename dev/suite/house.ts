/**
 * Prints how the product's code is spread: lines for each room, the longest functions, and how many
 * places an operation takes. `npx tsx dev/suite/house.ts`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Table from 'cli-table3';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../..');
const NODE = join(ROOT, 'nodes/MicrosoftPartnerCenter');
const GUIDE = join(ROOT, 'docs/contributing/add-an-operation.md');
const LONGEST = 8;

interface Source {
	/** Below the node's folder, with slashes. */
	file: string;
	text: string;
}

function sourcesOf(folder: string): Source[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => ({
			file: relative(NODE, join(folder, file)).replace(/\\/g, '/'),
			text: readFileSync(join(folder, file), 'utf8'),
		}));
}

const linesIn = (text: string) => text.split('\n').length - 1;

/** The folder of a file; the node and the trigger stand in none. */
const roomOf = (file: string) => (file.includes('/') ? `${file.split('/')[0]}/` : 'the nodes');

function rooms(sources: Source[]): Array<[string, number, number]> {
	const names = [...new Set(sources.map(({ file }) => roomOf(file)))].sort();
	return names.map((room) => {
		const files = sources.filter(({ file }) => roomOf(file) === room);
		return [room, files.length, files.reduce((sum, { text }) => sum + linesIn(text), 0)];
	});
}

/** Every function with a body: its name where it has one, its file, and its lines. */
function functions({ file, text }: Source): Array<[string, string, number]> {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
	const found: Array<[string, string, number]> = [];
	const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
			const lines = lineOf(node.getEnd()) - lineOf(node.getStart(source)) + 1;
			found.push([node.name?.getText(source) ?? 'an arrow function', file, lines]);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The steps of the worked example that touch a file; its own test carries them out. */
function placesForAnOperation(): string[] {
	const headings = readFileSync(GUIDE, 'utf8').match(/^## \d.*$/gm) ?? [];
	const end = headings.findIndex((heading) => heading.includes('Build, run, look'));
	return headings.slice(0, end).map((heading) => heading.replace(/^## \d+\. /, ''));
}

function print(head: string[], rows: Array<Array<string | number>>): void {
	const table = new Table({ head, style: { head: [], border: [] } });
	table.push(...rows);
	process.stdout.write(`${table.toString()}\n`);
}

const sources = sourcesOf(NODE);
print(['Room', 'Files', 'Lines'], rooms(sources));
const longest = sources.flatMap(functions).sort(([, , one], [, , other]) => other - one);
print(['Function', 'File', 'Lines'], longest.slice(0, LONGEST));
print(
	[`Places for an operation: ${placesForAnOperation().length}`],
	placesForAnOperation().map((place) => [place]),
);
