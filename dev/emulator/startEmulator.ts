/** Starts a local Microsoft Partner Center: one process, one port, everything in memory. */
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Attestation } from './attestation/AttestationRegister';
import type { AuditTrail } from './audit/AuditTrail';
import { makeCertificate } from './certificate';
import { createServer } from './createServer';
import { createContext } from './createContext';
import { addCustomer } from './control/addCustomer';
import type { LoggedRequest } from './control/RequestLog';
import type { EmulatorOptions } from './EmulatorOptions';
import type { FaultPlan } from './faults/FaultPlan';
import type { IssuedTokens, IssueTokensOptions, TokenRequestRecord } from './identity/Identity';
import type { Customer, CustomerInput, EmulatorState, EmulatorStateInput } from './state';
import { saveState } from './stateFile';
import type { Switches } from './switches';

export type { EmulatorOptions };

export interface Emulator {
	/** `http://host:port`, with `https` for TLS, or the public URL; without a slash at its end. */
	readonly baseUrl: string;
	/** The port that it listens on. */
	readonly port: number;
	/** With TLS: the certificate, in PEM form, which a client has to trust. */
	readonly certificate: string | undefined;
	/** Live: what Partner Center knows right now. */
	readonly state: EmulatorState;
	/** Live: every API and Entra call, oldest first, without secrets. */
	readonly requests: readonly LoggedRequest[];
	/** Live: every call to a token endpoint, oldest first, without secrets. */
	readonly tokenRequests: readonly TokenRequestRecord[];
	/** Live: set a property to turn a switch. */
	readonly switches: Switches;
	readonly faults: FaultPlan;
	/** Live: the provisional attestations, oldest first. */
	readonly attestations: readonly Attestation[];
	/** What the audit records call lists; `add` writes a record of any kind and date. */
	readonly audit: Pick<AuditTrail, 'records' | 'add'>;
	/** Replaces the state. @throws ZodError */
	seed(state: EmulatorStateInput): void;
	/**
	 * A new customer of the partner, with an audit record `add_customer`.
	 * @throws ZodError, also when there is one with this id
	 */
	addCustomer(customer: CustomerInput): Customer;
	/** Tokens that work on the API at once, without a sign-in. */
	issueTokens(options: IssueTokensOptions): Promise<IssuedTokens>;
	/** Every access token issued so far is refused with 401 from now on; refresh tokens still work. */
	expireAccessTokens(): void;
	/** Every refresh token issued so far answers invalid_grant AADSTS50173 from now on. */
	revokeRefreshTokens(): void;
	/** Every refresh token issued so far answers invalid_grant AADSTS700082, as after 90 days without use. */
	lapseRefreshTokens(): void;
	/** State, switches, faults and audit records as at the start; requests and remembered writes gone. */
	reset(): void;
	/** Ends it, after saving the state where there is a file for it. */
	close(): Promise<void>;
}

/** @throws when the port is taken or the options do not parse. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const closing = new AbortController();
	// Every call that waits listens to it, however many there are at a time.
	setMaxListeners(0, closing.signal);
	const context = createContext(options, closing.signal);
	const host = options.host ?? '127.0.0.1';
	const publicUrl = options.publicUrl === undefined ? undefined : readPublicUrl(options.publicUrl);
	const names = publicUrl === undefined ? [host] : [host, new URL(publicUrl).hostname];
	const tls = options.tls === true ? await makeCertificate(names) : undefined;
	const app = await createServer(context, tls);
	await app.listen({ port: options.port ?? 0, host });
	context.baseUrl = publicUrl ?? baseUrlOf(host, app.server.address(), tls !== undefined);
	context.publicUrl = publicUrl;

	return {
		baseUrl: context.baseUrl,
		port: (app.server.address() as AddressInfo).port,
		certificate: tls?.cert,
		get state() {
			return context.store.state;
		},
		requests: context.log.entries,
		tokenRequests: context.identity.tokenRequests,
		switches: context.switches,
		faults: context.faults,
		attestations: context.attestations.all,
		audit: context.audit,
		seed: (state) => context.store.seed(state),
		addCustomer: (customer) => addCustomer(context, customer),
		issueTokens: (request) => context.identity.issueTokens(request),
		expireAccessTokens: () => context.identity.accessTokens.expireAll(),
		revokeRefreshTokens: () => context.identity.refreshTokens.revokeAll(),
		lapseRefreshTokens: () => context.identity.refreshTokens.lapseAll(),
		reset: () => context.reset(),
		close: async () => {
			closing.abort();
			await app.close();
			if (context.stateFile !== undefined) saveState(context, context.stateFile);
		},
	};
}

/** @throws when it is no http or https address */
function readPublicUrl(text: string): string {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
		throw new Error(`The public URL is not an http or https address: ${text}`);
	}
	return text.replace(/\/+$/, '');
}

function baseUrlOf(host: string, address: AddressInfo | string | null, isTls: boolean): string {
	if (address === null || typeof address === 'string')
		throw new Error('The emulator is not listening');
	const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
	return `${isTls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}
