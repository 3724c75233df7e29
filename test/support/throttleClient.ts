/** What one execution has of a throttle that is there already. */
import { ThrottleClient, type Throttle } from '../../nodes/MicrosoftPartnerCenter/client/throttle';

/** @param maxConcurrency how many requests the execution may have in flight at most */
export function clientOf(
	throttle: Throttle,
	maxConcurrency: number,
	signal?: AbortSignal,
): ThrottleClient {
	return new ThrottleClient(() => Promise.resolve(throttle), maxConcurrency, signal);
}
