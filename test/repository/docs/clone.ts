/** The package as a clone holds it, with the packages that `npm ci` has installed. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ROOT } from './pages';

const NOT_IN_A_CLONE = new Set(['node_modules', 'dist', '.git', 'coverage', '.n8n-editor']);

let folders: string[] = [];

export function folder(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'docs '));
	folders.push(made);
	return made;
}

export function clone(): string {
	const copy = folder();
	for (const name of readdirSync(ROOT)) {
		if (NOT_IN_A_CLONE.has(name) || name.endsWith('.tgz')) continue;
		cpSync(path.join(ROOT, name), path.join(copy, name), {
			recursive: true,
			filter: (source) => path.basename(source) !== 'node_modules',
		});
	}
	symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
	return copy;
}

/** A person's environment, over this process's own: what jest and npm set is not there. */
export function person(more: Record<string, string> = {}): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !/^(npm_|NODE_ENV$|JEST_|FORCE_COLOR$)/i.test(name),
	);
	return { ...Object.fromEntries(kept), ...more };
}

export function removeFolders(): void {
	for (const one of folders) rmSync(one, { recursive: true, force: true });
	folders = [];
}
