/** What an emulator can be started with. */
import type { Faults } from './faults/faultSchema';
import type { Latency } from './latency';
import type { EmulatorStateInput } from './state';
import type { Switches, SwitchesInput } from './switches';

export interface EmulatorOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/**
	 * The address that clients reach it at, where that is another one: what is handed out (discovery,
	 * issuer, links, documents, the attestation's page) begins with it.
	 */
	publicUrl?: string;
	/** Speaks https, with a certificate for `localhost` and the host that is made at the start. */
	tls?: boolean;
	/** The partner's tenant id, a GUID. Default `EMULATOR_TENANT_ID`. */
	tenant?: string;
	/** What Microsoft leaves undocumented. */
	switches?: SwitchesInput;
	/** `preview`: the provisional enhanced attestation, most of which is invented. Default `off`. */
	attestation?: Switches['attestation'];
	/** Customers, agreements and templates. Default: the sample customers. */
	state?: EmulatorStateInput;
	/** Loaded at the start if it exists, in place of `state`; saved on demand, and by `close`. */
	stateFile?: string;
	/** Faults from the first call on. */
	faults?: Faults;
	/** Milliseconds each API call takes, fixed or `[min, max]`. Default 0. */
	latency?: Latency;
	/** API calls per minute (token bucket). Default: no limit. */
	rateLimit?: number;
	/** API calls that are allowed at once. Default: a minute's worth. */
	rateBurst?: number;
	/** How many of the last calls `requests` holds. Default 50,000. */
	keptRequests?: number;
	/** Seconds. Default 3600. */
	accessTokenLifetime?: number;
}
