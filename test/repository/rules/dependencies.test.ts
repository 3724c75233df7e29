/** What installing this package brings along: nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.join(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(read('package.json')));
const lockSchema = z.object({
	packages: z.record(
		z.string(),
		z.object({ dev: z.boolean().optional(), resolved: z.string().optional() }).passthrough(),
	),
});
const lock = lockSchema.parse(JSON.parse(read('package-lock.json')));

it('npm audit --omit=dev has nothing to audit: there is no dependency at run time', () => {
	for (const kind of ['dependencies', 'optionalDependencies', 'bundledDependencies']) {
		expect(manifest).not.toHaveProperty(kind);
	}
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const { '': ours, ...others } = lock.packages;
	expect(ours).not.toHaveProperty('dependencies');
	expect(Object.keys(others).length).toBeGreaterThan(100);
	expect(Object.entries(others).filter(([, { dev }]) => dev !== true)).toEqual([]);
});

it('installing runs no scripts, neither ours on a host nor a tool’s here', () => {
	const { scripts } = z
		.object({ scripts: z.record(z.string(), z.string()) })
		.parse(JSON.parse(read('package.json')));
	const lifecycle = Object.keys(scripts).filter((name) =>
		/^(pre|post)?(install|prepare)$|^prepublish$/.test(name),
	);
	expect(lifecycle).toEqual([]);
	expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
});

const lockFiles = [
	'package-lock.json',
	...readdirSync(path.join(root, 'dev/hosts'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('package-lock.json') && !file.includes('node_modules'))
		.map((file) => path.join('dev/hosts', file)),
];

it('every lock file is looked at', () => {
	expect(lockFiles.length).toBeGreaterThan(10);
});

it.each(lockFiles)('%s names no server to install from', (file) => {
	const named = Object.entries(lockSchema.parse(JSON.parse(read(file))).packages).filter(
		([, { resolved }]) => resolved !== undefined,
	);
	expect(named).toEqual([]);
});

it('the sqlite3 that is compiled beside the download of n8n is the one that n8n asks for', () => {
	const versionIn = (install: string) =>
		z
			.object({
				packages: z.object({ 'node_modules/sqlite3': z.object({ version: z.string() }) }),
			})
			.parse(JSON.parse(read(`dev/hosts/n8n/${install}/package-lock.json`))).packages[
			'node_modules/sqlite3'
		].version;
	expect([versionIn('n8n-1'), versionIn('n8n-2')]).toEqual([
		versionIn('sqlite3'),
		versionIn('sqlite3'),
	]);
});
