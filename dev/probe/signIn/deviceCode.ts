/**
 * Signs a user in on another device: the program shows a code, and the user types it in at Microsoft.
 * Source: the page v2-oauth2-device-code of Microsoft's identity platform.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { SignInError, USER_SCOPE, type Tokens } from './Tokens';

const startedSchema = z.object({
	device_code: z.string(),
	user_code: z.string(),
	verification_uri: z.string(),
	/** Seconds between two questions. */
	interval: z.coerce.number().default(5),
	message: z.string(),
});
type Started = z.output<typeof startedSchema>;

/** RFC 8628, section 3.5: five seconds more, each time that it is too often. */
const SLOWER_BY_SECONDS = 5;

/**
 * @param show what to tell the user: where to go, and the code
 * @throws SignInError when the user declines, or the code expires
 */
export async function signInByDeviceCode(
	tokens: Tokens,
	show: (started: Started) => void,
): Promise<void> {
	const started = startedSchema.parse(await tokens.post('devicecode', { scope: USER_SCOPE }));
	show(started);
	for (let seconds = started.interval; ;) {
		await delay(seconds * 1000);
		try {
			await tokens.request('user', {
				grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
				device_code: started.device_code,
			});
			return;
		} catch (error) {
			if (!(error instanceof SignInError)) throw error;
			if (error.error === 'slow_down') seconds += SLOWER_BY_SECONDS;
			else if (error.error !== 'authorization_pending') throw error;
		}
	}
}
