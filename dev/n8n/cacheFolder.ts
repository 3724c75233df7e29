/**
 * What is downloaded once for every clone on this machine: n8n, and a browser where there is none.
 */
import { join } from 'node:path';
import envPaths from 'env-paths';

/**
 * The user's cache folder of this package, e.g. `~/.cache/n8n-nodes-microsoft-partner-center`. It
 * outlives a clone; whatever is in it can be deleted, and is brought again when it is needed.
 */
const CACHE = envPaths('n8n-nodes-microsoft-partner-center', { suffix: '' }).cache;

/** A folder of the cache; the name says what it was made of, so that another content is another folder. */
export function cached(...names: string[]): string {
	return join(CACHE, ...names);
}
