/** Every lock file names what `npm ci` looks for; newer npm refuses one with a gap. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const locks = execFileSync('git', ['ls-files', '*package-lock.json'], {
	cwd: ROOT,
	encoding: 'utf8',
})
	.split('\n')
	.filter(Boolean);

interface Entry {
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
}

/** Where Node looks for a package from the folder of another. */
function isFound(packages: Readonly<Record<string, Entry>>, from: string, name: string): boolean {
	for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
		if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
		if (folder === '') return false;
	}
}

it('finds the lock files', () => expect(locks.length).toBeGreaterThan(5));

it.each(locks)('%s has every package that another one needs', (file) => {
	const { packages } = JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as {
		packages: Record<string, Entry>;
	};
	const missing = Object.entries(packages).flatMap(([folder, entry]) =>
		Object.keys({
			...entry.dependencies,
			...entry.optionalDependencies,
			...(folder === '' ? entry.devDependencies : {}),
		})
			.filter((name) => !isFound(packages, folder, name))
			.map((name) => `${folder} needs ${name}`),
	);
	expect(missing).toEqual([]);
});
