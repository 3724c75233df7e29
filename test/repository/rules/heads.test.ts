/** Every file says in its first lines what it is for, in one style. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT, sourcesIn } from './imports';

const firstLine = (file: string) =>
	readFileSync(path.join(ROOT, file), 'utf8').split('\n')[0] ?? '';

it.each(['nodes', 'credentials', 'dev'])('%s: every file begins with what it is for', (folder) => {
	const files = sourcesIn(folder);
	expect(files.length).toBeGreaterThan(2);
	expect(files.filter((file) => !/^(\/\*\*|#!)/.test(firstLine(file)))).toEqual([]);
});

it('no test begins in another style', () => {
	expect(sourcesIn('test').filter((file) => firstLine(file).startsWith('//'))).toEqual([]);
});

it('imports stand in one order: packages, then from further up to beside it, each by its path', () => {
	const placeOf = (from: string) => (from.startsWith('../') ? 1 : from.startsWith('.') ? 2 : 0);
	const keysOf = (file: string) =>
		[
			...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/^import [^;]*?from '([^']+)';$/gm),
		].map(([, from = '']) => `${placeOf(from)} ${from.toLowerCase()}`);
	const isSorted = (keys: string[]) => keys.join() === [...keys].sort().join();
	const files = ['nodes', 'credentials'].flatMap(sourcesIn).filter((file) => file.endsWith('.ts'));
	expect(files.length).toBeGreaterThan(60);
	expect(files.filter((file) => !isSorted(keysOf(file)))).toEqual([]);
});
