/** The nodes and credentials that package.json registers, and every source file of what is published. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { z } from 'zod';

export const root = path.join(__dirname, '../../..');

const registered = z
	.object({ n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }) })
	.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).n8n;

/** The class in the source of a built file: `dist/nodes/A/B.node.js` is made from `nodes/A/B.node.ts`. */
function instanceOf<T>(built: string): T {
	const source = built.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is read from package.json
	const loaded = require(path.join(root, source)) as Record<string, new () => T>;
	const Class = loaded[path.basename(source).split('.')[0] ?? ''];
	if (Class === undefined) throw new Error(`${source} holds no class of its name`);
	return new Class();
}

export const nodeTypes = registered.nodes.map((file) => instanceOf<INodeType>(file));
export const credentialTypes = registered.credentials.map((file) =>
	instanceOf<ICredentialType>(file),
);

/** Paths from the package's root, sorted. */
export const sourceFiles = ['credentials', 'nodes']
	.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			path.posix.join(folder, file.split(path.sep).join('/')),
		),
	)
	.filter((file) => file.endsWith('.ts'))
	.sort();
