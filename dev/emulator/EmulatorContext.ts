/** Everything that one running emulator knows; each function says which of it it uses. */
import type { AgreementStore } from './agreementStore';
import type { AttestationRegister } from './attestation/AttestationRegister';
import type { AuditTrail } from './audit/AuditTrail';
import type { ReplayMemory } from './api/replay';
import type { RateLimit } from './api/rateLimit';
import type { RequestLog } from './control/RequestLog';
import type { DocumentLinks } from './documents/DocumentLinks';
import type { FaultPlan } from './faults/FaultPlan';
import type { Identity } from './identity/Identity';
import type { Latency } from './latency';
import type { Switches } from './switches';
import type { WebhookRegister } from './webhooks/WebhookRegister';

export interface EmulatorContext {
	/** The address that clients reach it at. Known once the emulator listens. */
	baseUrl: string;
	/** Where it was given one: `baseUrl` is it then, whatever host a request names. */
	publicUrl: string | undefined;
	/** Where its state is loaded from at the start and saved to on demand and at the end, if anywhere. */
	readonly stateFile: string | undefined;
	/** Partner tenant. */
	readonly tenant: string;
	readonly switches: Switches;
	readonly store: AgreementStore;
	readonly audit: AuditTrail;
	readonly attestations: AttestationRegister;
	readonly documents: DocumentLinks;
	readonly webhooks: WebhookRegister;
	readonly identity: Identity;
	readonly log: RequestLog;
	readonly faults: FaultPlan;
	readonly replays: ReplayMemory;
	rateLimit: RateLimit;
	latency: Latency;
	/** Aborted when the emulator closes, so that nothing keeps hanging. */
	readonly closing: AbortSignal;
	/** Back to how it was started; tokens that were issued stay valid. */
	reset(): void;
}
