/**
 * Which build the code belongs to. What an execution needs is loaded with it, and by then the files may be
 * those of another version: after an update on disk, until n8n is restarted. Half of each must not run.
 */
import type { Explanation } from '../messages/words';

/** The build writes a digest of all files here, and as `build` into each file that is loaded later. */
export const BUILD: string = '';

/** What is to run can't be loaded, or is not of this build. */
export class ChangedFilesError extends Error {
	override readonly name = 'ChangedFilesError';
	readonly explanation: Explanation = {
		message: 'The files of this package have changed since n8n was started',
		advice: 'Restart n8n, in queue mode each of its processes. Nothing was sent.',
	};
}

/**
 * @param loading an `import()`
 * @throws {ChangedFilesError} when it fails, or gives what belongs to another build than this code
 */
export async function ofThisBuild<M extends object>(
	loading: Promise<M & { build?: string }>,
): Promise<M> {
	const loaded = await loading.catch((cause: unknown) => {
		throw new ChangedFilesError('', { cause });
	});
	if ((loaded.build ?? '') !== BUILD) throw new ChangedFilesError();
	return loaded;
}
