import { readFileSync } from 'node:fs';
import path from 'node:path';

import { root } from '../../package/pack.mjs';

export const name = 'npm audit --omit=dev';

/**
 * What npm would audit, read from the lock file as npm does: every package that is there for
 * another reason than development. With none, `npm audit --omit=dev` has nothing to look up. The
 * peer n8n-workflow is n8n's own and is installed by n8n.
 */
export async function check() {
	const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
	const { '': ours, ...others } = packages;
	const listed = ['dependencies', 'optionalDependencies', 'bundleDependencies'].flatMap((kind) =>
		Object.keys(ours[kind] ?? {}).map((dependency) => `${kind}: ${dependency}`),
	);
	const installed = Object.entries(others)
		.filter(([, { dev, peer, devOptional }]) => !dev && !peer && !devOptional)
		.map(([folder]) => folder);
	return {
		found: `no dependency at run time; all ${Object.keys(others).length} packages of the lock file are for development`,
		problems: [...listed, ...installed],
	};
}
