/** Makes everything one emulator knows from its options, and knows how to start over. */
import { AgreementStore } from './agreementStore';
import { RateLimit } from './api/rateLimit';
import { ReplayMemory } from './api/replay';
import { AttestationRegister } from './attestation/AttestationRegister';
import { AuditTrail } from './audit/AuditTrail';
import { applySwitches } from './control/applySwitches';
import { RequestLog } from './control/RequestLog';
import { DocumentLinks } from './documents/DocumentLinks';
import type { EmulatorContext } from './EmulatorContext';
import type { EmulatorOptions } from './EmulatorOptions';
import { FaultPlan } from './faults/FaultPlan';
import { Identity } from './identity/Identity';
import { EMULATOR_TENANT_ID } from './identity/registeredApp';
import { sampleState } from './sampleCustomers';
import { readStateFile, seedOf } from './stateFile';
import { defaultSwitches, partialSwitchesSchema } from './switches';
import { WebhookRegister } from './webhooks/WebhookRegister';

const ACCESS_TOKEN_LIFETIME_SECONDS = 3600;

export function createContext(options: EmulatorOptions, closing: AbortSignal): EmulatorContext {
	const tenant = options.tenant ?? EMULATOR_TENANT_ID;
	const { stateFile } = options;
	const saved = stateFile === undefined ? undefined : readStateFile(stateFile);
	const initialState = structuredClone(
		saved === undefined ? (options.state ?? sampleState) : seedOf(saved),
	);
	const initialSwitches = { ...defaultSwitches };
	applySwitches(initialSwitches, partialSwitchesSchema.parse(options.switches ?? {}));
	applySwitches(initialSwitches, { attestation: options.attestation });
	const lifetime = options.accessTokenLifetime ?? ACCESS_TOKEN_LIFETIME_SECONDS;
	const initialLatency = options.latency ?? 0;
	const initialRateLimit = () => new RateLimit(options.rateLimit, Date.now, options.rateBurst);

	const context: EmulatorContext = {
		baseUrl: '',
		publicUrl: undefined,
		stateFile,
		tenant,
		closing,
		switches: { ...initialSwitches },
		store: new AgreementStore(initialState),
		audit: new AuditTrail(tenant),
		attestations: new AttestationRegister(),
		documents: new DocumentLinks(),
		webhooks: new WebhookRegister(),
		identity: new Identity(tenant, lifetime),
		log: new RequestLog(options.keptRequests),
		faults: new FaultPlan(),
		replays: new ReplayMemory(),
		rateLimit: initialRateLimit(),
		latency: initialLatency,
		reset: () => {
			context.store.seed(initialState);
			startAudit();
			context.attestations.clear();
			context.documents.clear();
			context.webhooks.clear();
			Object.assign(context.switches, initialSwitches);
			context.log.clear();
			context.identity.tokenRequestLog.clear();
			startFaults();
			context.replays.clear();
			context.rateLimit = initialRateLimit();
			context.latency = initialLatency;
		},
	};
	const startAudit = () => {
		context.audit.clear();
		for (const record of saved?.auditRecords ?? []) context.audit.add(record);
	};
	const startFaults = () => {
		context.faults.replace(options.faults ?? { script: [], random: undefined });
	};
	startAudit();
	startFaults();
	return context;
}
