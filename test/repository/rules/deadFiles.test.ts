/** Nothing lies about: every source file is used by another one, and so is every exported name. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../../..');
const folders = ['credentials', 'dev', 'nodes', 'test'];
const files = folders.flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => path.join(folder, file))
		.filter((file) => /\.(ts|mjs|cjs)$/.test(file) && !file.includes('node_modules')),
);
const textOf = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
const settings = ['package.json', 'jest.config.cjs']
	.map((file) => readFileSync(path.join(root, file), 'utf8'))
	.join('\n');

const isEntry = (file: string) => /\.test\.ts$|^test\/repository\/verify\/rows\//.test(file);
const others = (file: string) => files.filter((one) => one !== file);

it('every source file is named by another one', () => {
	expect(files.length).toBeGreaterThan(200);
	const unused = files
		.filter((file) => !isEntry(file))
		.filter((file) => {
			const name = path.basename(file).replace(/(\.d)?\.(ts|mjs|cjs)$/, '');
			const isNamed = (text: string | undefined) => text?.includes(name) === true;
			return !isNamed(settings) && !others(file).some((one) => isNamed(textOf.get(one)));
		});
	expect(unused).toEqual([]);
});

it('every exported name is used', () => {
	const EXPORT = /^export (?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
	const unused = files
		.filter((file) => !isEntry(file) && file.endsWith('.ts'))
		.flatMap((file) => {
			const text = textOf.get(file) ?? '';
			const names = [...text.matchAll(EXPORT)].map(([, name = '']) => name);
			return names
				.filter((name) => {
					const word = new RegExp(`\\b${name}\\b`, 'g');
					const isUsedHere = (text.match(word) ?? []).length > 1;
					return !isUsedHere && !others(file).some((one) => word.test(textOf.get(one) ?? ''));
				})
				.map((name) => `${file}: ${name}`);
		});
	expect(unused).toEqual([]);
});
