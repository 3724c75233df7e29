/**
 * What all executions in this process share that use the same credential: how fast requests may go
 * out, and which templates there are. Never a token.
 *
 * A trigger starts an execution for every deal: without this, each of them would run into the rate
 * limit by itself to learn it.
 */
import type { AgreementTemplate } from '../client/schemas';
import { SharedLookup } from '../client/SharedLookup';
import { Throttle } from '../client/throttle';
import { processClock } from './clock';
import { createProcessState, MAX_CREDENTIALS } from './processState';

/** Microsoft publishes a new version of the agreement once in years. */
const MAX_TEMPLATE_AGE_MS = 60 * 60_000;

export interface CredentialState {
	throttle: Throttle;
	/** By agreement type. */
	templates: (type: string) => SharedLookup<AgreementTemplate[]>;
}

/** A cache: the state of each credential that is in use. */
const stateByCredential = createProcessState<CredentialState>(
	MAX_CREDENTIALS,
	({ throttle }) => throttle.isBusy,
);

/** @param key see `CredentialIdentity` */
export function credentialState(key: string): CredentialState {
	return stateByCredential.getOrCreate(key, createState);
}

function createState(): CredentialState {
	const lookups = new Map<string, SharedLookup<AgreementTemplate[]>>();
	return {
		throttle: new Throttle(processClock),
		templates: (type) => {
			const lookup =
				lookups.get(type) ??
				new SharedLookup<AgreementTemplate[]>(processClock, MAX_TEMPLATE_AGE_MS);
			lookups.set(type, lookup);
			return lookup;
		},
	};
}
