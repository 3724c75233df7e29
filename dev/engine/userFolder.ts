/**
 * n8n-core writes its settings when it is loaded: this gives it a temporary home first, and keeps it quiet.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The temporary folder that n8n's engine takes for its home; removed when the process ends. */
export const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));

process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Removes the folder now; for a test runner whose sandbox never sees the process's own end. */
export function removeUserFolder(): void {
	rmSync(userFolder, { recursive: true, force: true });
}

process.once('exit', removeUserFolder);
