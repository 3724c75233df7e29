/** The diagram of the layers has the arrows that the imports have, and words for who can't see it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { pageNamed, ROOT } from './pages';

const [diagram] = pageNamed('docs/architecture.md').blocks.filter(
	({ language }) => language === 'mermaid',
);

/** Which layer a file is of, by the name that it has in the diagram. */
function layerOf(file: string): string {
	const [, folder = ''] = file.split('/');
	if (folder === 'n8n') return 'layer';
	const isRoom = ['client', 'fields', 'messages', 'resources', 'trigger'].includes(folder);
	return isRoom ? folder : 'node';
}

function imports(): Set<string> {
	const nodes = path.join(ROOT, 'nodes');
	const files = readdirSync(nodes, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => name.split(path.sep).join('/'));
	const arrows = files.flatMap((file) => {
		const source = readFileSync(path.join(nodes, file), 'utf8');
		return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => {
			const aimed = path.posix.join(path.posix.dirname(file), target);
			return `${layerOf(file)} --> ${layerOf(aimed)}`;
		});
	});
	return new Set(arrows.filter((arrow) => !/^(\w+) --> \1$/.test(arrow)));
}

it('every import between layers is an arrow, and every arrow an import', () => {
	const drawn = [...(diagram?.content ?? '').matchAll(/^ *(\w+)(?:\[[^\]]*\])? --> (\w+)/gm)]
		.map(([, from, to]) => `${from} --> ${to}`)
		.filter((arrow) => !arrow.startsWith('n8n '));
	expect(new Set(drawn)).toEqual(imports());
});

it('has a title and a description', () => {
	expect(diagram?.content).toMatch(/^ *accTitle: \w+/m);
	expect(diagram?.content).toMatch(/^ *accDescr: \w+/m);
});
