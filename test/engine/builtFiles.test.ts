/** The built files that are loaded with an execution carry the digest of their build. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DIST = path.join(__dirname, '../../dist/nodes/MicrosoftPartnerCenter');
const textOf = (file: string) => readFileSync(path.join(DIST, file), 'utf8');
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.js'),
);
/** What `import()` was compiled to. */
const LATER = /\.then\(\(\) => require\('([^']+)'\)\)/g;
const loadedLater = files.flatMap((file) =>
	[...textOf(file).matchAll(LATER)].map(([, name = '']) =>
		path.join(path.dirname(file), `${name}.js`),
	),
);

it('every file that is loaded later is of the build that n8n has loaded', () => {
	const [, build] = /exports\.BUILD = '([0-9a-f]{16})';/.exec(textOf('n8n/build.js')) ?? [];
	expect(build).toBeDefined();
	expect(loadedLater.length).toBeGreaterThan(15);
	expect(
		loadedLater.filter((file) => !textOf(file).includes(`exports.build = '${build}';`)),
	).toEqual([]);
});
