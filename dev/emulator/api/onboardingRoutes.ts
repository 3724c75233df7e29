/** The calls around a new customer: relationship, address, verification; and a provider's resellers. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EmulatorContext } from '../EmulatorContext';
import { addressValidation } from './addressValidation';
import { answer, queryOf } from './answer';
import { requireCaller, requireCustomer } from './gates';
import { indirectResellers, partnerAgreementStatus } from './indirectResellers';
import { relationshipRequest } from './relationshipRequests';
import { headerOf } from './tracingHeaders';
import { validationStatus } from './validationStatus';

type CustomerRequest = FastifyRequest<{ Params: { customerId: string } }>;

export function onboardingRoutes(app: FastifyInstance, context: EmulatorContext): void {
	app.get('/customers/relationshiprequests', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		return await answer(reply, 200, relationshipRequest(context.tenant, queryOf(request)));
	});

	app.get('/customers/:customerId/validationStatus', async (request: CustomerRequest, reply) => {
		await requireCaller(context, request, 'userOnly');
		const customer = requireCustomer(context, request.params.customerId);
		return await answer(reply, 200, validationStatus(customer, queryOf(request).get('type')));
	});

	app.get('/relationships', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		const token = headerOf(request, 'ms-continuationtoken');
		return await answer(reply, 200, indirectResellers(context, queryOf(request), token));
	});

	app.get('/compliance/csp/agreementstatus', async (request, reply) => {
		await requireCaller(context, request, 'userOnly');
		return await answer(reply, 200, partnerAgreementStatus(context, queryOf(request)));
	});

	app.post('/validations/address', async (request: FastifyRequest<{ Body?: string }>, reply) => {
		await requireCaller(context, request, 'appAndUser');
		return await answer(reply, 200, addressValidation(request.body ?? ''));
	});
}
