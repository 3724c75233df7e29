/** The versions of n8n that the package is tried in: for each major, a folder with a lock file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const MAJORS = ['2', '1'] as const;
export type Major = (typeof MAJORS)[number];

/** What n8n, the Node.js it needs and its sqlite3 are installed from: lock files. */
export const INSTALLS = join(__dirname, '../hosts/n8n');

const manifestSchema = z.object({ dependencies: z.record(z.string()) });

/** The folder with the lock file of one major of n8n. */
export function installFolder(major: Major): string {
	return join(INSTALLS, `n8n-${major}`);
}

/** The exact version of n8n that is pinned for a major, e.g. `2.41.1`. */
export function n8nVersion(major: Major): string {
	const text = readFileSync(join(installFolder(major), 'package.json'), 'utf8');
	const version = manifestSchema.parse(JSON.parse(text)).dependencies.n8n;
	if (version === undefined) throw new Error(`No version of n8n is pinned for ${major}.x`);
	return version;
}
