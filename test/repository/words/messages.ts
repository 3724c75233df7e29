/**
 * The words that appear when something happened, read from the source: what happened, and the next
 * step. What a message takes in from outside stands in braces.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { root, sourceFiles } from './shippedFiles';

export interface Message {
	file: string;
	/** A field's fault finishes the sentence "'Label' …"; a message is a sentence by itself. */
	kind: 'message' | 'fault';
	what: string;
	next: string;
}

/** A text that is part of a message, or shown where there is no next step: a summary, a hint. */
export interface Fragment {
	file: string;
	text: string;
}

/** Pairs of property names that hold what happened and the next step. */
const PAIRS: Array<[string, string, Message['kind']]> = [
	['message', 'advice', 'message'],
	['what', 'advice', 'message'],
	['fault', 'fix', 'fault'],
];

/** Most alternatives of one text; more would be a table in the table. */
const MOST = 8;

function nameInWords(name: string): string {
	return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** The declaration that a name refers to, seen from a place in a file. */
function initializerOf(name: string, from: ts.Node): ts.Expression | undefined {
	for (let scope: ts.Node | undefined = from; scope !== undefined; scope = scope.parent) {
		if (ts.isFunctionLike(scope) && scope.parameters.some((one) => one.name.getText() === name)) {
			return undefined;
		}
		if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
		for (const statement of scope.statements) {
			if (!ts.isVariableStatement(statement)) continue;
			for (const one of statement.declarationList.declarations) {
				if (one.name.getText() === name) return one.initializer;
			}
		}
	}
	return undefined;
}

/** Every text that an expression may come to. */
function texts(node: ts.Expression): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isParenthesizedExpression(node)) return texts(node.expression);
	if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(starts, span) => {
				const ends = texts(span.expression);
				const all = starts.flatMap((start) =>
					ends.map((end) => `${start}${end}${span.literal.text}`),
				);
				return all.length <= MOST
					? all
					: starts.map((start) => `${start}{${describe(span.expression)}}${span.literal.text}`);
			},
			[node.head.text],
		);
	}
	if (ts.isIdentifier(node)) {
		const initializer = initializerOf(node.text, node);
		const isText =
			initializer !== undefined &&
			(ts.isStringLiteralLike(initializer) ||
				ts.isTemplateExpression(initializer) ||
				ts.isConditionalExpression(initializer));
		if (isText) return texts(initializer);
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
		return texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right));
	}
	return [`{${describe(node)}}`];
}

function describe(node: ts.Expression): string {
	if (ts.isIdentifier(node)) return nameInWords(node.text);
	if (ts.isPropertyAccessExpression(node)) return nameInWords(node.name.text);
	if (ts.isCallExpression(node)) return describe(node.expression);
	return '…';
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	for (const property of node.properties) {
		if (property.name?.getText() !== name) continue;
		if (ts.isPropertyAssignment(property)) return property.initializer;
		if (ts.isShorthandPropertyAssignment(property)) return property.name;
	}
	return undefined;
}

/** The two expressions of a message, where this node is one. */
function messageIn(node: ts.Node): [ts.Expression, ts.Expression, Message['kind']] | undefined {
	if (ts.isObjectLiteralExpression(node)) {
		for (const [happened, step, kind] of PAIRS) {
			const what = propertyOf(node, happened);
			const next = propertyOf(node, step);
			if (what !== undefined && next !== undefined) return [what, next, kind];
		}
	}
	return undefined;
}

const isText = (text: string) => /[A-Za-z]{2}/.test(text.replace(/\{[^}]*\}/g, ''));
/** Two words in a row, and no address. */
const isSentence = (text: string) =>
	!/^(\/|https?:)/.test(text) && /[a-z']{2,} [a-z']{2,}/.test(text.replace(/\{[^}]*\}/g, ''));

/** Texts of the form are in the table of the forms. */
function isOfTheForm(node: ts.Node): boolean {
	const FORM = /^(displayName|description|hint|placeholder|action|name|errorMessage|subtitle)$/;
	return ts.isPropertyAssignment(node.parent) && FORM.test(node.parent.name.getText());
}

/** Reads every source file of what is published. */
export function readMessages(): { messages: Message[]; fragments: Fragment[] } {
	const messages: Message[] = [];
	const fragments: Fragment[] = [];
	for (const file of sourceFiles) {
		const content = readFileSync(path.join(root, file), 'utf8');
		const source = ts.createSourceFile(file, content, ts.ScriptTarget.ES2022, true);
		const seen: Message[] = [];
		const loose: string[] = [];
		const visit = (node: ts.Node): void => {
			const [what, next, kind] = messageIn(node) ?? [];
			if (what !== undefined && next !== undefined && kind !== undefined) {
				for (const one of texts(what).filter(isText)) {
					for (const step of texts(next)) seen.push({ file, kind, what: one, next: step });
				}
			}
			const isPartOfTemplate = ts.isTemplateExpression(node.parent ?? node);
			if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && !isPartOfTemplate) {
				const isDirective = ts.isExpressionStatement(node.parent);
				if (!isOfTheForm(node) && !isDirective) loose.push(...texts(node).filter(isSentence));
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
		messages.push(...seen);
		const inMessages = seen.map(({ what, next }) => `${what}\n${next}`).join('\n');
		fragments.push(
			...[...new Set(loose)]
				.filter((text) => !inMessages.includes(text))
				.map((text) => ({ file, text })),
		);
	}
	return { messages, fragments };
}
