/** The documentation as a reader's browser takes it apart: headings, links, pictures, blocks, code in a line. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';

export const ROOT = path.join(__dirname, '../../..');

interface Placed {
	/** The first line of the paragraph, table or block that it stands in, from 1. */
	line: number;
}

export interface Link extends Placed {
	href: string;
	text: string;
}

export interface Picture extends Placed {
	src: string;
	alt: string;
}

/** A fenced block: `language` is the first word behind the fence, `title` the rest. */
export interface Block extends Placed {
	language: string;
	title: string;
	content: string;
}

export interface Page {
	/** Path from the package's root, e.g. `docs/README.md`. */
	name: string;
	links: Link[];
	pictures: Picture[];
	blocks: Block[];
	/** Code within a line of text. */
	spans: Array<Placed & { text: string }>;
	/** What a link to a heading ends with, as GitHub makes it. */
	anchors: Set<string>;
	/** The cells of every table row but the head, as Markdown. */
	rows: Array<Placed & { cells: string[] }>;
}

const FRONT = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

function names(): string[] {
	const inDocs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => path.posix.join('docs', ...name.split(path.sep)));
	return [...FRONT.filter((name) => existsSync(path.join(ROOT, name))), ...inDocs.sort()];
}

const markdown = new MarkdownIt({ html: true });

export function readPage(name: string): Page {
	const page: Page = {
		name,
		links: [],
		pictures: [],
		blocks: [],
		spans: [],
		anchors: new Set(),
		rows: [],
	};
	const slugger = new GithubSlugger();
	const tokens = markdown.parse(readFileSync(path.join(ROOT, name), 'utf8'), {});
	let line = 0;
	let isHeading = false;
	let cells: string[] | undefined;
	for (const token of tokens) {
		line = token.map ? token.map[0] + 1 : line;
		if (token.type === 'heading_open') isHeading = true;
		if (token.type === 'heading_close') isHeading = false;
		if (token.type === 'tbody_open') cells = [];
		if (token.type === 'tbody_close') cells = undefined;
		if (token.type === 'tr_open' && cells) cells = [];
		if (token.type === 'tr_close' && cells) page.rows.push({ line, cells });
		if (token.type === 'fence') {
			const [language = '', ...title] = token.info.trim().split(/\s+/);
			page.blocks.push({ line, language, title: title.join(' '), content: token.content });
		}
		if (token.type === 'html_block') addHtmlPictures(page, token.content, line);
		if (token.type === 'inline') {
			const children = token.children ?? [];
			if (isHeading) page.anchors.add(slugger.slug(textOf(children)));
			cells?.push(token.content);
			addInline(page, children, line);
		}
	}
	return page;
}

function textOf(tokens: Token[]): string {
	return tokens
		.filter(({ type }) => ['text', 'code_inline', 'text_special'].includes(type))
		.map(({ content }) => content)
		.join('');
}

function addInline(page: Page, tokens: Token[], line: number): void {
	tokens.forEach((token, index) => {
		if (token.type === 'link_open') {
			const end = tokens.findIndex(({ type }, at) => at > index && type === 'link_close');
			const text = textOf(tokens.slice(index, end));
			page.links.push({ line, href: String(token.attrGet('href') ?? ''), text });
		}
		if (token.type === 'image') {
			page.pictures.push({ line, src: String(token.attrGet('src') ?? ''), alt: token.content });
		}
		if (token.type === 'code_inline') page.spans.push({ line, text: token.content });
	});
}

/** `<picture>`, which has one for a dark page too: the words of its `<img>` stand for both. */
function addHtmlPictures(page: Page, html: string, line: number): void {
	const alt = /\balt="([^"]*)"/.exec(html)?.[1] ?? '';
	for (const [, src = ''] of html.matchAll(/\b(?:src|srcset)="([^"]*)"/g)) {
		page.pictures.push({ line, src, alt });
	}
}

/** README, CONTRIBUTING, SECURITY, CHANGELOG and everything below docs. */
export const pages: readonly Page[] = names().map(readPage);

export function pageNamed(name: string): Page {
	const page = pages.find((one) => one.name === name);
	if (!page) throw new Error(`There is no page ${name}`);
	return page;
}
