/**
 * A whole page: one document without anything from elsewhere. Its Content-Security-Policy lets in
 * the style and the script below by their hash, and nothing else, whatever a caller's text says.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import { html, Html } from './html';

export interface Page {
	readonly text: string;
	readonly contentSecurityPolicy: string;
}

export interface PageParts {
	title: string;
	body: Html;
	/** More for the head. */
	head?: Html;
	/** Keeps the page up to date (`liveUpdate.js`). */
	live?: boolean;
}

const style = readFileSync(join(__dirname, 'style.css'), 'utf8');
const liveUpdate = readFileSync(join(__dirname, 'liveUpdate.js'), 'utf8');
// Outside of a tagged template, where Prettier would add white space and so change the hash.
const styleTag = new Html(`<style>${style}</style>`);
const scriptTag = new Html(`<script>${liveUpdate}</script>`);

const ICON = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0b5a8f"/><path d="M4 8.5l2.7 2.7L12 5.5" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>',
)}`;

export function page({ title, body, head = html``, live = false }: PageParts): Page {
	const document = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<link rel="icon" href="${ICON}" />
				${head}
				<title>${title}</title>
				${styleTag}
			</head>
			<body>
				${body} ${live ? scriptTag : html``}
			</body>
		</html>`;
	const allowed = [
		"default-src 'none'",
		`style-src ${hashOf(style)}`,
		'img-src data:',
		...(live ? [`script-src ${hashOf(liveUpdate)}`, "connect-src 'self'"] : []),
		// No form-action: Chromium holds the redirect after a form to it, and signing in ends with one.
		"base-uri 'none'",
		"frame-ancestors 'none'",
	];
	return { text: document.text, contentSecurityPolicy: allowed.join('; ') };
}

/** Sends a page as what is true now: never from a cache. */
export async function sendPage(reply: FastifyReply, shown: Page): Promise<FastifyReply> {
	return await reply
		.type('text/html; charset=utf-8')
		.header('content-security-policy', shown.contentSecurityPolicy)
		.header('x-content-type-options', 'nosniff')
		.header('referrer-policy', 'same-origin')
		.header('cache-control', 'no-store')
		.send(shown.text);
}

function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
