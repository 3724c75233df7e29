/** How long a run may be held up: nothing in it waits without an end. All in milliseconds. */

/** A longer Retry-After is not waited for: the user learns of it instead. */
export const LONGEST_RETRY_AFTER_MS = 5 * 60_000;
/** No call goes on retrying for longer than this, whatever its number of retries. */
export const LONGEST_RETRYING_MS = 15 * 60_000;
