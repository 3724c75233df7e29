/** The Partner Center client of one execution, with the gate that all its requests go through. */
import { randomUUID } from 'crypto';

import { PartnerCenterClient } from '../client/PartnerCenterClient';
import { Throttle } from '../client/throttle';
import { createClock } from './clock';
import { CREDENTIALS, type SignIn } from './credentials';
import { createSend, type RequestContext } from './transport';

export const newId = (): string => randomUUID();

export const DEFAULT_MAX_CONCURRENCY = 10;

export interface ExecutionClient {
	client: PartnerCenterClient;
	throttle: Throttle;
	/** Which credential the client sends with. */
	signIn: SignIn;
}

export function createClient(context: RequestContext, signIn: SignIn): ExecutionClient {
	const clock = createClock(context);
	const throttle = new Throttle(clock, DEFAULT_MAX_CONCURRENCY);
	const send = createSend(context, CREDENTIALS[signIn].type);
	const appOnly = signIn === 'appOnly';
	const client = new PartnerCenterClient({ send, clock, throttle, newId, appOnly });
	return { client, throttle, signIn };
}
