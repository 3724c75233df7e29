/**
 * `npm run emulator`: makes one plain JavaScript file of the emulator and runs it in this process. A
 * loader that translates file by file would stay in memory for as long as the emulator runs, and so
 * would the bundler; it has a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const bundler = fileURLToPath(new URL('bundle.mjs', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'partner-center-emulator-'));
try {
	execFileSync(process.execPath, [bundler, folder], { stdio: 'inherit' });
	createRequire(import.meta.url)(path.join(folder, 'cli.cjs'));
} finally {
	// By now it is in memory; a file that something else holds open is no reason to end.
	try {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	} catch (error) {
		process.stderr.write(`${folder} could not be removed: ${error.message}\n`);
	}
}
