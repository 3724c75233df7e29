/** Links: within the documentation every one leads somewhere; outwards only to hosts that are known. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { pageNamed, pages, ROOT, type Page } from './pages';

/** Whom the documentation points to; a new host is added here on purpose. */
const HOSTS = [
	'admin.microsoft.com',
	'blog.cloudfactorygroup.com',
	'developers.hubspot.com',
	'docs.cloudblue.com',
	'docs.github.com',
	'docs.n8n.io',
	'docs.npmjs.com',
	'entra.microsoft.com',
	'github.com',
	'kb.cloudmore.com',
	'keepachangelog.com',
	'learn.microsoft.com',
	'msftnewsnow.com',
	'n8n.io',
	'owasp.org',
	'resources.work365apps.com',
	'semver.org',
	'www.rfc-editor.org',
];

const isOutward = (href: string) => /^[a-z][a-z0-9+.-]*:/i.test(href);

/** Where a link within the documentation leads, as page and anchor. */
function target({ name }: Page, href: string): { file: string; anchor: string } {
	const [file = '', anchor = ''] = href.split('#');
	const from = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
	return { file: path.posix.normalize(decodeURIComponent(from)), anchor };
}

function faultOf(page: Page, href: string): string | undefined {
	if (isOutward(href)) {
		const { protocol, hostname } = new URL(href);
		if (protocol !== 'https:') return 'is not HTTPS';
		return HOSTS.includes(hostname) ? undefined : `leads to ${hostname}, which no list names`;
	}
	const { file, anchor } = target(page, href);
	if (file.startsWith('..') || !existsSync(path.join(ROOT, file))) return `${file} does not exist`;
	if (anchor === '') return undefined;
	const aimed = pages.find(({ name }) => name === file);
	if (!aimed) return 'has an anchor, but leads to no page';
	return aimed.anchors.has(anchor) ? undefined : `${file} has no heading "${anchor}"`;
}

it.each(pages.map((page) => [page.name, page] as const))(
	'%s: every link leads where it says',
	(_name, page) => {
		const hrefs = [...page.links.map((one) => one), ...page.pictures.map(asLink)];
		const broken = hrefs.flatMap(({ href, line }) => {
			const fault = faultOf(page, href);
			return fault === undefined ? [] : [`line ${line}: ${href} ${fault}`];
		});
		expect(broken).toEqual([]);
	},
);

it('the pictures of a light and of a dark page are both looked at', () => {
	const sources = pageNamed('README.md').pictures.map(({ src }) => src);
	expect(sources).toEqual(
		expect.arrayContaining(['docs/images/canvas.png', 'docs/images/canvas-dark.png']),
	);
});

const asLink = ({ src, line }: { src: string; line: number }) => ({ href: src, line });

it.each(pages.map((page) => [page.name, page] as const))(
	'%s: every picture has words in its place',
	(_name, { pictures }) => {
		for (const { alt } of pictures) expect(alt).toMatch(/\w+ \w+/);
	},
);

it('every page of docs is reached from docs/README.md, link by link', () => {
	const reached = new Set(['docs/README.md']);
	for (const name of reached) {
		const page = pages.find((one) => one.name === name);
		for (const { href } of page?.links ?? []) {
			if (page && !isOutward(href)) reached.add(target(page, href).file);
		}
	}
	const all = pages.map(({ name }) => name).filter((name) => name.startsWith('docs/'));
	expect(all.filter((name) => !reached.has(name))).toEqual([]);
});

/** Every file of the package; what others have installed is left out. */
function filesIn(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (!entry.isDirectory()) return [name];
		return OF_OTHERS.test(entry.name) ? [] : filesIn(name);
	});
}
const OF_OTHERS = /^(node_modules|dist|coverage|\.git|\.n8n-editor|n8n-\d-server)$/;
const files = filesIn('.');
const FILE = /^[\w.-]+(\/[\w.-]+)*\.(ts|mjs|cjs|json|md|svg)$/;

/** Names of files that are not of this package: a reader's own, n8n's, or of the worked example. */
const OTHERS = ['other.json', 'utils.ts'];

it.each(pages.map((page) => [page.name, page] as const))(
	'%s: every file that it names is there',
	(_name, { spans }) => {
		const named = spans.filter(({ text }) => FILE.test(text) && !OTHERS.includes(text));
		const missing = named.filter(
			({ text }) => !files.some((file) => file === text || file.endsWith(`/${text}`)),
		);
		expect(missing).toEqual([]);
	},
);

it('the addresses of the documentation in the code lead to a heading of the README', () => {
	const { anchors } = pageNamed('README.md');
	const sources = files.filter((file) => /^(nodes|credentials)\/.*\.(ts|json)$/.test(file));
	const aimed = sources.flatMap((file) =>
		[
			...readFileSync(path.join(ROOT, file), 'utf8').matchAll(
				/n8n-nodes-microsoft-partner-center(?:\/blob\/main\/README\.md)?#([\w-]+)/g,
			),
		].map(([, anchor = '']) => anchor),
	);
	expect(aimed.length).toBeGreaterThan(1);
	// GitHub's own word for the page as a whole
	const headings = aimed.filter((anchor) => anchor !== 'readme');
	expect(headings.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});

it.each([
	['a page that does not exist', 'docs/nowhere.md', 'docs/nowhere.md does not exist'],
	[
		'a heading that does not exist',
		'#no-such-heading',
		'README.md has no heading "no-such-heading"',
	],
	['plain HTTP', 'http://learn.microsoft.com/', 'is not HTTPS'],
	[
		'a host that no list names',
		'https://example.com/',
		'leads to example.com, which no list names',
	],
])('notices %s', (_what, href, fault) => {
	const page = pages.find(({ name }) => name === 'README.md');
	expect(page && faultOf(page, href)).toBe(fault);
});
