/** The Partner Center client of one execution, with what it shares with others of its credential. */
import { randomUUID } from 'crypto';

import type { Clock } from '../client/clock';
import { PartnerCenterClient } from '../client/PartnerCenterClient';
import { ThrottleClient } from '../client/throttle';
import { DEFAULT_MAX_CONCURRENCY } from '../fields/maxConcurrency';
import { createClock } from './clock';
import { cancelSignalOf, type RequestContext } from './context';
import { CREDENTIALS, type SignIn } from './credentials';
import { credentialState, type CredentialState } from './credentialState';
import { createTransport } from './transport';

export const newId = (): string => randomUUID();

export interface ExecutionClient {
	client: PartnerCenterClient;
	throttle: ThrottleClient;
	/** The execution's. */
	clock: Clock;
	/** Which credential the client sends with. */
	signIn: SignIn;
	/**
	 * What everybody in this process shares who uses the same credential.
	 *
	 * @throws {SignInError | NotSentError} when the credential can't be used
	 */
	shared(): Promise<CredentialState & { tokenId: string }>;
	/**
	 * The API's address.
	 *
	 * @throws {SignInError | NotSentError} when the credential can't be used
	 */
	baseUrl(): Promise<string>;
}

export function createClient(context: RequestContext, signIn: SignIn): ExecutionClient {
	const clock = createClock(context);
	const { send, sendWithToken, identify } = createTransport(context, CREDENTIALS[signIn].type);
	const shared = async () => {
		const { key, tokenId } = await identify();
		return { ...credentialState(key), tokenId };
	};
	const throttle = new ThrottleClient(
		async () => (await shared()).throttle,
		DEFAULT_MAX_CONCURRENCY,
		cancelSignalOf(context),
	);
	const appOnly = signIn === 'appOnly';
	const client = new PartnerCenterClient({
		send,
		sendWithToken,
		clock,
		throttle,
		newId,
		appOnly,
	});
	const baseUrl = async () => (await identify()).baseUrl;
	return { client, throttle, clock, signIn, shared, baseUrl };
}
