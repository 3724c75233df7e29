/** The Partner Center API over HTTP. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createAttestation } from '../attestation/enhancedAttestation';
import type { EmulatorContext } from '../EmulatorContext';
import { agreementDocument } from './agreementDocument';
import {
	agreementMetadata,
	customerAgreements,
	directSignedStatus,
	readAgreementType,
} from './agreementQueries';
import { answer, queryOf } from './answer';
import { apiErrors } from './apiErrors';
import { apiHooks } from './apiHooks';
import { auditRecords } from './auditRecords';
import { confirmAgreement } from './confirmAgreement';
import { customerList } from './customerList';
import { customerResource } from './customerResource';
import { customerRoutes } from './customerRoutes';
import { isTaken } from './domains';
import { requireCaller, requireCustomer } from './gates';
import { onboardingRoutes } from './onboardingRoutes';
import { onceByRequestId } from './replay';
import { correlationIdOf, headerOf } from './tracingHeaders';

type TemplateRequest = FastifyRequest<{ Params: { templateId: string } }>;
type DomainRequest = FastifyRequest<{ Params: { domain: string } }>;
type CustomerRequest = FastifyRequest<{ Params: { customerId: string }; Body: string | undefined }>;

/** Registered below the prefix `/v1`. */
export function apiRoutes(app: FastifyInstance, context: EmulatorContext): void {
	apiHooks(app, context);

	app.get('/agreements', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		const wanted = readAgreementType(queryOf(request));
		return await answer(reply, 200, agreementMetadata(context, wanted));
	});

	app.get('/customers', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const token = headerOf(request, 'ms-continuationtoken');
		return await answer(reply, 200, customerList(context, queryOf(request), token));
	});

	app.get('/customers/:customerId', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const customer = requireCustomer(context, request.params.customerId);
		return await answer(reply, 200, customerResource(context, customer));
	});

	app.get('/customers/:customerId/agreements', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'userOnly');
		const customer = requireCustomer(context, request.params.customerId);
		const wanted = readAgreementType(queryOf(request));
		return await answer(reply, 200, customerAgreements(context, customer, wanted));
	});

	app.post('/customers/:customerId/agreements', async (request: CustomerRequest, reply) => {
		const caller = await requireCaller(context, request, 'userOnly');
		const written = confirmAgreement(context, {
			caller,
			customerId: request.params.customerId,
			path: request.url,
			body: request.body ?? '',
			requestId: headerOf(request, 'ms-requestid'),
			correlationId: correlationIdOf(request),
		});
		return await answer(reply, written.status, written.body);
	});

	app.get(
		'/customers/:customerId/directSignedMicrosoftCustomerAgreementStatus',
		async (request: CustomerRequest, reply) => {
			await requireCaller(context, request, 'userOnly');
			const customer = requireCustomer(context, request.params.customerId);
			return await answer(reply, 200, directSignedStatus(customer));
		},
	);

	app.get('/agreementtemplates/:templateId/document', async (request: TemplateRequest, reply) => {
		await requireCaller(context, request, 'userOnly');
		const { templateId } = request.params;
		return await answer(
			reply,
			200,
			agreementDocument(
				context,
				templateId,
				queryOf(request),
				context.publicUrl ?? `${request.protocol}://${request.host}`,
			),
		);
	});

	app.post('/attestations/enhanced', async (request: FastifyRequest<{ Body?: string }>, reply) => {
		const preview = context.switches.attestation === 'preview';
		await requireCaller(context, request, preview ? 'appOnly' : 'appAndUser');
		if (!preview) throw apiErrors.notFound();
		const { url: path, body = '' } = request;
		const call = { path, body, requestId: headerOf(request, 'ms-requestid') };
		const created = onceByRequestId(context, call, () => createAttestation(context, body));
		return await answer(reply, created.status, created.body);
	});

	app.get('/auditrecords', async (request, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const token = headerOf(request, 'ms-continuationtoken');
		return await answer(reply, 200, auditRecords(context, queryOf(request), token));
	});

	app.head('/domains/:domain', async (request: DomainRequest, reply) => {
		await requireCaller(context, request, 'appAndUser');
		const status = isTaken(context, request.params.domain) ? 200 : 404;
		return await reply.code(status).header('content-length', 0).send();
	});

	customerRoutes(app, context);
	onboardingRoutes(app, context);
}
