/**
 * `docs/emulator.md` lists the calls of the running emulator, all of them and no others, and where
 * each point that real clients need is tested.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext } from '../../../dev/emulator/createContext';
import { createServer } from '../../../dev/emulator/createServer';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/emulator.md'), 'utf8');
const OF_THE_PAGE = /^\/(v1|auditactivity|webhooks|agreement-documents|mca|_emulator)(\/|$)/;

/** `GET /v1/customers/{}`: what a parameter is called does not matter. */
const callOf = (method: string, url: string) =>
	`${method} ${url.replace(/\{[^}]*\}|:[A-Za-z]+/g, '{}')}`;

async function registered(): Promise<string[]> {
	const app = await createServer(createContext({}, new AbortController().signal));
	await app.ready();
	const calls = app.knownAddresses
		.filter(({ url }) => OF_THE_PAGE.test(url))
		.map(({ method, url }) => callOf(method, url));
	await app.close();
	return [...new Set(calls)].sort();
}

/** The first cell of each row that holds a verb and a path. */
const written = [...PAGE.matchAll(/^\| `([A-Z]+) (\/[^`]*)` +\| (.*) \|$/gm)];

test('every call that the emulator answers is on the page, and no other', async () => {
	const calls = written.map(([, method = '', url = '']) => callOf(method, url)).sort();
	expect(calls).toEqual(await registered());
});

test('every row says where its shape comes from, or what it does', () => {
	expect(written.length).toBeGreaterThan(40);
	for (const [, , , cells = ''] of written) expect(cells.trim()).not.toMatch(/^\||\| *$|^$/);
});

test('every point that real clients need is tested in the file that the page names', () => {
	const points = [...PAGE.matchAll(/^\| (D\d+) +\|.*\]\((.*\.test\.ts)\) *\|$/gm)];
	expect(points.map(([, number]) => number)).toEqual(
		Array.from({ length: 21 }, (_each, index) => `D${index + 1}`),
	);
	for (const [, number = '', file = ''] of points) {
		const source = readFileSync(path.join(__dirname, '../../../docs', file), 'utf8');
		expect(source).toContain(`'${number}: `);
	}
});
