/** The package as npm would publish it: packed, and unpacked again, in a folder that goes when the process ends. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** A folder of its own under the system's temporary one. */
export function scratchFolder(purpose) {
	const folder = mkdtempSync(path.join(tmpdir(), `${purpose}-`));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** @returns where the tarball's files are, and its size in bytes; `dist` has to be built */
export function packAndUnpack(scratch) {
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', scratch], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	execFileSync('tar', ['-xzf', path.join(scratch, packed.filename), '-C', scratch]);
	return { unpacked: path.join(scratch, 'package'), size: packed.size };
}
