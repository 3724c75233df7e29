/** docs/verification.md names files, commands and rules: they exist, and no rule is forgotten. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../../..');
const page = readFileSync(path.join(root, 'docs/verification.md'), 'utf8');

it('every file that it names exists', () => {
	const files = [...page.matchAll(/`((?:test|docs|\.github)\/[\w./-]+\w)`/g)].map(
		([, file]) => file,
	);
	expect(files.length).toBeGreaterThan(15);
	expect(files.filter((file) => !existsSync(path.join(root, file ?? '')))).toEqual([]);
});

it('every row of npm run verify that it names exists', () => {
	const rows = readdirSync(path.join(root, 'test/repository/verify/rows')).map((file) =>
		file.slice(0, -4),
	);
	const named = [...page.matchAll(/npm run verify -- (\w+)/g)].map(([, row]) => row);
	expect(named.length).toBeGreaterThan(3);
	expect(named.filter((row) => !rows.includes(row ?? ''))).toEqual([]);
});

/** Not in the recommended set any more: `require-node-description-fields` took its place. */
const REPLACED = 'node-class-description-icon-missing';

it('every rule of n8n’s current linter stands in it', () => {
	const rules = path.join(root, 'node_modules/@n8n/eslint-plugin-community-nodes/dist/rules');
	const all = readdirSync(rules)
		.filter((file) => /^[\w-]+\.js$/.test(file) && file !== 'index.js')
		.map((file) => file.slice(0, -3));
	expect(all.length).toBeGreaterThan(35);
	expect(all.filter((rule) => rule !== REPLACED && !page.includes(`\`${rule}\``))).toEqual([]);
});
