/** `/_emulator`: seed, inspect and disturb the emulator over HTTP. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z, ZodError } from 'zod';
import { faultsSchema } from '../faults/faultSchema';
import { partialSwitchesSchema } from '../switches';
import { auditRecordSchema } from '../audit/auditRecord';
import { RateLimit } from '../api/rateLimit';
import { JsonFileError } from '../jsonFile';
import { loadState, saveState } from '../stateFile';
import { addCustomer } from './addCustomer';
import { changeRelationship } from './changeRelationship';
import { applySwitches } from './applySwitches';
import type { EmulatorContext } from '../EmulatorContext';

const MINUTE_MS = 60_000;

/** How much the API bears: replaces latency and rate limit, with a full bucket. */
const loadBodySchema = z
	.object({
		/** Milliseconds each API call takes, fixed or `[min, max]`. */
		latency: z.union([z.number().nonnegative(), z.tuple([z.number(), z.number()])]).default(0),
		/** API calls per minute; null for no limit. */
		rateLimit: z.number().positive().nullable().default(null),
		/** API calls that are allowed at once; a minute's worth when left out. */
		rateBurst: z.number().positive().optional(),
	})
	.strict();

/** One record, or several in the order they are written. */
const auditBodySchema = z.union([
	z.array(auditRecordSchema),
	auditRecordSchema.transform((record) => [record]),
]);

const tokensBodySchema = z
	.object({
		kind: z.enum(['user', 'app']),
		mfa: z.boolean().default(true),
	})
	.strict();

const ageBodySchema = z.object({ minutes: z.number().nonnegative() }).strict();

type CustomerRequest = FastifyRequest<{ Params: { customerId: string } }>;
type AttestationRequest = FastifyRequest<{ Params: { attestationId: string } }>;

/** Registered below the prefix `/_emulator`. */
export function controlRoutes(app: FastifyInstance, context: EmulatorContext): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof JsonFileError) {
			void reply.code(400).send({ error: 'invalid', issues: [{ message: error.message }] });
			return;
		}
		const status = error instanceof ZodError || error instanceof SyntaxError ? 400 : 500;
		const issues = error instanceof ZodError ? error.issues : undefined;
		void reply.code(status).send({ error: status === 400 ? 'invalid' : 'failed', issues });
	});

	app.post('/reset', async (_request, reply) => {
		context.reset();
		return await reply.code(204).send();
	});

	app.get('/state', async () => context.store.state);
	app.put('/state', async (request) => {
		context.store.seed(jsonOf(request));
		return context.store.state;
	});

	const { stateFile } = context;
	const withStateFile = async (reply: FastifyReply, act: typeof saveState) =>
		stateFile === undefined
			? await reply.code(409).send({ error: 'The emulator was started without --state.' })
			: act(context, stateFile);
	app.post('/state/save', async (_request, reply) => await withStateFile(reply, saveState));
	app.post('/state/load', async (_request, reply) => await withStateFile(reply, loadState));

	app.post('/customers', async (request, reply) =>
		reply.code(201).send(addCustomer(context, jsonOf(request))),
	);

	app.put('/customers/:customerId/relationship', async (request: CustomerRequest, reply) => {
		const changed = changeRelationship(context, request.params.customerId, jsonOf(request));
		return await (changed === undefined
			? reply.code(404).send({ error: 'There is no such customer.' })
			: reply.send(changed));
	});

	app.get('/audit-records', async () => context.audit.records);
	app.post('/audit-records', async (request, reply) => {
		const records = auditBodySchema.parse(jsonOf(request));
		return await reply.code(201).send(records.map((record) => context.audit.add(record)));
	});

	/** From now on it counts as so old: links that expire can be tried without waiting. */
	app.put('/attestations/:attestationId/age', async (request: AttestationRequest, reply) => {
		const { minutes } = ageBodySchema.parse(jsonOf(request));
		const attestation = context.attestations.find(request.params.attestationId);
		if (attestation === undefined) {
			return await reply.code(404).send({ error: 'There is no such attestation.' });
		}
		attestation.createdAt = Date.now() - minutes * MINUTE_MS;
		return attestation;
	});

	app.get('/requests', async () => context.log.entries);
	/** How much is kept of what grows with every call, and how much made room. */
	app.get('/kept', async () => ({
		requests: context.log.counts,
		appliedFaults: context.faults.counts,
		auditRecords: context.audit.counts,
		rememberedWrites: context.replays.counts,
		documentLinks: context.documents.counts,
		tokenRequests: context.identity.tokenRequestLog.counts,
		attestations: context.attestations.counts,
		refreshTokens: context.identity.refreshTokens.counts,
		liveAccessTokens: context.identity.accessTokens.counts,
		authorizationCodes: context.identity.codes.counts,
		deviceCodes: context.identity.deviceCodes.counts,
	}));
	app.get('/token-requests', async () => context.identity.tokenRequests);

	app.get('/switches', async () => context.switches);
	app.put('/switches', async (request) => {
		applySwitches(context.switches, partialSwitchesSchema.parse(jsonOf(request)));
		return context.switches;
	});

	app.put('/load', async (request) => {
		const load = loadBodySchema.parse(jsonOf(request));
		context.latency = load.latency;
		context.rateLimit = new RateLimit(load.rateLimit ?? undefined, Date.now, load.rateBurst);
		return load;
	});

	const faults = () => ({ ...context.faults.pending, applied: context.faults.applied });
	app.get('/faults', async () => faults());
	app.put('/faults', async (request) => {
		context.faults.replace(faultsSchema.parse(jsonOf(request)));
		return faults();
	});

	app.post('/issue-tokens', async (request) =>
		context.identity.issueTokens(tokensBodySchema.parse(jsonOf(request))),
	);
	app.post('/expire-tokens', async (_request, reply) => {
		context.identity.accessTokens.expireAll();
		return await reply.code(204).send();
	});
	app.post('/revoke-refresh-tokens', async (_request, reply) => {
		context.identity.refreshTokens.revokeAll();
		return await reply.code(204).send();
	});
}

function jsonOf(request: FastifyRequest): unknown {
	return JSON.parse(typeof request.body === 'string' ? request.body : 'null');
}
