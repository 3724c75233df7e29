/**
 * Every text in the shipped code: n8n replaces a message that happens to hold the letters of a
 * socket's code, such as "Operation not permitted" for "approvEPERMissions".
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../../..');
const files = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.join(root, folder, file)),
);

/** Texts of a source file with the line that they stand on; parts of templates one by one. */
function textsOf(file: string): Array<{ text: string; line: number }> {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
	const texts: Array<{ text: string; line: number }> = [];
	const visit = (node: ts.Node) => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		) {
			const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
			texts.push({ text: node.text, line: line + 1 });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return texts;
}

/** What n8n looks for, in any case, anywhere in a message (n8n-workflow, node.error). */
const REPLACED =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;
const SENTENCE = /[a-z]{2,} [a-z]{2,}/;

it('finds the texts', () => {
	expect(files.length).toBeGreaterThan(40);
	expect(files.flatMap(textsOf).filter(({ text }) => SENTENCE.test(text)).length).toBeGreaterThan(
		200,
	);
});

it.each(files.map((file) => [path.relative(root, file), file]))(
	'%s: no text trips n8n’s replacement of messages',
	(_name, file) => {
		const tripping = textsOf(file).filter(({ text }) => SENTENCE.test(text) && REPLACED.test(text));
		expect(tripping).toEqual([]);
	},
);

it.each(files.map((file) => [path.relative(root, file), file]))(
	'%s: no text blames or alarms',
	(_name, file) => {
		const words = /\b(failure|problem|mistake|oops|sorry|please)\b/i;
		const found = textsOf(file).filter(({ text }) => SENTENCE.test(text) && words.test(text));
		expect(found).toEqual([]);
	},
);
