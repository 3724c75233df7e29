/**
 * Every message that an item can fail with, read from the sources: what stands in them is what a
 * person sees. What varies is `…`.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { ROOT } from './pages';

export interface Message {
	text: string;
	/** Microsoft's codes that lead to it. */
	codes: string[];
	/** Where it stands, for whoever has to add it to the page. */
	where: string;
}

/** Who makes an item fail: with which argument it is told the message. */
const MAKERS: Readonly<Record<string, number>> = {
	NotSentError: 0,
};
/** Properties and variables that hold a message on its way there. */
const HOLDERS = new Set(['message', 'fault', 'what']);

/** What they say is for items that went well, or for the node as a whole. */
const NOT_OF_FAILURES = /\.items\.ts$|runItems\.ts$/;

function sources(): ts.SourceFile[] {
	const folder = path.join(ROOT, 'nodes/MicrosoftPartnerCenter');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !NOT_OF_FAILURES.test(name))
		.map((name) => {
			const file = path.join(folder, name);
			return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
		});
}

/** The texts that an expression can come to; none where it only puts others together. */
function textsOf(expression: ts.Expression): string[] {
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isConditionalExpression(expression)) {
		return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
	}
	if (!ts.isTemplateExpression(expression)) return [];
	const spans = expression.templateSpans.map(({ literal }) => `…${literal.text}`);
	return [[expression.head.text, ...spans].join('').replace(/…+/g, '…')];
}

/** Words that a reader would look up; what continues with the number of retries ends before it. */
const asShown = (text: string) => text.replace(/(?<=\w)…$/, '').trim();
const isMessage = (text: string) => /[a-z]{2,} [a-z']{2,}/i.test(text);
/** What a poll says in place of an item. */
const OF_NO_ITEM = /before the poll was|^The (audit records|list) could not be read/;

function told(node: ts.Node): ts.Expression | undefined {
	if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
		const position = MAKERS[node.expression.getText()];
		return position === undefined ? undefined : node.arguments?.[position];
	}
	// What the form says while a list loads.
	if (node.parent?.parent?.getText().startsWith('slowLoadNotice') === true) return undefined;
	const isHolder =
		(ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
		HOLDERS.has(node.name.getText());
	return isHolder ? node.initializer : undefined;
}

/** Which codes a source's table BY_CODE leads to which of its messages. */
function codesOf(source: ts.SourceFile): Map<string, string[]> {
	const named = new Map<string, ts.Expression>();
	let table: ts.ObjectLiteralExpression | undefined;
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer) {
			named.set(node.name.getText(), node.initializer);
			const isTable = node.name.getText() === 'BY_CODE';
			if (isTable && ts.isObjectLiteralExpression(node.initializer)) table = node.initializer;
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	const codes = new Map<string, string[]>();
	for (const entry of table?.properties ?? []) {
		if (!ts.isPropertyAssignment(entry)) continue;
		const value = named.get(entry.initializer.getText()) ?? entry.initializer;
		if (!ts.isObjectLiteralExpression(value)) continue;
		const [message] = value.properties.flatMap((property) =>
			ts.isPropertyAssignment(property) && property.name.getText() === 'message'
				? textsOf(property.initializer)
				: [],
		);
		if (message === undefined) continue;
		const code = entry.name.getText().replace(/'/g, '');
		codes.set(asShown(message), [...(codes.get(asShown(message)) ?? []), code]);
	}
	return codes;
}

/** Each message once. */
export function messages(): Message[] {
	const found = new Map<string, Message>();
	for (const source of sources()) {
		const codes = codesOf(source);
		const visit = (node: ts.Node): void => {
			const expression = told(node);
			for (const said of expression === undefined ? [] : textsOf(expression)) {
				const text = asShown(said);
				if (!isMessage(text) || OF_NO_ITEM.test(text)) continue;
				const { line } = source.getLineAndCharacterOfPosition(node.getStart());
				const where = `${path.relative(ROOT, source.fileName)}:${line + 1}`;
				found.set(text, { where, text, codes: codes.get(text) ?? [] });
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return [...found.values()];
}
