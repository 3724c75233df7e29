/**
 * State that outlives an execution: everything in this process shares it by its key, and it is dropped
 * when nobody has used it for an hour.
 */
import { IdleMap } from '../client/IdleMap';
import { processClock } from './clock';

const MAX_IDLE_MS = 60 * 60_000;

/** How many credentials have state at most; beyond it, the one that was unused for longest loses its. */
export const MAX_CREDENTIALS = 200;

/**
 * @param maxEntries beyond this many, the entry that was unused for longest is dropped
 * @param isBusy whether an entry is in use: then it is never dropped
 */
export function createProcessState<V>(
	maxEntries: number,
	isBusy: (value: V) => boolean = () => false,
): IdleMap<V> {
	const now = () => processClock.monotonic();
	return new IdleMap<V>({ maxIdle: MAX_IDLE_MS, maxEntries, now, isBusy });
}
